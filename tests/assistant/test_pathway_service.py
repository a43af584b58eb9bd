"""The pathway navigator: what stands for a service on a day, cited and through the gate."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from pathway_library import FIVE, LONGEST, ROUTE, THREE, write_pathway_library

from assistant.gate import Span, check
from assistant.pathway_views import Pathway, PathwayPart
from assistant.pathways import HISTORIC, PathwayService, find
from assistant.services import Services
from corpus.dates import PartialDate
from corpus.library import load_library
from corpus.pathways import Statement
from corpus.words import Sector
from index.build import build_index
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.versions import NoIndexError, Versions

TODAY = date(2026, 11, 22)
SECTORS: tuple[Sector, ...] = get_args(Sector)
REPORT = "“The Report of 2012” is an independent report. What it recommends is not government policy."
CHANGE = "On 1 April 2020, the New Act took the place of the Old Regulations (reserved contracts; England and Wales)."


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> LiveIndex:
    root = tmp_path_factory.mktemp("pathway")
    versions = Versions(root / "index")
    build_index(load_library(write_pathway_library(root / "library")), embedder, versions)
    return LiveIndex(versions)


@pytest.fixture(scope="module")
def small(live: LiveIndex) -> PathwayService:
    return PathwayService(live, lambda: TODAY)


def told(pathway: Pathway) -> dict[str, dict[str, list[tuple[str, list[int]]]]]:
    """What each step says, part by part; parts where nothing was found are left out."""
    return {
        step.id: {part.name: [(each.text, each.citations) for each in part.statements] for part in step.parts if not part.not_found}
        for stage in pathway.stages
        for step in stage.steps
    }


def part(pathway: Pathway, step_id: str, name: str) -> PathwayPart:
    steps = [step for stage in pathway.stages for step in stage.steps]
    return next(part for step in steps if step.id == step_id for part in step.parts if part.name == name)


def notices(found: list[Any]) -> list[tuple[str, str, list[int]]]:
    return [(notice.kind, notice.text, notice.citations) for notice in found]


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    service = PathwayService(LiveIndex(Versions(tmp_path)))
    for call in (service.pathway, service.overview):
        with pytest.raises(NoIndexError):
            call()


def test_a_library_without_pathways_has_none(small_index: Versions) -> None:
    service = PathwayService(LiveIndex(small_index), lambda: TODAY)
    assert service.pathway("fire") == Pathway(sector="fire", as_of=TODAY, stages=[], citations=[], notices=[])
    assert service.overview().stages == []
    assert {each.steps for each in service.overview().sectors} == {0}


def test_what_stands_for_everyone_today(small: PathwayService) -> None:
    found = small.pathway()
    assert (found.sector, found.as_of) == ("all", TODAY)
    assert told(found) == {"find-the-route": {"what": [(ROUTE, [1])]}, "length": {"what": [(FIVE, [2])], "blocks": [(THREE, [3])]}}
    assert [(each.number, each.quote, each.locator, each.standing) for each in found.citations] == [
        (1, ROUTE, "Recommendation 2", "historic"),
        (2, FIVE, "s. 33", "in_force"),
        (3, THREE, "reg. 77(3)", "superseded"),
    ]
    assert notices(found.notices) == [("authority", REPORT, [1]), ("standing", HISTORIC, [1])]
    assert [notices(step.notices) for stage in found.stages for step in stage.steps] == [[], [("standing", CHANGE, [3])]]


def test_a_part_with_nothing_in_it_says_so(small: PathwayService) -> None:
    assert part(small.pathway(), "find-the-route", "who") == PathwayPart(
        name="who",
        title="Who does it",
        statements=[],
        not_found=True,
        note="Nothing on this in this library is for every service. Choose your service to see what it holds for some: youth services, libraries.",
    )
    assert part(small.pathway("nhs_trust"), "find-the-route", "who").note == "Nothing official on this was found in this library for NHS trusts."
    assert part(small.pathway("fire", PartialDate("2011")), "length", "who").note == (
        "Nothing official on this was found in this library for fire and rescue, as at 31 December 2011."
    )


def test_a_service_has_its_own_steps_and_statements_numbered_once(small: PathwayService) -> None:
    found = small.pathway("youth")
    assert told(found) == {
        "find-the-route": {"what": [(ROUTE, [1])], "who": [(ROUTE, [1])]},
        "length": {"what": [(FIVE, [2])], "blocks": [(THREE, [3])]},
        "longest": {"prepare": [(LONGEST, [4])]},
    }
    assert [each.number for each in found.citations] == [1, 2, 3, 4]
    assert "longest" not in told(small.pathway("libraries"))


def test_an_earlier_day_knows_only_what_was_there(small: PathwayService) -> None:
    found = small.pathway("youth", PartialDate("2011"))
    assert found.as_of == date(2011, 12, 31)
    assert told(found) == {"find-the-route": {}, "length": {"what": [(THREE, [1])], "blocks": [(THREE, [1])]}, "longest": {}}
    assert found.citations[0].standing == "in_force"
    assert notices(found.notices) == [("as_of", "Standing is given as at 31 December 2011.", [])]
    assert notices(found.stages[1].steps[0].notices) == [("as_of", f"Later: {CHANGE}", [1])]


def test_the_day_before_and_the_day_of_a_change(small: PathwayService) -> None:
    assert told(small.pathway(None, PartialDate("2020-03-31")))["length"] == {"what": [(THREE, [2])], "blocks": [(THREE, [2])]}
    assert told(small.pathway(None, PartialDate("2020-04-01")))["length"] == {"what": [(FIVE, [2])], "blocks": [(THREE, [3])]}


def test_a_day_to_come_is_told(small: PathwayService) -> None:
    found = small.pathway(None, PartialDate("2050"))
    assert notices(found.notices)[0] == ("as_of", "31 December 2050 is still to come. The answer gives what is known today, 22 November 2026.", [])
    assert told(found) == told(small.pathway())


def test_the_overview_counts_the_steps_of_each_service(small: PathwayService) -> None:
    found = small.overview()
    assert {each.sector: each.steps for each in found.sectors} == {sector: 3 if sector == "youth" else 2 for sector in SECTORS}
    assert [(stage.id, [step.id for step in stage.steps]) for stage in found.stages] == [("exploring", ["find-the-route"]), ("contract", ["length"])]


def test_the_same_pathway_is_told_once_and_anew_for_another_index(small: PathwayService, live: LiveIndex) -> None:
    assert small.pathway("fire") is small.pathway("fire")
    assert PathwayService(live, lambda: date(2026, 11, 23)).pathway("fire").as_of == date(2026, 11, 23)


def test_a_statement_that_the_index_does_not_hold_is_not_found(live: LiveIndex) -> None:
    store = live.current().store
    assert find(Statement(passage="small-note.none", text=ROUTE), store) == []
    assert find(Statement(passage="small-note.recommendation-2", text=ROUTE[:-1]), store) == []


@pytest.mark.parametrize("sector", SECTORS)
def test_every_statement_of_the_bundled_pathway_is_cited_and_passes_the_gate(services: Services, sector: Sector) -> None:
    store = services.live.current().store
    found = services.pathways.pathway(sector)
    assert [citation.number for citation in found.citations] == list(range(1, len(found.citations) + 1))
    statements = [each for stage in found.stages for step in stage.steps for part in step.parts for each in part.statements]
    assert len(statements) > 300
    held = []
    for statement in statements:
        spans = []
        for citation in found.cited(statement.citations):
            passage = store.passage(citation.passage_id)
            assert passage is not None
            start = passage.text.index(citation.quote)
            spans.append(Span(passage.id, passage.sha256, start, start + len(citation.quote), citation.quote))
        held += check(statement.text, spans, store) or ([] if spans else [statement.text])
    assert held == []


@pytest.mark.parametrize("sector", SECTORS)
def test_nothing_written_for_a_service_is_lost_but_what_no_longer_stands(services: Services, sector: Sector) -> None:
    store = services.live.current().store
    written = [statement for step in store.pathways.steps() if step.is_for(sector) for name in step.parts for statement in step.part(name, sector)]
    shown = {citation.quote for citation in services.pathways.pathway(sector).citations}
    lost = [statement for statement in written if statement.text not in shown]
    gone = {"superseded", "withdrawn"}
    replaced = {source_id for change in store.timeline.changes if change.happened_by(date.today()) for source_id in change.replaces}
    sources = [store.sources[find(statement, store)[0][0].source_id] for statement in lost]
    assert [source.id for source in sources if source.standing_on(date.today()) not in gone and source.id not in replaced] == []


def test_sectors_differ_and_2013_has_no_section_33(services: Services) -> None:
    texts = {sector: {citation.quote for citation in services.pathways.pathway(sector).citations} for sector in ("nhs_trust", "libraries", "schools")}
    assert texts["nhs_trust"] - texts["libraries"]
    assert texts["libraries"] - texts["nhs_trust"]
    assert texts["schools"] - texts["libraries"]
    now, then = services.pathways.pathway("libraries"), services.pathways.pathway("libraries", PartialDate("2013"))
    assert any(citation.source_id == "pa-2023" and citation.locator.startswith("s. 33") for citation in now.citations)
    sources = services.live.current().store.sources
    began = [sources[citation.source_id].began() for citation in then.citations]
    assert [day for day in began if day is None or day > then.as_of] == []
    assert [text for text in (citation.quote for citation in then.citations) if "section 33" in text or "Procurement Act 2023" in text] == []
