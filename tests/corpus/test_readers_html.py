"""HTML pages: what stands in them as headings, lists and tables, what is left out, and files that are no page."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.html import read_html
from corpus.readers.originals import read_original
from corpus.readers.pages import Document, Line, Page
from corpus.readers.unreadable import UnreadableOriginalError


def read(folder: Path, page: str | bytes) -> list[str]:
    """The lines of a page."""
    path = folder / "page.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    [found] = read_html(path).pages
    return [line.text for line in found.lines]


def test_a_whole_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><html><head><title> The\n Plan </title><style>p { color: red }</style></head>"
        "<body><h1>The Plan</h1><p>It covers <b>every</b> service.</p></body></html>",
        encoding="utf-8",
    )
    assert read_html(path) == Document("The Plan", (Page(None, (Line("# The Plan", 1.0), Line("It covers every service.", 1.0))),))


@pytest.mark.parametrize("page", ["<p>Words.</p>", "<title> </title><p>Words.</p>"])
def test_a_page_need_not_have_a_title(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page)
    assert read_html(tmp_path / "page.html") == Document(None, (Page(None, (Line("Words.", 1.0),)),))


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<h1>One</h1><h2>Two</h2><h6>Six</h6><p>Words.</p>", ["# One", "## Two", "###### Six", "Words."]),
        ("<div><section><div><h2><a href='#'>Deep <i>inside</i></a></h2></div></section></div>", ["## Deep inside"]),
        ("<p>One<p>two", ["One", "two"]),
        ("Loose<p>One</p>loose <b>again</b><div>two</div>", ["Loose", "One", "loose again", "two"]),
        ("<div>Before<p>inside</p>after</div>", ["Before", "inside", "after"]),
        ("<p>One<br>two<br/>three</p>", ["One two three"]),
        ("One<br>two<hr>three", ["One two", "three"]),
        ("<p>high<i>light</i>ed</p>", ["highlighted"]),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", ["One.", "Two."]),
        ("<dl><dt>Mutual<dd>A body owned by its staff.</dl>", ["Mutual", "A body owned by its staff."]),
        ("<pre>One\n  two</pre>", ["One two"]),
        ("<b>Bold<p>words</p>still</b>", ["Bold", "words", "still"]),
        ("<p>fish &amp; chips &pound;5&nbsp;each &#8211; &ldquo;yes&rdquo;</p>", ["fish & chips £5 each – “yes”"]),
        ("<h1>Twice</h1><h1>Twice</h1><p>Words.</p>", ["# Twice", "Words."]),
        ("<details><summary>More</summary><p>Words.</p></details>", ["More", "Words."]),
        ("<h²><p>An odd tag.</p></h²>", ["An odd tag."]),
    ],
)
def test_blocks(tmp_path: Path, page: str, lines: list[str]) -> None:
    assert read(tmp_path, page) == lines


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>the Paper<sup>12</sup> and <sup><a href='#'>3</a></sup></p>", ["the Paper¹² and ³"]),
        ("<p>the 1<sup>st</sup> of May</p>", ["the 1st of May"]),
        ("<p>H<sub>2</sub>O</p>", ["H2O"]),
    ],
)
def test_raised_numbers_become_the_signs_for_them(tmp_path: Path, page: str, lines: list[str]) -> None:
    assert read(tmp_path, page) == lines


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<ul><li>one<li>two</ul>", ["- one", "- two"]),
        ("<ol><li>one<li>two</ol>", ["- (1) one", "- (2) two"]),
        ("<ol type=i><li>one<li>two</ol>", ["- (i) one", "- (ii) two"]),
        ("<ol type=I><li>one<li>two</ol>", ["- (i) one", "- (ii) two"]),
        ("<ol type=a><li>one<li>two</ol>", ["- (a) one", "- (b) two"]),
        ("<ol type=A start=26><li>one<li>two</ol>", ["- (z) one", "- (aa) two"]),
        ("<ol start=4><li>four<li value=9>nine<li>ten</ol>", ["- (4) four", "- (9) nine", "- (10) ten"]),
        ("<ol type=i start=' 3 '><li value=' 5 '>five</ol>", ["- (v) five"]),
        ("<ol start=x><li>one<li value=''>two<li value=-5>three</ol>", ["- (1) one", "- (2) two", "- (3) three"]),
        ("<ol start=²><li>one</ol>", ["- (1) one"]),
        (f"<ol type=i start={'9' * 5000}><li>one<li value=99999999999>two</ol>", ["- (i) one", "- (ii) two"]),
        ("<ol type=i start=900000><li>many</ol>", ["- (900000) many"]),
        ("<ol><li>one<li hidden>gone<li>two</ol>", ["- (1) one", "- (2) two"]),
        ("<ol><li>one<ol type=a><li>inner<li>again</ol><li>two</ol>", ["- (1) one", "- (a) inner", "- (b) again", "- (2) two"]),
        ("<ul><li>one<ul><li>inner</ul>after</ul>", ["- one", "- inner", "after"]),
        ("<ul><li><div>one <ul><li>inner</ul></div></ul>", ["- one", "- inner"]),
        ("<ol><li><ul><li>inner</ul><li>two</ol>", ["- inner", "- (2) two"]),
        ("<ul><li><p>One.</p><p>Two.</p></ul>", ["- One. Two."]),
        ("<ul><li><p>One</p>two</ul>", ["- One two"]),
        ("<ol><li><h3>Name</h3><p>Words.</p></ol>", ["### Name", "- (1) Words."]),
        ("<ul><li>one<table><tr><td>a<td>b</table></ul>", ["- one", "| a | b |"]),
        ("<ul><li>one<div hidden><ul><li>gone</ul></div></ul>", ["- one"]),
        ("<ul>loose<li>one<b>two</b></ul>", ["loose", "- onetwo"]),
        ("<ul><b>before</b><li>one</ul>", ["before", "- one"]),
        ("<li>alone", ["- alone"]),
    ],
)
def test_lists(tmp_path: Path, page: str, lines: list[str]) -> None:
    assert read(tmp_path, page) == lines


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<table><tr><th>Region<th>Number<tr><td>North<td>12</table>", ["| Region | Number |", "| North | 12 |"]),
        ("<table><caption>Regions</caption><thead><tr><th>A<th>B</thead><tbody><tr><td>c<td>d</tbody></table>", ["Regions", "| A | B |", "| c | d |"]),
        ("<table><tr><td>a<td><td> <td>b</table>", ["| a | b |"]),
        ("<table><tr><td>alone</table>", ["alone"]),
        ("<table><tr><td><p>One</p><p>two</p><td>three<br>four</table>", ["| One two | three four |"]),
        ("<table><tr><td>a<td>b<td hidden>gone</table>", ["| a | b |"]),
        ("<table><tr><td>Yes<td>No<tr><td>Yes<td>No</table>", ["| Yes | No |", "| Yes | No |"]),
        ("<table><tr><td><h1>Set out</h1><p>One.</p><td><p>Two.</p></table>", ["# Set out", "One.", "Two."]),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>beside</table>", ["| a | b |", "beside"]),
    ],
)
def test_tables(tmp_path: Path, page: str, lines: list[str]) -> None:
    assert read(tmp_path, page) == lines


def test_a_table_of_figures_is_kept_whole(tmp_path: Path) -> None:
    rows = [("North", 12), ("South", 34), ("East", 5), ("West", 6)]
    cells = "".join(f"<tr><td>{name}<td>{number}" for name, number in rows)
    (tmp_path / "page.html").write_text(f"<h1>Regions</h1><table>{cells}</table>")
    [section] = read_original(tmp_path / "page.html", "x")
    assert (section.id, section.text) == ("x.regions", "North: 12\nSouth: 34\nEast: 5\nWest: 6")


@pytest.mark.parametrize(
    "gone",
    [
        "<script>secret()</script>",
        "<style>secret {}</style>",
        "<noscript>secret</noscript>",
        "<template><p>secret</p></template>",
        "<nav><ul><li>secret</ul></nav>",
        "<header><h1>secret</h1></header>",
        "<footer><p>secret</p></footer>",
        "<aside>secret</aside>",
        "<form><p>secret</p><select><option>secret</select><textarea>secret</textarea></form>",
        "<button>secret</button>",
        "<svg><text>secret</text></svg>",
        "<iframe>secret</iframe>",
        "<dialog>secret</dialog>",
        "<!-- secret --><!--[if IE]><p>secret</p><![endif]-->",
        "<?secret secret?>",
        "<![CDATA[secret]]>",
        "<p hidden>secret</p>",
        "<div hidden><ul><li>secret</ul><table><tr><td>secret</table></div>",
        "<span aria-hidden='true'>secret</span>",
        "<p style='color: red; display: none'>secret</p>",
        "<p style='VISIBILITY:hidden'>secret</p>",
        "<img alt='secret' src='secret'><a href='secret'></a><input value='secret'>",
    ],
)
def test_what_is_no_part_of_the_words_is_left_out(tmp_path: Path, gone: str) -> None:
    assert read(tmp_path, f"<h1>Kept</h1>{gone}<div>Kept too {gone} <b>and{gone}</b> this.</div>")[0] == "# Kept"
    assert re.findall(r"\w+", " ".join(read(tmp_path, f"<div>Kept {gone} too <b>and {gone}</b> this.</div>"))) == ["Kept", "too", "and", "this"]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>Menu</p><main><h1>The Plan</h1><p>Words.</p></main><p>Feet</p>", ["# The Plan", "Words."]),
        ("<p>Menu</p><div role=main><p>Words.</p></div>", ["Words."]),
        ("<p>Menu</p><article><p>Words.</p></article>", ["Words."]),
        ("<p>Menu</p><article><p>One.</p></article><article><p>Two.</p></article>", ["Menu", "One.", "Two."]),
        ("<p>Menu</p><main><script>x</script></main>", ["Menu"]),
        ("<main><article><header><h1>The Plan</h1></header><p>Words.</p></article></main>", ["# The Plan", "Words."]),
        ("<header>Site</header><main><header><h1>The Plan</h1></header><nav>Menu</nav><p>Words.</p></main>", ["# The Plan", "Words."]),
    ],
)
def test_the_main_part_is_read_where_the_page_marks_one(tmp_path: Path, page: str, lines: list[str]) -> None:
    assert read(tmp_path, page) == lines


@pytest.mark.parametrize(
    "page",
    [
        "<form><input><h1>The Plan</h1><p>Words.</p><button>Go</button></form>",
        "<form><div>Menu</div><main><h1>The Plan</h1><ul hidden><li>x</ul><p>Words.</p></main></form>",
    ],
)
def test_a_form_around_the_whole_page_is_no_form(tmp_path: Path, page: str) -> None:
    assert read(tmp_path, page) == ["# The Plan", "Words."]


@pytest.mark.parametrize(
    "data",
    [
        b"<p>{}</p>",
        b"\xef\xbb\xbf<p>{}</p>",
        b"<meta charset=utf-8><p>{}</p>",
        b"<meta charset=iso-8859-1><p>{}</p>",
        b"<meta charset=utf-16><p>{}</p>",
        b"<meta charset=no-such-thing><p>{}</p>",
        b"<meta charset=hex><p>{}</p>",
        b"<?xml version='1.0' encoding='iso-8859-1'?><html><body><p>{}</p></body></html>",
    ],
)
def test_pages_in_utf_8_are_read_whatever_they_declare(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data.replace(b"{}", "It costs £5 – “café”.".encode())) == ["It costs £5 – “café”."]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "cp1252"),
        ("<meta charset=windows-1252>", "cp1252"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", "cp1252"),
        ("<meta charset=us-ascii>", "cp1252"),
        ("<meta charset=utf-8>", "cp1252"),
        ("", "utf-16"),
        ("<meta charset=utf-8>", "utf-16"),
        ("<meta charset=utf-16>", "utf-16"),
        ("", "utf-16-le"),
        ("", "utf-16-be"),
    ],
)
def test_other_encodings(tmp_path: Path, declared: str, encoding: str) -> None:
    assert read(tmp_path, f"<html>{declared}<p>It costs £5 – “café”.".encode(encoding)) == ["It costs £5 – “café”."]


@pytest.mark.parametrize(("declared", "words"), [("iso-8859-15", "It costs 5 €"), ("windows-1250", "Łódź"), ("koi8-r", "Привет"), ("shift_jis", "日本")])
def test_rarer_encodings_are_read_where_they_are_declared(tmp_path: Path, declared: str, words: str) -> None:
    assert read(tmp_path, f"<meta charset={declared}><p>{words}</p>".encode(declared)) == [words]


def test_a_single_bad_byte_loses_nothing_else(tmp_path: Path) -> None:
    assert read(tmp_path, b"<meta charset=utf-8><p>caf\xe9 \x81 \x96 dash</p>") == ["café \ufffd – dash"]


def reason(path: Path) -> str:
    with pytest.raises(UnreadableOriginalError) as caught:
        read_html(path)
    assert caught.value.path == path
    return caught.value.reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Just words, where 3 < 4.",
        b"%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\n%%EOF",
        b"PK\x03\x04<a><b>",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR<p>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0<p>",
        b" " * 5000 + b"<p>Words.</p>",
    ],
)
def test_files_that_are_no_page(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    assert reason(path) == "is not an HTML page, whatever its name says; download it again from the publisher"


@pytest.mark.parametrize(
    "page",
    ["<html></html>", "<body><script>fill()</script><div id=app></div>", "<title>The Plan</title>", "<p>&nbsp;\u200b</p>", "<!-- words -->", "<nav>Menu</nav>"],
)
def test_a_page_without_words(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    assert reason(path) == "has no words to read, so a script probably fills it in; save the page from a browser, or as PDF, and add that"


def test_a_missing_page(tmp_path: Path) -> None:
    assert reason(tmp_path / "absent.html") == "cannot be opened (No such file or directory); check the path and the permissions"


@pytest.mark.parametrize("tags", ["<div>", "<b>", "<ul><li>", "<ol><li><p>", "<table><tr><td>", "<blockquote><em>", "<section><h1>", "<font><div>"])
@pytest.mark.parametrize("depth", [60, 300, 3000])
def test_tags_inside_tags_without_end_are_read(tmp_path: Path, tags: str, depth: int) -> None:
    words = " ".join(read(tmp_path, f"<p>First</p>{tags * depth}inside<script>secret</script><i hidden>secret</i>"))
    assert re.findall(r"[a-zA-Z]+", words) == ["First", "inside"]


def test_sections_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<title>Guide</title><main><h1>Guide for staff</h1><p>Staff may ask.</p><h2>How to ask</h2><p>Write to us with:</p>"
        "<ol type=i><li>your name.<li>your service.</ol></main>"
    )
    assert [(section.id, section.heading_path, section.locator, section.page, section.text) for section in read_original(path, "x")] == [
        ("x.guide-for-staff", ("Guide", "Guide for staff"), "Guide for staff", None, "Staff may ask."),
        (
            "x.guide-for-staff-how-to-ask",
            ("Guide", "Guide for staff", "How to ask"),
            "Guide for staff › How to ask",
            None,
            "Write to us with:\n\n- (i) your name.\n- (ii) your service.",
        ),
    ]


TAGS = [
    *("<{}>", "<p>{}</p>", "<div>{}</div>", "<b>{}</b>", "<span>{}</span>", "<a href='secret'>{}</a>", "<h2>{}</h2>", "<section>{}</section>"),
    *("<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>", "<ol type=i><li>{}</li><li>{}</li></ol>", "<ul>{}</ul>", "<li>{}</li>", "<pre>{}</pre>"),
    *("<table><tr><td>{}</td><td>{}</td></tr></table>", "<table><tr><th>{}</th></tr></table>", "<dl><dt>{}</dt><dd>{}</dd></dl>", "<sup>{}</sup>"),
]
GONE = [
    *("<script>secret('<p>secret</p>')</script>", "<style>secret</style>", "<!-- secret -->", "<p hidden>secret</p>", "<nav><ul><li>secret</li></ul></nav>"),
    *("<div style='display:none'><table><tr><td>secret</td></tr></table></div>", "<template>secret</template>", "<br>"),
]


def rendered(tree: Any) -> str:
    """The HTML of a tree, in which each word is still `WORD`."""
    if isinstance(tree, str):
        return tree
    form, inside = tree
    return form.replace("{}", "".join(rendered(each) for each in inside)) if form != "<{}>" else " ".join(rendered(each) for each in inside)


@given(
    st.lists(
        st.recursive(st.just("WORD") | st.sampled_from(GONE), lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)), max_leaves=30),
        max_size=5,
    )
)
def test_all_visible_words_come_out_in_order_and_nothing_hidden_does(tmp_path_factory: pytest.TempPathFactory, trees: list[Any]) -> None:
    parts = "".join(map(rendered, trees)).split("WORD")
    words = [f"w{number}x" for number in range(len(parts))]
    page = "".join(f"{word}{part}" for word, part in zip(words, parts, strict=True))
    found = " ".join(read(tmp_path_factory.getbasetemp(), f"<body>{page}"))
    assert re.findall(r"w\d+x", found) == words
    assert "secret" not in found
