"""The report: every part that there are figures for, in plain words, on a page that holds no script and fetches nothing."""

from dataclasses import asdict
from typing import Any

import pytest
from cases import ABOUT, ANSWERABLE, COMPLETE, DIALOGUE, FULL, SILENT, UNANSWERABLE, answer, case, run
from pages import HOSTILE, Page

from evals.ablation import WHOLE
from evals.metrics import METRICS
from evals.report import html_report
from evals.scoring import Score, score, scores

CASES = [
    case(ANSWERABLE, COMPLETE, [("act", ["s. 33"])]),
    case(ANSWERABLE.model_copy(update={"id": "three", "kind": "false_premise", "theme": "money"}), FULL),
    case(UNANSWERABLE.model_copy(update={"theme": None}), SILENT),
]
RUN = run(CASES, [(DIALOGUE, (SILENT, SILENT, SILENT))], [20.0, 30.0, 40.0])
NBSP = "\N{NO-BREAK SPACE}"


def told(values: dict[str, list[float]]) -> dict[str, Any]:
    return {name: asdict(score(each)) for name, each in values.items()}


def figures(cases: list[Any]) -> dict[str, Any]:
    return {name: asdict(each) for name, each in scores(cases).items() if each.cases}


def report(**changes: Any) -> dict[str, Any]:
    """What an evaluation reports of `RUN`."""
    return {
        **{name: ABOUT[name] for name in ("made_at", "options", "settings", "index", "commit")},
        "scores": figures(CASES),
        "by_kind": {"direct": figures(CASES[:1]), "false_premise": figures(CASES[1:2]), "far": figures(CASES[2:])},
        "by_theme": {"procurement": figures(CASES[:1]), "money": figures(CASES[1:2])},
        "dialogues": told({"dialogue success": [0.0], "follow-ups right": [1.0, 0.0]}),
        "times_ms": {"answer p50": 30.0, "answer p95": 40.0, "bare embedding p50": 10.0, "answer p50 / bare p50": 3.0},
        "compared": {},
        "baselines": {},
        **changes,
    }


BASELINES = {
    "BM25 alone": told({"hit@1": [0.0, 1.0], "hit@5": [1.0, 1.0], "fact in first 5": [0.0, 0.0]}),
    WHOLE: told({"hit@1": [1.0, 1.0], "hit@5": [1.0, 1.0], "fact in first 5": [1.0, 1.0]}),
}
COMPARED = {"hit@5": (0.05, -0.01, 0.11, 40), "MRR@10": (-0.02, -0.03, 0.0, 40), "answer words": (4.0, 2.0, 6.0, 38)}
WHOLE_REPORT = report(baselines=BASELINES, compared=COMPARED)
PAGE = Page(html_report(RUN, WHOLE_REPORT))


def test_the_page_has_every_part_under_one_heading() -> None:
    assert PAGE.headings == [
        "Evaluation of 2026-11-22: 3 questions, 1 conversations",
        "In short",
        "All questions",
        "By kind",
        "By theme",
        "Conversations",
        "When to answer",
        "Waiting time",
        "Against other ways of searching",
        "Compared with another run",
        "What was measured",
    ]


def test_the_page_holds_no_script_and_fetches_nothing() -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "image", "base", "form", "a"} & set(PAGE.tags)
    assert [address for address in PAGE.addresses if not address.startswith("#")] == []
    text = html_report(RUN, WHOLE_REPORT)
    assert "@import" not in text
    assert {part.split('"')[0] for part in text.split("http")[1:]} == {"://www.w3.org/2000/svg", "://www.w3.org/1999/xlink"}


def test_a_plain_sentence_stands_over_each_part() -> None:
    text = html_report(RUN, WHOLE_REPORT)
    parts = text.split("</h2>\n")[1:]
    assert len(parts) == 10
    assert [part[:60] for part in parts if not part.startswith("<p>")] == []


def test_in_short_the_shares_that_matter_are_told_in_words() -> None:
    assert PAGE.paragraphs[:2] == [
        "The questions of the dev split were asked.",
        f"50.0{NBSP}% of the 2 questions that the guidance answers got every fact of the right answer. 100.0{NBSP}% of the 1 questions that it does not answer"
        f" were recognised as such. 0.0{NBSP}% of the 2 questions that it answers got no answer.",
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"split": "all", "kind": "all"}, "Every question was asked."),
        ({"split": "all", "kind": "false_premise"}, "Every question was asked. Only those of the kind “false premise” are told of here."),
        ({"split": "test", "kind": "all"}, "The questions of the test split were asked."),
    ],
)
def test_what_was_asked_is_told(options: dict[str, str], sentence: str) -> None:
    assert Page(html_report(RUN, report(options=options))).paragraphs[0] == sentence


def test_every_figure_is_told_with_its_meaning_its_range_and_what_it_is_over() -> None:
    rows = {row[0]: row[1:] for row in PAGE.rows if len(row) == 5}
    assert [name for name in METRICS if name in WHOLE_REPORT["scores"] and name not in rows] == []
    assert rows["hit@5"] == ["One of the first five passages found answers the question.", f"50.0{NBSP}%", f"0.0 to 100.0{NBSP}%", "2"]
    assert rows["answer words"] == ["Words in an answer.", "10", "9 to 12", "2"]
    assert rows["follow-ups right"] == ["A follow-up question came out right.", f"50.0{NBSP}%", f"0.0 to 100.0{NBSP}%", "2"]


def test_kinds_and_themes_have_their_figures_in_a_table_and_in_a_picture() -> None:
    none, all_of_one = "–", f"100.0{NBSP}% (100.0 to 100.0{NBSP}%) of 1"
    no_one = f"0.0{NBSP}% (0.0 to 0.0{NBSP}%) of 1"
    assert [row for row in PAGE.rows if row[0] in ("direct", "false premise", "far", "procurement", "money")] == [
        ["direct", all_of_one, all_of_one, no_one, none, no_one, none],
        ["false premise", no_one, no_one, all_of_one, none, no_one, none],
        ["far", none, none, none, all_of_one, none, none],
        ["procurement", all_of_one, all_of_one, no_one, none, no_one, none],
        ["money", no_one, no_one, all_of_one, none, no_one, none],
    ]
    assert PAGE.names[:2] == [
        f"Share of questions that came out right, by kind: direct 100.0{NBSP}%, false premise 0.0{NBSP}%, far 100.0{NBSP}%.",
        f"Share of questions that came out right, by theme: money 0.0{NBSP}%, procurement 100.0{NBSP}%.",
    ]


def test_wrong_answers_are_told_over_the_share_answered() -> None:
    """The surer answer is complete and the other is not; one question of three has no answer."""
    start = next(number for number, row in enumerate(PAGE.rows) if row[0] == "Where")
    assert PAGE.rows[start : start + 4] == [
        ["Where", "Answered from confidence", "Share answered", "Of those, wrong or incomplete", "Of those, on what the guidance does not answer"],
        ["at least 25% answered", "0.90", f"33.3{NBSP}%", f"0.0{NBSP}%", f"0.0{NBSP}%"],
        ["at least 50% answered", "0.50", f"66.7{NBSP}%", f"50.0{NBSP}%", f"0.0{NBSP}%"],
        ["as in use", "0.50", f"66.7{NBSP}%", f"50.0{NBSP}%", f"0.0{NBSP}%"],
    ]
    formula = next(each for each in PAGE.paragraphs if "El-Yaniv and Wiener, 2010" in each)
    assert f"Questions that the guidance does not answer are 33.3{NBSP}% of all." in formula
    assert PAGE.names[2] == (
        "Shares of answers that are wrong or incomplete, and that should not have been given, over the share of questions answered. As in use"
        f" 66.7{NBSP}% are answered; 50.0{NBSP}% of those answers are wrong or incomplete and 0.0{NBSP}% should not have been given. The table below tells more."
    )


def test_waiting_times_are_told() -> None:
    assert (
        "Half of the 3 answers took 30 ms or less, 95 of 100 took 40 ms or less. The picture leaves out the slowest 0; the slowest of all took 40 ms."
        in PAGE.paragraphs
    )
    assert [row for row in PAGE.rows if row[0].startswith(("answer p", "bare"))] == [
        ["answer p50", "30.0 ms"],
        ["answer p95", "40.0 ms"],
        ["bare embedding p50", "10.0 ms"],
        ["answer p50 / bare p50", "3.00"],
    ]


def test_the_slowest_are_left_out_of_the_picture_and_told_in_words() -> None:
    slow = run(CASES, milliseconds=[10.0] * 199 + [900.0])
    page = Page(html_report(slow, report()))
    assert (
        "Half of the 200 answers took 10 ms or less, 95 of 100 took 10 ms or less. The picture leaves out the slowest 1; the slowest of all took 900 ms."
        in page.paragraphs
    )


def test_other_ways_of_searching_are_told_beside_ours() -> None:
    start = next(number for number, row in enumerate(PAGE.rows) if row[0] == "Way")
    one, none = f"100.0{NBSP}% (100.0 to 100.0{NBSP}%)", f"0.0{NBSP}% (0.0 to 0.0{NBSP}%)"
    assert PAGE.rows[start : start + 7] == [
        ["Way", "hit@1", "hit@5", "fact in first 5"],
        ["BM25 alone", f"50.0{NBSP}% (0.0 to 100.0{NBSP}%)", one, none],
        [WHOLE, one, one, one],
        ["Column", "What it tells"],
        ["hit@1", "The passage found first is one that answers the question."],
        ["hit@5", "One of the first five passages found answers the question."],
        ["fact in first 5", "The first five things found hold, between them, every fact of a right answer."],
    ]
    assert PAGE.names[4] == f"Questions with a right passage among the first five found: BM25 alone 100.0{NBSP}%; {WHOLE} 100.0{NBSP}%."
    assert any("flattered" in each for each in PAGE.paragraphs)


def test_two_runs_are_told_by_their_difference() -> None:
    assert [row for row in PAGE.rows if row[0] in COMPARED and len(row) == 4] == [
        ["hit@5", "+5.0", "−1.0 to +11.0", "40"],
        ["MRR@10", "−0.020", "−0.030 to 0.000", "40"],
        ["answer words", "+4", "+2 to +6", "38"],
    ]
    assert PAGE.names[5] == "Change in each figure since the other run, with its range: hit@5 +5.0; MRR@10 −0.020; answer words +4."


def test_what_was_measured_can_be_measured_again() -> None:
    start = next(number for number, row in enumerate(PAGE.rows) if row == ["Name", "Value"])
    assert PAGE.rows[start + 1 :] == [
        ["commit", "c1"],
        ["library digest (sha256)", "d1"],
        ["made at", "2026-11-22T19:00:00+00:00"],
        ["options: split", "dev"],
        ["options: kind", "all"],
        ["settings: question limit", "2000"],
        ["settings: embedding model", "all-MiniLM-L6-v2"],
        ["index: version", "v1"],
        ["index: passages", "3"],
    ]


def test_a_part_without_figures_is_left_out() -> None:
    empty = Page(html_report(run([]), report(scores={}, by_kind={}, by_theme={}, dialogues={})))
    assert empty.headings[1:] == ["In short", "What was measured"]
    dialogues = Page(html_report(run([], [(DIALOGUE, (SILENT, SILENT, SILENT))]), report(scores={}, by_kind={}, by_theme={})))
    assert dialogues.headings[1:] == ["In short", "Conversations", "What was measured"]


def test_a_run_of_refusals_has_no_curve() -> None:
    silent = run([case(ANSWERABLE, SILENT), case(UNANSWERABLE, answer("refused"))])
    assert "When to answer" not in Page(html_report(silent, report())).headings


def test_text_from_outside_stays_text() -> None:
    page = Page(html_report(RUN, report(commit=HOSTILE, baselines={HOSTILE: BASELINES[WHOLE]}, dialogues={HOSTILE: asdict(Score(0.5, 0.4, 0.6, 2))})))
    assert page.tags["script"] == 0
    assert [row for row in page.rows if HOSTILE in row] == [
        [HOSTILE, "", f"50.0{NBSP}%", f"40.0 to 60.0{NBSP}%", "2"],
        [HOSTILE, *[f"100.0{NBSP}% (100.0 to 100.0{NBSP}%)"] * 3],
        ["commit", HOSTILE],
    ]
