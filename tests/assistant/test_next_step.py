"""The next step: what to ask after an answer that stands on the pathway."""

import pytest

from assistant.answers import Citation
from assistant.next_step import next_question
from corpus.pathways import Pathways, PathwayStage, Statement, Step
from corpus.sources import Authority, Standing
from corpus.words import Sector


def step(identifier: str, *passages: str, sectors: tuple[Sector, ...] = ("all",)) -> Step:
    statements = tuple(Statement(passage=passage, text="Said.") for passage in passages)
    return Step(id=identifier, title=identifier, sectors=sectors, ask=f"What of {identifier}?", parts={"what": statements})


def citation(passage: str) -> Citation:
    return Citation(
        number=1,
        quote="Said.",
        passage_id=passage,
        source_id="s",
        title="T",
        publisher="P",
        published="2012",
        authority=Authority.STATUTE,
        standing=Standing.IN_FORCE,
        superseded_by=[],
        locator="s. 1",
        url=None,
    )


STAGES = (
    PathwayStage(
        id="one", title="One", plain="First.", stage="pre_spin_out", steps=(step("a", "n.1", "n.2"), step("b", "n.3"), step("c", "n.4", sectors=("fire",)))
    ),
    PathwayStage(id="two", title="Two", plain="Second.", stage="spinning_out", steps=(step("d", "n.2", "n.5"),)),
)


@pytest.mark.parametrize(
    ("cited", "sector", "asked"),
    [
        ([], None, None),
        (["n.9"], None, None),
        (["n.1"], None, "What of b?"),
        (["n.3"], None, "What of d?"),
        (["n.3"], "fire", "What of c?"),
        (["n.2"], None, "What of b?"),
        (["n.2", "n.5"], None, None),
        (["n.5"], None, None),
    ],
)
def test_the_step_after_the_one_most_cited_is_asked_about(cited: list[str], sector: Sector | None, asked: str | None) -> None:
    assert next_question([citation(passage) for passage in cited], Pathways(STAGES), sector) == asked


def test_without_a_pathway_nothing_follows() -> None:
    assert next_question([citation("n.1")], Pathways(), None) is None
