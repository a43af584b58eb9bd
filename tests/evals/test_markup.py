"""The page's frame: text stays text, tables can be read without seeing them, and markup is taken only where it is meant."""

from pages import HOSTILE, Page

from evals.markup import page, section, table


def test_a_page_is_whole_and_named_once() -> None:
    read = Page(page(HOSTILE, [section("One", "Text."), section("Two", "Text.")]))
    assert read.headings == [HOSTILE, "One", "Two"]
    assert read.tags == {"html": 1, "head": 1, "meta": 2, "title": 1, "style": 1, "body": 1, "main": 1, "h1": 1, "h2": 2, "section": 2, "p": 2}
    assert read.addresses == []


def test_a_section_takes_text_as_text_markup_as_markup_and_leaves_out_what_is_empty() -> None:
    assert section("A & B", "1 < 2", "", "<svg></svg>") == "<section>\n<h2>A &amp; B</h2>\n<p>1 &lt; 2</p>\n<svg></svg>\n</section>"


def test_a_table_tells_its_name_its_columns_and_its_rows() -> None:
    made = table(HOSTILE, ("Name", HOSTILE), [("one", "1"), (HOSTILE, "<b>")])
    read = Page(made)
    assert read.rows == [["Name", HOSTILE], ["one", "1"], [HOSTILE, "<b>"]]
    assert (made.count('scope="col"'), made.count('scope="row"'), read.tags["b"], read.tags["script"]) == (2, 2, 0, 0)
    assert 'role="region" tabindex="0"' in made


def test_a_table_may_have_no_rows() -> None:
    assert Page(table("None", ("Name",), [])).rows == [["Name"]]
