"""Deciding on one part of a claim: of the sentences on its matter, the one that settles it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import exp, log
from pathlib import Path

from assistant.changes import Succession, asked_of, names_it, successions, touching
from assistant.checking.alignment import repeats
from assistant.checking.claim_words import pattern
from assistant.checking.comparing import differences
from assistant.checking.differences import Decides, Difference
from assistant.checking.figures import borne_out_beside
from assistant.checking.matching import ALIKE_NAMES, Match
from assistant.checking.statements import Force, Reach, Statement, read_statement
from assistant.checking.turning import turned
from assistant.checking.verdicts import Verdict
from assistant.nations import nations_of
from corpus.sources import Source, Standing
from corpus.timeline import Change
from index.live import OpenIndex
from index.network import Network, Numbers
from index.terms import terms

SURE_FROM = {Verdict.SUPPORTED: 0.7, Verdict.CONTRADICTED: 0.6, Verdict.PARTLY: 0.5}
"""How sure a verdict must be; one that is less sure leaves the claim open, which does less harm than a claim wrongly borne out."""
HOLDS_FROM, SURER_FROM = 0.9, 0.95
"""Share of a claim's matter, by weight, that the sentence with its heading must hold to bear it out; where it holds less, how sure it must be instead.
Chosen with `SURE_FROM` in folds over the 282 supported and 276 contradicted training claims: so 104 and 7 are called supported; at 0.9 for all 105 and 9; were
a sentence that holds less never to bear a claim out, 72 and 2, but of `dev`, in spoken English, 6 of 50 would be found and not 17."""
LIKELY_FROM = 0.5
"""How sure it must be that a part is borne out where another part of the claim is not: the claim is not called supported any more, so that less harm is
done. Chosen on the training claims and `dev` claims of several parts: of 60 and 36 that hold in part 31 and 17 are found, 28 and 13 without."""
REPEATED = 0.9
"""Share of the claim's words that stand in a sentence in their order at which it repeats the sentence: then nothing has to be learned to see that it is on
the claim's matter."""
SHARPNESS = 3.0
"""How far several sentences that speak for one verdict count for more than the strongest of them; chosen in folds over the training claims."""
MOST_OF_IT = 0.6
"""Share of the words for what was before a change that a claim must hold to say just that."""
VALUES = ("figure", "day", "body", "nation")
"""Differences in which the sentence has a value of its own where the claim has another."""
WORDS = ("denial", "force", "reach")
SEEMING = (*VALUES, *WORDS, "gone", "other", "more", "several")
"""What a sentence seems to say against a claim: contrary differences by kind, that it bears out what is gone, other differences, that the claim only says
more, and several of them."""
LOOSE = ("unforced", "unbounded", "conditional", "past", "unfigured")
"""What keeps a sentence that does not deny a claim from bearing it out: the claim is a duty or a ban and the sentence a plain account; the claim is on
all or on none and the sentence is not; the sentence has a condition that the claim lacks; it tells of the past and the claim of the present; it lacks a
figure that another sentence of its passage has."""
SIGNALS = (*ALIKE_NAMES, *SEEMING, *LOOSE)


@cache
def _network() -> Network:
    return Network.read(Path(__file__).parent / "settles.json", SIGNALS)


@dataclass(frozen=True)
class Seen:
    """A sentence on the claim's matter, how the claim differs from it, and what it would decide if it is on just that matter."""

    claim: Statement
    verdict: Verdict
    match: Match
    differences: tuple[Difference, ...]
    since: Succession | None = None
    """What has replaced what it tells of, where that turns it against the claim."""

    def signals(self) -> tuple[float, ...]:
        """The signals of whether it settles the claim, in the order of `SIGNALS`."""
        contrary = [each.kind for each in self.differences if each.decides is Decides.CONTRARY]
        named = [float(kind in contrary) for kind in (*VALUES, *WORDS)]
        gone = float(self.since is not None or "standing" in contrary)
        other = float(any(kind not in (*VALUES, *WORDS, "standing") for kind in contrary))
        seeming = (*named, gone, other, float(self.verdict is Verdict.PARTLY), float(len(contrary) > 1))
        return (*self.match.alike.values(), *seeming, *self._loose())

    def _loose(self) -> tuple[float, ...]:
        claim, told = self.claim, self.match.clause
        wide = claim.reach in (Reach.ALL, Reach.NONE, Reach.ONLY)
        return (
            float(claim.force in (Force.MUST, Force.MUST_NOT) and told.force is Force.PLAIN),
            float(wide and told.reach is not claim.reach),
            float(bool(pattern("condition").search(self.match.statement.core)) and not pattern("condition").search(claim.core)),
            float(self.match.statement.past and not claim.past),
            float(bool(claim.quantities or claim.days) and self.match.alike.figures < 1),
        )


@dataclass(frozen=True)
class Decision:
    """The verdict on one part with the chance, 0 to 1, that it is right; the match that settles it with its differences, and what has replaced what it
    tells of. `likely`, of a part that is left open, is that it is borne out, where that is likelier than not."""

    verdict: Verdict
    match: Match | None
    confidence: float
    differences: tuple[Difference, ...] = ()
    since: Succession | None = None
    likely: "Decision | None" = None


def decide(claim: Statement, found: Sequence[Match], index: OpenIndex, day: date, sector: str | None = None) -> Decision:
    """The decision on one part.

    Every sentence seems to decide something, if it is on just the matter of the claim. How strongly it speaks is learned (`evals/train_checks.py`).
    """
    seen = list(judged(claim, found, index, day, sector))
    values = _network().values([each.signals() for each in seen])
    shares = chances([each.verdict for each in seen], values)
    repeated = next((each for each in seen if each.verdict is Verdict.SUPPORTED and repeats(claim.core, each.match.statement.core) >= REPEATED), None)
    if repeated and shares[Verdict.CONTRADICTED] < SURE_FROM[Verdict.CONTRADICTED]:
        return Decision(Verdict.SUPPORTED, repeated.match, max(shares[Verdict.SUPPORTED], REPEATED))
    verdict = max(SURE_FROM, key=lambda each: shares[each])
    if shares[verdict] < LIKELY_FROM or (shares[verdict] < SURE_FROM[verdict] and verdict is not Verdict.SUPPORTED):
        return Decision(Verdict.NOT_COVERED, found[0] if found else None, 1 - shares[verdict])
    best = max(((float(value), -number), each) for number, (value, each) in enumerate(zip(values, seen, strict=True)) if each.verdict is verdict)[1]
    decision = Decision(verdict, best.match, shares[verdict], best.differences, best.since)
    holds = verdict is not Verdict.SUPPORTED or best.match.alike.with_heading >= HOLDS_FROM
    says_so = verdict is not Verdict.SUPPORTED or not turned(claim, best.match.statement)
    if says_so and shares[verdict] >= (SURE_FROM[verdict] if holds else SURER_FROM):
        return decision
    return Decision(Verdict.NOT_COVERED, found[0], 1 - shares[verdict], likely=decision)


def chances(verdicts: Sequence[Verdict], values: Numbers) -> dict[Verdict, float]:
    """The chance of each verdict, adding up to 1, from what each sentence speaks for and how strongly: a softmax over the verdicts, each worth the smooth
    maximum of its sentences, and `not_covered` worth 0."""
    worth = {Verdict.NOT_COVERED: 0.0}
    for verdict in SURE_FROM:
        speaking = [float(value) for value, each in zip(values, verdicts, strict=True) if each is verdict]
        if speaking:
            most = max(speaking)
            worth[verdict] = most + log(sum(exp(SHARPNESS * (value - most)) for value in speaking)) / SHARPNESS
    odds = {verdict: exp(value - max(worth.values())) for verdict, value in worth.items()}
    return {verdict: odds.get(verdict, 0.0) / sum(odds.values()) for verdict in Verdict}


def _may_speak(seen: Seen, source: Source, day: date) -> bool:
    """Whether a sentence may speak on a claim: what differs in a rule that is gone does not contradict what is said of the present, and what is told of
    the past does not bear out that something is still so."""
    if seen.verdict is Verdict.SUPPORTED and source.standing_on(day) is Standing.HISTORIC and pattern("still").search(seen.claim.core):
        return False
    if (
        seen.verdict is not Verdict.CONTRADICTED
        or seen.since
        or seen.claim.past
        or seen.claim.days
        or any(each.kind == "standing" for each in seen.differences)
    ):
        return True
    return source.standing_on(day) not in (Standing.WITHDRAWN, Standing.SUPERSEDED)


def judged(claim: Statement, found: Sequence[Match], index: OpenIndex, day: date, sector: str | None = None) -> Iterator[Seen]:
    """What each sentence seems to decide as things stand on a day, in the order given; one that leaves the claim open, or only tells what was not found,
    decides nothing."""
    for match in found:
        if match.passage.source_id in index.store.findings:
            continue
        beside = [read_statement(match.passage.quote(number)) for number in range(len(match.passage.sentences)) if number != match.number]
        source = index.store.sources[match.passage.source_id]
        differing = tuple(differences(claim, match, source.authority, beside, frozenset(nations_of(source.extent))))
        kinds = {difference.decides for difference in differing}
        if Decides.OPEN in kinds or (not kinds and match.alike.names > 0):
            continue  # what a claim says of somebody is not borne out where nothing there names them
        contradicted = Decides.CONTRARY in kinds and not borne_out_beside(claim, match.statement, differing)
        verdict = Verdict.CONTRADICTED if contradicted else Verdict.PARTLY if kinds else Verdict.SUPPORTED
        seen = Seen(claim, verdict, match, differing)
        if verdict is Verdict.SUPPORTED:
            seen = _as_it_stands(seen, source, index, day, sector)
        if _may_speak(seen, source, day):
            yield seen


def _claims(claim: Statement, change: Change) -> bool:
    """Whether a claim says what a change has ended: it names rules that were replaced, or says most of what was before. Not every claim that names a
    thing of which something changed claims that."""
    before = frozenset(terms(change.before))
    said = frozenset(terms(claim.text))
    return not change.renames and ((bool(change.replaces) and names_it(change, claim.text)) or len(before & said) >= MOST_OF_IT * len(before))


def _as_it_stands(seen: Seen, source: Source, index: OpenIndex, day: date, sector: str | None) -> Seen:
    """What bears a claim out, turned against it where it no longer stood on the day and the claim speaks of the present."""
    claim, match = seen.claim, seen.match
    if claim.past or claim.days or pattern("changing").search(claim.core):
        return seen
    touched = [
        change for change in touching(match.text, match.passage, source, index.store.timeline, sector) if source.id in change.replaces or _claims(claim, change)
    ]
    if not claim.denies:
        touched += [change for change in asked_of(claim.text, index.store.timeline, sector) if change not in touched and _claims(claim, change)]
    came = successions(touched, index.store.timeline, day)
    if came:
        return replace(seen, verdict=Verdict.CONTRADICTED, since=came[0])
    if source.standing_on(day) in (Standing.WITHDRAWN, Standing.SUPERSEDED):
        until = source.in_force_to.spoken() if source.in_force_to else ""
        return replace(seen, verdict=Verdict.CONTRADICTED, differences=(Difference("standing", Decides.CONTRARY, "", until),))
    if match.statement.past and source.standing_on(day) is Standing.HISTORIC and claim.force is not Force.PLAIN:
        return replace(seen, verdict=Verdict.PARTLY, differences=(Difference("past", Decides.MORE, ""),))
    return seen
