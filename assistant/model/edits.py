"""The edits that may turn sentences of the library into a reworded one.

A reworded sentence must be made of the words of one sentence, or of two joined, in their order. It may leave out an aside between commas or in brackets
and who said it, put one part that a preposition or a conjunction begins at the other end, turn the passive about, and put `and`, `it` or the like where two
are joined. Any other word put in, left out or moved is a departure. This is narrower than what a careful writer could do, and that is meant: without a model
of entailment, words that a sentence shares with its source do not show that it says the same (McCoy, Pavlick and Linzen, "Right for the Wrong Reasons:
Diagnosing Syntactic Heuristics in Natural Language Inference", ACL 2019).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from assistant.model.tellers import Told, names, told
from assistant.model.words import INTRODUCERS, NARROWING, Kind, Word

LEAST_WORDS = 4
"""Words of each half of a joined sentence."""
_JOINS = frozenset("and but while whereas which".split())
_STANDS_FOR = frozenset(("it", "they"))
_OWNERS = frozenset(("their", "its"))
_HELPS = frozenset("is was be been has had does did".split())
_ASIDES = frozenset("a the and which who".split())
"""Words that an aside at the end of a sentence begins with."""


@dataclass(frozen=True)
class Departure:
    """A word that the source has not there (`put_in`), that it has and is left out (`left_out`), or that stands elsewhere in it (`moved`)."""

    word: Word
    how: str


@dataclass(frozen=True)
class Made:
    """How a sentence is made: the numbers of the sentences it is made of, and where it departs from them; nowhere for a true rewording."""

    sources: tuple[int, ...]
    departures: tuple[Departure, ...]


@dataclass(frozen=True)
class _Before:
    """What a part is joined to, and by which word: `which`, `it`, or empty where its verb follows at once."""

    words: Sequence[Word]
    by: str

    def holds(self, subject: Sequence[Word]) -> bool:
        """Whether a subject that the part leaves out is its own: the words at its start, or for `which` those at its end."""
        start = next((number for number, word in enumerate(self.words) if word.marks == ","), 0) if self.words[0].key in INTRODUCERS else 0
        keys = {word.key for word in subject if word.kind is not Kind.FREE}
        held = [word.key for word in self.words[start:] if word.kind is not Kind.FREE]
        if not keys or not held or any(word.key in _HELPS or word.kind is Kind.FORCE for word in subject):
            return False
        return set(held[-len(keys) :]) == keys if self.by == "which" else held[0] in keys and keys <= set(held)


def made_of(text: str, sources: Sequence[str]) -> Made:
    """How a text is made of the fewest of these sentences, at least one, with the fewest departures.

    >>> made_of("Under the Act a buyer may ask for a bond.", ["A buyer may ask for a bond under the Act."]).departures
    ()
    >>> [(d.how, d.word.key) for d in made_of("A bidder may ask for a bond.", ["A buyer may ask for a bond."]).departures]
    [('put_in', 'bidder'), ('left_out', 'buyer')]
    """
    said, held = told(text), [told(source) for source in sources]
    tries = [Made((number,), (*_tellers(said, [each]), *_departures(said.core, each.core))) for number, each in enumerate(held)]
    best = min(tries, key=lambda made: len(made.departures))
    if not best.departures:
        return best
    return next((made for made in _joined(said, held) if not made.departures), best)


def _tellers(said: Told, used: Sequence[Told]) -> list[Departure]:
    """Every word that names who said it, where one of the sources does not name them so."""
    return [Departure(Word(word.key, Kind.NAME), "put_in") for source in used if not names(source, said.teller) for word in said.teller]


def _joined(said: Told, held: Sequence[Told]) -> Iterator[Made]:
    """The ways in which a sentence joins two of the others."""
    core = said.core
    for cut in range(LEAST_WORDS, len(core) - LEAST_WORDS + 1):
        if not (core[cut].marks.strip("()") or core[cut].key in _JOINS):
            continue
        rest = list(core[cut:])
        by = ""
        while rest[0].key in _JOINS | _STANDS_FOR and len(rest) > 1:
            by = {"which": "which", "it": "it", "they": "it"}.get(rest[0].key, by)
            del rest[0]
        before = _Before(core[:cut], by) if by or _is_verb(rest[0]) else None
        for one, other in permutations(range(len(held)), 2):
            if not _departures(core[:cut], held[one].core):
                yield Made((one, other), (*_tellers(said, [held[one], held[other]]), *_departures(rest, held[other].core, before)))


def _is_verb(word: Word) -> bool:
    return word.key in _HELPS or word.kind is Kind.FORCE or word.key.endswith("ed")


def _departures(said: Sequence[Word], source: Sequence[Word], before: _Before | None = None) -> tuple[Departure, ...]:
    """Where a sentence departs from a source, by the order of the source that comes nearest. `before` may hold the subject that the sentence lacks."""
    plain = _compared(said, source, before)
    keys = {word.key for word in source} | {"was", "by"}
    if not plain or any(word.kind is not Kind.FREE and word.key not in keys for word in said):
        return plain
    pairs = [(said, order) for order in (*_orders(source), *_active(source))] + [(order, source) for order in _active(said)]
    return min((plain, *(_compared(one, other, before) for one, other in pairs)), key=len)


def _orders(source: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """The source with one of its parts put to the front or behind the next one, or the part at its front put to its end."""
    words = tuple(source)
    for start in range(1, len(words) - 1):
        if words[start].key in INTRODUCERS and words[start - 1].key not in ("only", "not", "no", "than", "even"):
            for end in _ends(words, start):
                yield (words[start].after(""), *words[start + 1 : end], *words[:start], *words[end:])
                if end < len(words) and words[end].key in INTRODUCERS:
                    yield from ((*words[:start], *words[end:last], *words[start:end], *words[last:]) for last in _ends(words, end))
    if words and words[0].key in INTRODUCERS:
        for end in range(2, len(words) - 1):
            if words[end].marks:
                yield (words[end].after(""), *words[end + 1 :], *words[:end])


def _ends(words: Sequence[Word], start: int) -> Iterator[int]:
    """Where a part that begins at `start` may end."""
    for end in range(start + 2, len(words) + 1):
        if end == len(words) or words[end].marks or words[end].key in INTRODUCERS or words[end].kind in (Kind.FORCE, Kind.NEGATION, Kind.FIGURE):
            yield end


def _active(source: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """`A was done by B` as `B done A`: most verbs have one form for both."""
    words = tuple(source)
    for at in range(1, len(words) - 3):
        if words[at].key == "was" and words[at + 2].key == "by":
            for end in _ends(words, at + 2):
                yield (words[at + 3].after(""), *words[at + 4 : end], words[at + 1], *words[:at], *words[end:])


def _compared(said: Sequence[Word], source: Sequence[Word], before: _Before | None) -> tuple[Departure, ...]:
    pairs = _side_by_side(said, source)
    ours, theirs, there = dict(pairs), {other: one for one, other in pairs}, {word.key for word in source}
    found = [
        Departure(word, "moved" if word.key in there else "put_in")
        for number, word in enumerate(said)
        if number not in ours and word.kind is not Kind.FREE and not _only_joins(word, source, ours.get(number + 1))
    ]
    start = 0
    while start < len(source):
        end = next((number for number in range(start, len(source)) if number in theirs), len(source))
        joins = end == start + 1 and _only_joins(source[start], said, theirs.get(end))
        if end > start and not joins and not (start == 0 and before and before.holds(source[:end])):
            found += _left_out(source, start, end)
        start = end + 1
    return tuple(found)


def _only_joins(word: Word, other: Sequence[Word], after: int | None) -> bool:
    """Whether a word is an `and` or `but` in the place of a comma: the other sentence has a mark before the word that comes after it."""
    return word.key in ("and", "but") and after is not None and bool(other[after].marks)


def _left_out(source: Sequence[Word], start: int, end: int) -> list[Departure]:
    """The words of a run that may not be left out: all but an aside between marks that has no verb of its own and narrows nothing."""
    run = [word for word in source[start:end] if word.kind is not Kind.FREE and word.key not in _OWNERS]
    first = source[start]
    opens = bool(first.marks.strip(")")) and (first.key in ("which", "who") or not any(word.key in _HELPS for word in run))
    closes = bool(source[end].marks) if end < len(source) else first.key in _ASIDES or "(" in first.marks
    narrows = first.key in INTRODUCERS or any(word.kind in NARROWING or word.key in ("or", "than") for word in run)
    return [] if opens and closes and not narrows else [Departure(word, "left_out") for word in run]


def _side_by_side(said: Sequence[Word], source: Sequence[Word]) -> list[tuple[int, int]]:
    """The heaviest pairs of equal words in one order: their weighted longest common subsequence."""
    rows, columns = len(said), len(source)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            taken = best[i + 1][j + 1] + said[i].weight if said[i].key == source[j].key else 0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if said[i].key == source[j].key and best[i][j] == best[i + 1][j + 1] + said[i].weight:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
