"""Running lines come off, by order in a text file and by height in a PDF; words never do."""

from corpus.readers.cleaning import without_running_lines
from corpus.readers.pages import Line, Page


def pages(*texts: list[str]) -> list[Page]:
    return [Page(number, tuple(Line(text) for text in lines)) for number, lines in enumerate(texts, start=1)]


def texts(cleaned: list[Page]) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in cleaned]


def test_heads_feet_and_numbers_come_off() -> None:
    given = pages(*([f"Guide 2012, page {n}", f"words {w} a", f"words {w} b", "The Department", str(n)] for n, w in enumerate("pqrs", start=7)))
    assert texts(without_running_lines(given)) == [[f"words {w} a", f"words {w} b"] for w in "pqrs"]


def test_digits_are_folded() -> None:
    assert texts(without_running_lines(pages(["Part 1 of 3", "a", "b", "c"], ["Part 2 of 3", "d", "e", "f"], ["Part 3 of 3", "g", "h", "j"]))) == [
        ["a", "b", "c"],
        ["d", "e", "f"],
        ["g", "h", "j"],
    ]


def test_heads_that_change_sides_come_off_by_height() -> None:
    def page(number: int) -> Page:
        head = Line("Guide" if number % 2 else "Chapter", top=30)
        body = [Line(f"{number}-{row}", top=60 + 10 * row) for row in range(4)]
        return Page(number, (*body[:2], head, *body[2:], Line(f"– {number} –", top=800)))

    cleaned = without_running_lines([page(number) for number in range(1, 7)])
    assert texts(cleaned) == [[f"{number}-{row}" for row in range(4)] for number in range(1, 7)]


def test_a_line_in_mid_page_stays() -> None:
    given = pages(*([f"a{n}", f"b{n}", "The same words", f"c{n}", f"d{n}"] for n in "pqr"))
    assert without_running_lines(given) == given


def test_recommendations_at_the_top_of_pages_stay() -> None:
    given = pages(*([f"Recommendation {n}", f"words {n}", "b", "c", "d"] for n in (1, 2, 3)))
    assert [page.lines[0].text for page in without_running_lines(given)] == ["Recommendation 1", "Recommendation 2", "Recommendation 3"]


def test_a_single_page_stays_as_it_is() -> None:
    given = [Page(None, (Line("7"), Line("words"), Line("7")))]
    assert without_running_lines(given) == given


def test_the_line_after_a_lost_one_begins_anew() -> None:
    cleaned = without_running_lines([Page(number, (Line(str(number)), Line("words", 0.5), Line("more"), Line("end"))) for number in (1, 2)])
    assert cleaned[0].lines == (Line("words", None), Line("more"), Line("end"))


def test_no_pages() -> None:
    assert without_running_lines([]) == []
