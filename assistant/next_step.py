"""The next step: where an answer stands on the pathway, and what to ask after it."""

from collections.abc import Sequence

from assistant.answers import Citation
from corpus.pathways import Pathways
from corpus.words import Sector


def next_question(citations: Sequence[Citation], pathways: Pathways, sector: Sector | None) -> str | None:
    """The question of the step that follows the one which most citations belong to; None where none does, or it is the last.

    A citation belongs to a step that has a statement from its passage. Of steps with as many the first counts.
    """
    steps = [step for step in pathways.steps() if step.is_for(sector)]
    cited = [citation.passage_id for citation in citations]
    shares = [sum(passage in cited for passage in {statement.passage for part in step.parts.values() for statement in part}) for step in steps]
    if not any(shares):
        return None
    here = shares.index(max(shares))
    return steps[here + 1].ask if here + 1 < len(steps) else None
