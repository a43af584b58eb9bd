"""Recognising scope: the service, employer, stage, nation, day and audience that a text tells of its writer or of the case asked about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from assistant.answers import Nation, Stage
from assistant.scope_patterns import Patterns, scope_patterns
from corpus.dates import PartialDate
from corpus.words import Audience, Sector

_SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
_LONGEST = 400
"""Characters of a sentence that are read together."""
_WORD = re.compile(r"[a-z']{6,}")
_IF = re.compile(r"(?:^|[,.;] )(?:what )?if (?:we|our|i|the|my|they)\b[^,.?;]*")
_GENERAL = ("nhs_trust", "central_government", "other")
"""Sectors that give way to a service named beside them, and to those of them that come first."""
_NAMED, _OWN, _CALLING = 1, 2, 3
"""How much a mention of a service tells: that it is asked about, in a sentence about the writer, in what they say they are."""
_PARTS_OF_A_YEAR = {"early": "03", "mid": "06", "middle": "06"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Recognised:
    """What a text tells; None for what it does not. `employer` is a type of employer, such as `council` or `nhs_trust`."""

    sector: Sector | None = None
    stage: Stage | None = None
    nation: Nation | None = None
    as_of: PartialDate | None = None
    audience: Audience | None = None
    employer: str | None = None


@dataclass(frozen=True)
class _Sentence:
    """One sentence, in small letters and mended, without the words that mean something else."""

    text: str
    own: bool
    """Whether the writer speaks in it of themselves, of their service or of the person they ask for."""
    topic: bool
    """Whether what it names is only what somebody wrote of, or what once happened."""


def recognise(text: str) -> Recognised:
    """All that a text tells of scope, and nothing that it only names in passing."""
    plain = _mended(text.lower().replace("’", "'"))
    written = list(_sentences(plain))
    sentences = [_read(sentence) for sentence in written]
    own = [sentence.text for sentence in sentences if not sentence.topic] if any(sentence.own for sentence in sentences) else []
    return Recognised(
        sector=cast(Sector | None, _sector(sentences)),
        stage=cast(Stage | None, _first(scope_patterns().stages, [_IF.sub(" ", sentence) for sentence in own])),
        nation=cast(Nation | None, _nation(sentences)),
        as_of=_as_of(written),
        audience=cast(Audience | None, _first(scope_patterns().audiences, [sentence.text for sentence in sentences])),
        employer=_first(scope_patterns().employer_types, own),
    )


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text; one that runs on and on is cut, so that no text takes long."""
    for sentence in _SENTENCE.split(text):
        tidy = " ".join(sentence.split())
        for start in range(0, len(tidy), _LONGEST):
            yield tidy[start : start + _LONGEST]


def _mended(text: str) -> str:
    slips = scope_patterns().mended
    return _WORD.sub(lambda match: slips.get(match[0], match[0]), text)


def _read(sentence: str) -> _Sentence:
    patterns = scope_patterns()
    text = patterns.not_meant.sub(" _ ", sentence.strip())
    own = bool(patterns.us.search(text))
    told = patterns.topics.search(text) or (patterns.narrative.search(text) and not patterns.abilities.search(text))
    return _Sentence(text, own, topic=bool(told) and not own)


def _first(patterns: Patterns, texts: Iterable[str]) -> str | None:
    """The name of the first pattern found in any of the texts."""
    kept = list(texts)
    return next((name for name, pattern in patterns if any(pattern.search(text) for text in kept)), None)


def _sector(sentences: Iterable[_Sentence]) -> str | None:
    """The service told of most plainly, or else the employer's own; None where two are told of alike."""
    weights: dict[str, int] = {}
    for sentence in sentences:
        if sentence.topic:
            continue
        callings = [match.span() for _, pattern in scope_patterns().audiences for match in pattern.finditer(sentence.text)]
        for name, (start, end) in _mentions(sentence.text):
            called = any(start < until and since < end for since, until in callings)
            weights[name] = max(weights.get(name, 0), _CALLING if called else _OWN if sentence.own else _NAMED)
    services = {name: weight for name, weight in weights.items() if name not in _GENERAL}
    if services:
        best = [name for name, weight in services.items() if weight == max(services.values())]
        return best[0] if len(best) == 1 else None
    if weights:
        return max(_GENERAL, key=lambda name: (weights.get(name, 0), -_GENERAL.index(name)))
    return _first(scope_patterns().employers, [sentence.text for sentence in sentences if not sentence.topic])


def _mentions(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each service named in a text, with its place; of two that overlap the longer one."""
    found = [(name, match.span()) for name, pattern in scope_patterns().sectors for match in pattern.finditer(text)]
    found.sort(key=lambda each: each[1][0] - each[1][1])
    taken: list[tuple[int, int]] = []
    for name, (start, end) in found:
        if not any(start < until and since < end for since, until in taken):
            taken.append((start, end))
            yield name, (start, end)


def _nation(sentences: Iterable[_Sentence]) -> str | None:
    """The one nation told of; of several, the one in what the writer says of themselves."""
    places: dict[str, bool] = {}
    for sentence in sentences:
        for name, pattern in scope_patterns().nations:
            if not sentence.topic and pattern.search(sentence.text):
                places[name] = places.get(name, False) or sentence.own
    own = [name for name, is_own in places.items() if is_own]
    return next(iter(places)) if len(places) == 1 else own[0] if len(own) == 1 else None


def _as_of(sentences: Iterable[str]) -> PartialDate | None:
    """The last day of the time whose position is asked for; the day before it where what held before it is asked for."""
    for sentence in sentences:
        for section, pattern in scope_patterns().days:
            match = pattern.search(sentence)
            day = _day(match["day"]) if match else None
            if day and section == "days":
                return PartialDate(day.isoformat())
            if day and scope_patterns().abilities.search(sentence):
                return PartialDate((day - timedelta(days=1)).isoformat())
    return None


def _day(written: str) -> date | None:
    """The day that a date as people write it stands for: the last of a month or year, unless its start is meant. None where there is no such day."""
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    month = next((_MONTHS.index(word[:3]) + 1 for word in re.findall(r"[a-z]{3,}", written) if word[:3] in _MONTHS), None)
    if re.search(r"\d[/.-]\d", written):
        year, month, number = numbers if len(str(numbers[0])) == 4 else numbers[::-1]
        text = f"{year:04d}-{month:02d}-{number:02d}"
    elif month is None:
        text = f"{numbers[-1]:04d}"
    else:
        text = f"{numbers[-1]:04d}-{month:02d}" + (f"-{numbers[0]:02d}" if len(numbers) > 1 else "")
    try:
        bounds = PartialDate(text)
    except ValueError:
        return None
    if re.search(r"\b(?:start|beginning) of", written):
        return bounds.first
    if month is None and (part := re.search(r"\b(early|mid|middle)\b", written)):
        return PartialDate(f"{text}-{_PARTS_OF_A_YEAR[part[1]]}").last
    return bounds.last
