"""The pathways: what is read, what is refused, what is for whom, and that the bundled ones are true to the notes."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.library import Library, inspect_library, load_library
from corpus.pathways import PART_NAMES, Pathways, PathwayStage, Statement, Step, read_pathways
from corpus.sources import Standing
from corpus.words import Sector

TEXT = """
- id: procurement-route
  title: Procurement route
  plain: You settle how the contract can be given.
  stage: spinning_out
  steps:
    - id: reserve
      title: Ask for a reserved contract
      ask: Can a contract be reserved for a mutual?
      parts:
        what:
          - passage: small-note.reserved-now
            text: "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
          - passage: small-note.reserved-before
            text: "Under the Old Regulations 2010 a reserved contract could last no longer than three years."
            sectors: [youth]
        blocks:
          - passage: small-note.reserved-now
            text: "A buyer must not reserve a contract for longer than five years under the New Act."
    - id: ask-for-the-route
      title: Ask for the route
      sectors: [youth, fire]
      ask: What should the route contain?
      parts:
        escalate:
          - passage: small-note.recommendation-2
            text: "The Taskforce recommended that the route should name a person to whom staff can appeal."
""".lstrip()

NOW = Statement(
    passage="small-note.reserved-now", text="Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
)
BEFORE = Statement(
    passage="small-note.reserved-before", text="Under the Old Regulations 2010 a reserved contract could last no longer than three years.", sectors=("youth",)
)
LONGER = Statement(passage="small-note.reserved-now", text="A buyer must not reserve a contract for longer than five years under the New Act.")
APPEAL = Statement(passage="small-note.recommendation-2", text="The Taskforce recommended that the route should name a person to whom staff can appeal.")
RESERVE = Step(
    id="reserve",
    title="Ask for a reserved contract",
    ask="Can a contract be reserved for a mutual?",
    parts={"what": (NOW, BEFORE), "blocks": (LONGER,)},
)
ROUTE = Step(id="ask-for-the-route", title="Ask for the route", sectors=("youth", "fire"), ask="What should the route contain?", parts={"escalate": (APPEAL,)})
STAGE = PathwayStage(
    id="procurement-route",
    title="Procurement route",
    plain="You settle how the contract can be given.",
    stage="spinning_out",
    steps=(RESERVE, ROUTE),
)


def library(root: Path, text: str) -> tuple[Pathways, list[str]]:
    """The pathways of the small library with a file of this text, and its faults."""
    (root / "pathways.yaml").write_text(text, encoding="utf-8")
    read, faults = inspect_library(root)
    return read.pathways, [str(fault).removeprefix(f"{root}/pathways.yaml:") for fault in sorted(faults)]


def test_a_library_without_pathways_has_none(small_library: Path) -> None:
    assert load_library(small_library).pathways == Pathways(())
    assert list(Pathways().steps()) == []


def test_stages_and_steps_are_read_in_their_order(small_library: Path) -> None:
    assert library(small_library, TEXT) == (Pathways((STAGE,)), [])
    assert list(Pathways((STAGE,)).steps()) == [RESERVE, ROUTE]


def test_the_pathways_are_part_of_what_the_library_is_known_by(small_library: Path) -> None:
    before = load_library(small_library).digest
    library(small_library, TEXT)
    with_them = load_library(small_library).digest
    library(small_library, TEXT.replace("Ask for the route", "Ask for it"))
    assert len({before, with_them, load_library(small_library).digest}) == 3


@pytest.mark.parametrize(
    ("sector", "steps", "what"),
    [
        (None, [RESERVE], (NOW,)),
        ("all", [RESERVE], (NOW,)),
        ("youth", [RESERVE, ROUTE], (NOW, BEFORE)),
        ("fire", [RESERVE, ROUTE], (NOW,)),
        ("police", [RESERVE], (NOW,)),
    ],
)
def test_what_is_for_a_reader(sector: Sector | None, steps: list[Step], what: tuple[Statement, ...]) -> None:
    assert [step for step in STAGE.steps if step.is_for(sector)] == steps
    assert RESERVE.part("what", sector) == what
    assert RESERVE.part("prepare", sector) == ()


def test_what_would_mislead_some_is_for_the_others() -> None:
    statement = Statement(passage="a.b", text="One.", not_for=("nhs_trust",))
    assert [statement.is_for(sector) for sector in (None, "all", "youth", "nhs_trust")] == [True, True, True, False]


SECTORS = ", ".join(f"'{name}'" for name in get_args(Sector)[:-1]) + f" or '{get_args(Sector)[-1]}'"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("", "", []),
        ("- id: procurement-route\n  title", "- title", ["1: id: is missing"]),
        ("stage: spinning_out", "stage: middle", ["4: stage: 'middle' is not one of 'pre_spin_out', 'spinning_out' or 'sustainability_and_growth'"]),
        ("plain:", "plane:", ["1: plain: is missing", "3: plane: is not a field here"]),
        ("      ask: Can a contract be reserved for a mutual?\n", "", ["6: steps.0.ask: is missing"]),
        (
            "        blocks:",
            "        barriers:",
            ["16: steps.0.parts.barriers: 'barriers' is not one of 'what', 'who', 'prepare', 'blocks' or 'escalate'"],
        ),
        ("sectors: [youth, fire]", "sectors: [navy]", [f"21: steps.1.sectors.0: 'navy' is not one of {SECTORS}"]),
        ("sectors: [youth]", "sectors: [navy]", [f"15: steps.0.parts.what.1.sectors.0: 'navy' is not one of {SECTORS}"]),
        (
            "passage: small-note.reserved-before",
            "passage: small-note.gone",
            ["13: passage: in step 'reserve': names 'small-note.gone', which is not in the notes"],
        ),
        (
            "no longer than three years.",
            "no longer than 3 years.",
            ["14: text: in step 'reserve': is not a sentence of 'small-note.reserved-before': 'Under the Old Regulations 2010 a reserved contract could las'"],
        ),
        (
            "A buyer must not reserve a contract for longer than five years under the New Act.",
            "A buyer must not reserve a contract",
            ["18: text: in step 'reserve': is not a sentence of 'small-note.reserved-now': 'A buyer must not reserve a contract'"],
        ),
        (
            "The Taskforce recommended that the route should name a person to whom staff can appeal.",
            "The Taskforce recommended that the route should contain two things:",
            [
                "26: text: in step 'ask-for-the-route': leads into a list, and says nothing by itself: 'The Taskforce recommended that the route should contain two '"
            ],
        ),
        ("id: ask-for-the-route", "id: reserve", ["19: id: 'reserve' is already the id of a step"]),
        (
            TEXT,
            TEXT * 2,
            [
                "27: id: 'procurement-route' is already the id of a stage",
                "32: id: 'reserve' is already the id of a step",
                "45: id: 'ask-for-the-route' is already the id of a step",
            ],
        ),
        ("sectors: [youth]", "sectors: [all]", []),
        ("sectors: [youth]", "not_for: [youth]", []),
        ("sectors: [youth]", "sectors: [youth, fire]\n            not_for: [fire]", ["16: not_for: in step 'reserve': is for fire and not for fire"]),
        (
            'to whom staff can appeal."',
            'to whom staff can appeal."\n            sectors: [police, youth]',
            ["27: sectors: in step 'ask-for-the-route': is for police, and the step is for youth, fire alone"],
        ),
        (
            TEXT[TEXT.index("        escalate:") :],
            "        escalate: []\n",
            ["23: parts: step 'ask-for-the-route' says nothing; give at least one statement"],
        ),
        (
            TEXT[TEXT.index("          - passage: small-note.reserved-before") : TEXT.index("        blocks:")],
            TEXT[TEXT.index("          - passage: small-note.reserved-now") : TEXT.index("          - passage: small-note.reserved-before")],
            ["14: text: in step 'reserve': stands twice in 'what': 'Since 1 April 2020 the New Act has allowed a contract to be '"],
        ),
        (TEXT, "- just words\n", ["1: record: Input should be a valid dictionary or instance of PathwayStage"]),
        (TEXT, "id: x\n", ["1: yaml: must be a list of stages"]),
        (TEXT, "", ["1: yaml: must be a list of stages"]),
        (TEXT, "- [", ["2: yaml: cannot be parsed: did not find expected node content"]),
    ],
)
def test_a_fault_is_named_by_line_and_field(small_library: Path, old: str, new: str, faults: list[str]) -> None:
    assert library(small_library, TEXT.replace(old, new, 1))[1] == faults


def test_a_pathway_that_cannot_be_read_does_not_lose_the_others(small_library: Path) -> None:
    other = TEXT.replace("id: procurement-route", "id: going-live").replace("id: reserve", "id: start").replace("id: ask-for-the-route", "id: go")
    read, faults = library(small_library, TEXT.replace("stage: spinning_out", "stage: middle") + other)
    assert ([stage.id for stage in read.stages], len(faults)) == (["going-live"], 1)


def test_pathways_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "pathways.yaml"
    path.write_bytes(b"- id: caf\xe9\n")
    assert [str(fault) for fault in read_pathways(path)[1]] == [f"{path}:1: encoding: is not UTF-8: invalid continuation byte"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=120)
    | st.builds(lambda cut, put: TEXT[:cut] + put + TEXT[cut:], st.integers(0, len(TEXT)), st.text("- :[]{}\n\"'a&*!", max_size=6))
)
def test_whatever_stands_in_the_file_is_read_or_told_as_a_fault(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pathways.yaml"
    path.write_bytes(text.encode("utf-8"))
    listed, faults = read_pathways(path)
    assert listed or faults or text.lstrip().startswith(("[", "#", "- ", "---"))
    assert all(fault.path == path and 1 <= fault.line <= text.count("\n") + text.count("\r") + 2 and fault.message for fault in faults)


@pytest.fixture(scope="module")
def bundled() -> Library:
    return load_library()


def test_the_bundled_pathways_have_every_stage_in_its_order(bundled: Library) -> None:
    assert [(stage.id, stage.stage) for stage in bundled.pathways.stages] == [
        ("exploring", "pre_spin_out"),
        ("options-appraisal-and-business-case", "pre_spin_out"),
        ("staff-and-union-engagement", "pre_spin_out"),
        ("employers-approval", "pre_spin_out"),
        ("legal-form-and-governance", "spinning_out"),
        ("procurement-route", "spinning_out"),
        ("people-and-pensions", "spinning_out"),
        ("tax", "spinning_out"),
        ("assets-and-finance", "spinning_out"),
        ("transfer", "spinning_out"),
        ("going-live", "spinning_out"),
        ("sustaining-and-growing", "sustainability_and_growth"),
    ]
    assert [stage.id for stage in bundled.pathways.stages if not 2 <= len(stage.steps) <= 5] == []


@pytest.mark.parametrize("sector", [None, *(name for name in get_args(Sector) if name != "all")])
def test_every_bundled_step_says_what_it_is_and_no_more_than_can_be_read(bundled: Library, sector: Sector | None) -> None:
    """At most four statements to a part that stand today; and each step says today what it is."""
    source_of = {section.id: bundled.sources[section.source_id] for section in bundled.sections()}
    gone = (Standing.SUPERSEDED, Standing.WITHDRAWN)
    faults = []
    for step in bundled.pathways.steps():
        counts = {
            name: sum(source_of[statement.passage].standing_on(date(2026, 11, 22)) not in gone for statement in step.part(name, sector)) for name in PART_NAMES
        }
        if step.is_for(sector) and (max(counts.values()) > 4 or not counts["what"]):
            faults.append((step.id, counts))
    assert faults == []
