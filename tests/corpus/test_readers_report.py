"""The Taskforce's report of 2012, in four formats: the same outline comes out of text, two-column PDF, Word and HTML."""

import re
from pathlib import Path

import pytest

from corpus.readers.cutting import Original
from corpus.readers.originals import cut_original
from corpus.sections import Section
from index.passages import cut_passages

ORIGINALS = Path(__file__).resolve().parents[2].parent / "shared" / "originals"
KINDS = ("txt", "pdf", "docx", "html")


@pytest.fixture(scope="module")
def reports() -> dict[str, Original]:
    paths = {kind: ORIGINALS / f"taskforce-2012.{kind}" for kind in KINDS}
    missing = [path.name for path in paths.values() if not path.exists()]
    if missing:
        pytest.skip(f"the report is not here: {', '.join(missing)}")
    return {kind: cut_original(path, "taskforce", "Next Steps") for kind, path in paths.items()}


@pytest.fixture(params=KINDS)
def report(request: pytest.FixtureRequest, reports: dict[str, Original]) -> Original:
    return reports[request.param]


def labels(original: Original) -> dict[str, list[str]]:
    """The sub-point labels of each recommendation in the body of the report."""
    found: dict[str, list[str]] = {}
    for section in original.sections:
        if re.fullmatch(r"Recommendation \d+", section.locator):
            points = [sentence.locator.removeprefix(section.locator) for sentence in section.sentences]
            found[section.locator] = list(dict.fromkeys(point for point in points if point))
    return found


def at(original: Original, locator: str) -> Section:
    return next(section for section in original.sections if section.locator == locator)


def test_seventeen_recommendations_with_their_sub_points(report: Original) -> None:
    four, two = ["(i)", "(ii)", "(iii)", "(iv)"], ["(i)", "(ii)"]
    points = {2: four, 6: four, 12: four, 13: two}
    assert labels(report) == {f"Recommendation {number}": points.get(number, []) for number in range(1, 18)}


def test_the_annex_repeats_all_seventeen(report: Original) -> None:
    repeated = [section.locator for section in report.sections if section.locator.endswith("(Annex A)")]
    assert repeated == [f"Recommendation {number} (Annex A)" for number in range(1, 18)]


def test_recommendation_12(report: Original) -> None:
    section = at(report, "Recommendation 12")
    items = [(sentence.locator, section.quote(sentence)) for sentence in section.sentences if sentence.locator != "Recommendation 12"]
    starts = [
        ("i", "Press for a temporary exclusion"),
        ("ii", "Ensure the ‘in-house’ provisions"),
        ("iii", "Ensure use of the innovative partnership"),
        ("iv", "Ensure that any changes"),
    ]
    assert [locator for locator, _ in items] == [f"Recommendation 12({label})" for label, _ in starts]
    assert all(words.startswith(start) and words.endswith(".") for (_, words), (_, start) in zip(items, starts, strict=True))


@pytest.mark.parametrize(
    "locator",
    [
        "Foreword › Rt Hon Francis Maude Minister for the Cabinet Office",
        "Executive Summary",
        "Introduction › Definitions",
        "Chapter 1",
        "Chapter 1 › City Health Care Partnership CIC (CHCP CIC)",
        "Chapter 2",
        "Chapter 2 › NAViGO",
        "Chapter 2 › People2People",
        "Chapter 2 › MyCSP",
        "Chapter 2 › 3BM",
        "Figure 1",
        "Figure 5",
        "Chapter 3",
        "Chapter 3 › Marketing the availability of funds and support",
        "Conclusions",
        "Footnotes",
    ],
)
def test_chapters_and_boxes(report: Original, locator: str) -> None:
    assert at(report, locator).sentences


def test_heading_paths(report: Original) -> None:
    assert at(report, "Chapter 2 › NAViGO").heading_path[:2] == ("Next Steps", "2. PUBLIC SERVICE MUTUALS: PROGRESS AND DEVELOPMENTS")
    assert at(report, "Recommendation 9").heading_path == (
        "Next Steps",
        "3. THE RECOMMENDATIONS",
        "Clear and transparent procedures for procurement",
        "Recommendation 9",
    )


def test_all_formats_give_the_same_sections(reports: dict[str, Original]) -> None:
    outlines = {kind: [(section.id, section.locator, section.heading_path) for section in reports[kind].sections] for kind in KINDS}
    assert len(outlines["txt"]) == 111
    assert [kind for kind in KINDS if outlines[kind] == outlines["txt"]] == list(KINDS)


def test_all_formats_give_the_same_sentences_but_for_the_table(reports: dict[str, Original]) -> None:
    quotes = {
        kind: [section.quote(sentence) for section in reports[kind].sections if section.locator != "Figure 1" for sentence in section.sentences]
        for kind in KINDS
    }
    assert [kind for kind in KINDS if quotes[kind] == quotes["txt"]] == list(KINDS)


def test_nothing_of_the_page_is_left(reports: dict[str, Original]) -> None:
    text = reports["pdf"].text
    assert "Public Service Mutuals: The Next Steps" not in text
    assert not re.search(r"^\d{1,2}$", text, re.MULTILINE)
    for broken in ("\ufffe", "\u0002", "\u00ad", "**", "<http", "](", "<i>", "noncommercial", "shortterm"):
        assert broken not in text
    assert not re.search(r"\w-\n", text)


def test_words_divided_at_line_ends_are_whole(reports: dict[str, Original]) -> None:
    printed, plain = (set(re.findall(r"[\w’'-]+", reports[kind].text)) for kind in ("pdf", "txt"))
    assert printed == plain


def test_hyphens_that_belong_stay(report: Original) -> None:
    for word in ("non-commercial", "short-term", "cross-Government", "co-operative", "once-in-a-generation"):
        assert word in report.text


def test_a_sentence_runs_on_over_a_column_and_over_footnotes(report: Original) -> None:
    assert "guidance for commissioners setting out clear expectations" in report.text  # over a column
    assert "days of ever-increasing resources" in report.text  # over a line and a page
    assert "the SEIF started; these investments" in at(report, "Chapter 2 › Social Enterprise Investment Fund (SEIF)").text  # over a box
    assert "the proportion of established mutuals" in report.text  # over a figure


def test_footnote_marks_and_footnotes_are_out_of_the_prose(report: Original) -> None:
    notes = at(report, "Footnotes")
    assert {sentence.locator.partition(",")[0] for sentence in notes.sentences} == {f"footnote {number}" for number in range(1, 23)}
    assert not re.search("[¹²³⁴-⁹]", report.text[: notes.start])


def test_pages_of_the_pdf(reports: dict[str, Original]) -> None:
    pages = [section.page for section in reports["pdf"].sections[:-1]]
    assert pages == sorted(page for page in pages if page)
    assert (at(reports["pdf"], "Recommendation 12").page, at(reports["pdf"], "Chapter 2 › NAViGO").page, reports["pdf"].page_count) == (33, 20, 39)
    assert {section.page for section in reports["txt"].sections} == {None}


def test_passages_can_be_cut(report: Original) -> None:
    passages = list(cut_passages(report.sections))
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(report.text[passage.start : passage.end] == passage.text for passage in passages)
