"""Deciding on one part of a claim: of the sentences on its matter, the one that settles it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.changes import Succession, asked_of, successions, touching
from assistant.checking.claim_words import pattern
from assistant.checking.comparing import differences
from assistant.checking.differences import Decides, Difference
from assistant.checking.matching import Match
from assistant.checking.statements import Force, Statement, read_statement
from assistant.checking.verdicts import Verdict
from corpus.sources import Standing
from index.live import OpenIndex

SUPPORTS_FROM = 0.4
CONTRADICTS_FROM = 0.3
PARTLY_FROM = 0.5
"""How surely a sentence must be on the claim's matter to decide it."""
FIGURES_FROM = 0.15
"""The same for a sentence that has all the claim's figures and days, where another one seems to contradict these: the other likely tells of something
else."""


CALIBRATION = {Verdict.SUPPORTED: (0.6, 0.4), Verdict.CONTRADICTED: (0.75, 0.2), Verdict.PARTLY: (0.5, 0.4), Verdict.NOT_COVERED: (0.0, 1.0)}
"""The confidence in a verdict: the least, and how much the chance adds. Read off the training claims in four bins a verdict."""
AS_NEAR = 0.9
"""How near it must come, as a share, to the chance that the other sentence holds all of the claim."""
VALUES = frozenset(("figure", "day", "body", "nation", "aside", "without"))
"""Differences in which the sentence has a value of its own where the claim has another."""


@dataclass(frozen=True)
class Decision:
    """The verdict on one part, the match that settles it with its differences, and what has replaced what it tells of."""

    verdict: Verdict
    match: Match | None
    differences: tuple[Difference, ...] = ()
    since: Succession | None = None

    @property
    def chance(self) -> float:
        """The chance, 0 to 1, that the match decides as it seems to."""
        if self.match is None:
            return 0.0
        return float(getattr(self.match, self.rests_on))

    @property
    def rests_on(self) -> str:
        """Which of a match's chances the decision rests on."""
        if self.verdict is not Verdict.CONTRADICTED:
            return "whole"
        contrary = {difference.kind for difference in self.differences if difference.decides is Decides.CONTRARY}
        return "value" if contrary & VALUES else "denial"

    @property
    def confidence(self) -> float:
        """The chance, 0 to 1, that the verdict is right."""
        least, rest = CALIBRATION[self.verdict]
        return least + rest * (1 - self.chance if self.verdict is Verdict.NOT_COVERED else self.chance)


def decide(claim: Statement, found: Sequence[Match], index: OpenIndex, day: date, sector: str | None = None) -> Decision:
    """The decision on one part; `found` come likeliest first. What our own searches did not find decides nothing."""
    likeliest = sorted(judged(claim, found, index), key=lambda each: -each.chance)
    supports = next((each for each in likeliest if each.verdict is Verdict.SUPPORTED and each.chance >= SUPPORTS_FROM), None)
    contrary = next(
        (each for each in likeliest if each.verdict is Verdict.CONTRADICTED and each.chance >= CONTRADICTS_FROM and _stands(claim, each, index, day)), None
    )
    partly = next((each for each in likeliest if each.verdict is Verdict.PARTLY and each.chance >= PARTLY_FROM), None)
    if contrary and _rests_on_figures(contrary):
        bears_out = next((each for each in likeliest if each.match and each.verdict is Verdict.SUPPORTED and each.match.alike.figures == 1.0), None)
        if bears_out and contrary.match and bears_out.chance >= max(FIGURES_FROM, AS_NEAR * contrary.match.whole):
            supports, contrary = bears_out, None
    if supports and (contrary is None or (supports.chance >= contrary.chance and not _fuller(contrary, supports))):
        return _as_it_stands(claim, supports, index, day, sector)
    if contrary and (partly is None or contrary.chance >= partly.chance):
        return contrary
    if partly:
        return partly
    return Decision(Verdict.NOT_COVERED, found[0] if found else None)


def _stands(claim: Statement, decision: Decision, index: OpenIndex, day: date) -> bool:
    """Whether a sentence may speak against a claim: a rule that is gone does not contradict what is said of the present."""
    if claim.past or claim.days or decision.match is None:
        return True
    return index.store.sources[decision.match.passage.source_id].standing_on(day) not in (Standing.WITHDRAWN, Standing.SUPERSEDED)


def _fuller(contrary: Decision, supports: Decision) -> bool:
    """Whether what contradicts the claim holds more of it than what seems to bear it out, which lacks a word of it."""
    if contrary.match is None or supports.match is None:
        return False
    return supports.match.alike.gap > 0 and contrary.match.alike.coverage > supports.match.alike.coverage


def _rests_on_figures(decision: Decision) -> bool:
    """Whether nothing but figures and days speaks against the claim."""
    return all(difference.kind in ("figure", "day") for difference in decision.differences if difference.decides is Decides.CONTRARY)


def judged(claim: Statement, found: Sequence[Match], index: OpenIndex) -> Iterator[Decision]:
    """What each sentence seems to decide, in the order given; one that leaves the claim open, or only tells what was not found, decides nothing."""
    for match in found:
        if match.passage.source_id in index.store.findings:
            continue
        beside = [read_statement(match.passage.quote(number)) for number in range(len(match.passage.sentences)) if number != match.number]
        found_differences = tuple(differences(claim, match, index.store.sources[match.passage.source_id].authority, beside))
        kinds = {difference.decides for difference in found_differences}
        if Decides.OPEN in kinds:
            continue
        verdict = Verdict.CONTRADICTED if Decides.CONTRARY in kinds else Verdict.PARTLY if kinds else Verdict.SUPPORTED
        yield Decision(verdict, match, found_differences)


def _as_it_stands(claim: Statement, decision: Decision, index: OpenIndex, day: date, sector: str | None) -> Decision:
    """The decision, turned where what bears the claim out no longer stood on the day and the claim speaks of the present."""
    match = decision.match
    assert match is not None
    if claim.past or claim.days:
        return decision
    source = index.store.sources[match.passage.source_id]
    touched = touching(match.text, match.passage, source, index.store.timeline, sector)
    if not claim.denies and not pattern("changing").search(claim.core):
        touched += [change for change in asked_of(claim.text, index.store.timeline, sector) if change not in touched]
    came = successions(touched, index.store.timeline, day)
    if came:
        return replace(decision, verdict=Verdict.CONTRADICTED, since=came[0])
    if source.standing_on(day) in (Standing.WITHDRAWN, Standing.SUPERSEDED):
        until = source.in_force_to.spoken() if source.in_force_to else ""
        return replace(decision, verdict=Verdict.CONTRADICTED, differences=(Difference("standing", Decides.CONTRARY, "", until),))
    if match.statement.past and source.standing_on(day) is Standing.HISTORIC and claim.force is not Force.PLAIN:
        return replace(decision, verdict=Verdict.PARTLY, differences=(Difference("past", Decides.MORE, ""),))
    return decision
