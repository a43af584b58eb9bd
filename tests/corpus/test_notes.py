"""Notes: cut into sections and sentences with exact spans, and told plainly where they are faulty."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.faults import Fault
from corpus.notes import Note, parse_note, read_note
from corpus.sections import Role, Section, Sentence

PATH = Path("notes/taskforce/small.md")
FRONT = dedent("""\
    ---
    id: small
    title: A small note
    topics: [recommendations, pathway]
    sectors: [all]
    audiences: [staff]
    ---

    """)
HEAD = dedent("""\
    ## A route

    ```yaml
    id: route
    source: report
    locator: Recommendation 2
    asks:
      - What is the route?
    ```

    """)
BODY = dedent("""\
    The Taskforce named a route.
    The Taskforce named two things:

    - (i) The route should be clear.
    - The route should be short.

    The route ends there.
    """)
WHOLE = FRONT + HEAD + BODY
"""The heading stands on line 9, the section's block on 11 to 17, its first sentence on 19."""


def parse(text: str) -> tuple[Note | None, list[str]]:
    """The note, and its faults without their path."""
    note, faults = parse_note(text, PATH)
    assert all(fault.path == PATH for fault in faults)
    return note, [f"{fault.line}: {fault.field}: {fault.message}" for fault in faults]


def quotes(note: Note | None) -> list[tuple[str, Role, str]]:
    assert note is not None
    return [(section.quote(each), each.role, each.locator) for section in note.sections for each in section.sentences]


def test_a_note_is_read_whole() -> None:
    note, faults = parse(WHOLE)
    text = BODY.rstrip("\n")
    spans = [
        (0, 28, Role.PROSE, "Recommendation 2"),
        (29, 60, Role.LEAD_IN, "Recommendation 2"),
        (68, 94, Role.ITEM, "Recommendation 2(i)"),
        (97, 123, Role.ITEM, "Recommendation 2"),
        (125, 146, Role.PROSE, "Recommendation 2"),
    ]
    section = Section(
        id="small.route",
        document_id="small",
        source_id="report",
        locator="Recommendation 2",
        heading_path=("A small note", "A route"),
        text=text,
        start=WHOLE.index("The Taskforce named a route."),
        sentences=tuple(Sentence(*span) for span in spans),
        asks=("What is the route?",),
        topics=("recommendations", "pathway"),
        sectors=("all",),
        audiences=("staff",),
        theme="taskforce",
        path=PATH,
        line=9,
    )
    assert note == Note("small", "A small note", "taskforce", PATH, WHOLE, (section,))
    assert faults == []


def test_sentences_are_quoted_without_their_marks() -> None:
    assert quotes(parse(WHOLE)[0]) == [
        ("The Taskforce named a route.", Role.PROSE, "Recommendation 2"),
        ("The Taskforce named two things:", Role.LEAD_IN, "Recommendation 2"),
        ("The route should be clear.", Role.ITEM, "Recommendation 2(i)"),
        ("The route should be short.", Role.ITEM, "Recommendation 2"),
        ("The route ends there.", Role.PROSE, "Recommendation 2"),
    ]


def test_headings_of_two_levels_make_the_path() -> None:
    other = HEAD.replace("id: route", "id: {id}").replace("## A route", "{mark} {title}")
    heads = [("##", "One", "a"), ("###", "Under one", "b"), ("###", "Also under one", "c"), ("##", "Two", "d")]
    text = FRONT + "\n".join(other.format(mark=mark, title=title, id=name) + "The route is clear.\n" for mark, title, name in heads)
    note, faults = parse(text)
    assert note is not None
    assert faults == []
    assert [(section.id, section.heading_path) for section in note.sections] == [
        ("small.a", ("A small note", "One")),
        ("small.b", ("A small note", "One", "Under one")),
        ("small.c", ("A small note", "One", "Also under one")),
        ("small.d", ("A small note", "Two")),
    ]


def test_a_section_may_say_its_own_topics_sectors_and_audiences() -> None:
    own = "locator: Recommendation 2\ntopics: [evidence]\nsectors: [police, fire]\naudiences: [investors]\n"
    note, faults = parse(WHOLE.replace("locator: Recommendation 2\n", own))
    assert note is not None
    [section] = note.sections
    assert (section.topics, section.sectors, section.audiences, faults) == (("evidence",), ("police", "fire"), ("investors",), [])


def test_a_locator_that_names_the_sub_point_already_keeps_its_form() -> None:
    note, faults = parse(WHOLE.replace("locator: Recommendation 2\n", "locator: Recommendation 2(i)\n").replace("\n- The route should be short.", ""))
    assert ([locator for _, _, locator in quotes(note)], faults) == (["Recommendation 2(i)"] * 4, [])


def test_lists_may_be_nested_and_spaced() -> None:
    note, faults = parse(FRONT + HEAD + "Two things are named:\n\n- (a) One is clear.\n\n  - (b) Another is short.\n")
    assert quotes(note) == [
        ("Two things are named:", Role.LEAD_IN, "Recommendation 2"),
        ("One is clear.", Role.ITEM, "Recommendation 2(a)"),
        ("Another is short.", Role.ITEM, "Recommendation 2(b)"),
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["1: front matter: is missing: begin with a `---` block of id, title, topics, sectors, audiences"]),
        (HEAD + BODY, ["1: front matter: is missing: begin with a `---` block of id, title, topics, sectors, audiences"]),
        (WHOLE.replace("---\n\n##", "\n##"), ["1: front matter: is missing: begin with a `---` block of id, title, topics, sectors, audiences"]),
        ("\n" + WHOLE, ["1: front matter: is missing: begin with a `---` block of id, title, topics, sectors, audiences"]),
        ("---\n---\n" + HEAD + BODY, ["2: yaml: must hold `field: value` lines"]),
        ("---\n- id\n---\n" + HEAD + BODY, ["2: yaml: must hold `field: value` lines"]),
        (WHOLE.replace("title: A small note", "title: [A small note"), ["4: yaml: cannot be parsed: did not find expected ',' or ']'"]),
        (WHOLE.replace("id: small\n", ""), ["2: id: is missing"]),
        (WHOLE.replace("id: small\n", "id: Small Note\n"), ["2: id: String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'"]),
        (WHOLE.replace("title: A small note", "title: A small note\ntitle: Again"), ["4: title: is given twice; keep one"]),
        (WHOLE.replace("title: A small note", "name: A small note"), ["2: title: is missing", "3: name: is not a field here"]),
        (WHOLE.replace("sectors: [all]\n", "sectors: []\n"), ["5: sectors: Tuple should have at least 1 item after validation, not 0"]),
        (
            WHOLE.replace("audiences: [staff]", "audiences: [staff, mayors]"),
            ["6: audiences.1: 'mayors' is not one of 'staff', 'employers', 'commissioners', 'departments' or 'investors'"],
        ),
    ],
)
def test_broken_front_matter_is_named_and_the_note_left_out(text: str, faults: list[str]) -> None:
    assert parse(text) == (None, faults)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("locator: Recommendation 2\n", "", ["12: locator: is missing"]),
        ("locator: Recommendation 2\n", "locator:\n", ["14: locator: Input should be a valid string"]),
        ("locator: Recommendation 2\n", "locator: ''\n", ["14: locator: String should have at least 1 character"]),
        ("source: report\n", "", ["12: source: is missing"]),
        ("source: report\n", "source: The Report\n", ["13: source: String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'"]),
        ("id: route\n", "", ["12: id: is missing"]),
        ("asks:\n  - What is the route?\n", "", ["12: asks: is missing"]),
        ("asks:\n  - What is the route?\n", "asks: []\n", ["15: asks: Tuple should have at least 1 item after validation, not 0"]),
        ("id: route\nsource: report\nlocator: Recommendation 2\nasks:\n  - What is the route?\n", "", ["12: yaml: must hold `field: value` lines"]),
        ("asks:\n  - What is the route?\n", "asks: What is the route?\n", ["15: asks: Input should be a valid tuple"]),
        ("locator: Recommendation 2\n", "locator: Recommendation 2\nlocator: p. 4\n", ["15: locator: is given twice; keep one"]),
        ("locator: Recommendation 2\n", "locator: Recommendation 2\npage: 4\n", ["15: page: is not a field here"]),
        ("locator: Recommendation 2\n", "locator: [Recommendation 2\n", ["15: yaml: cannot be parsed: did not find expected ',' or ']'"]),
        ("```yaml\n", "```\n", ["9: section: 'A route' has no `yaml` block with id, source, locator and asks under its heading"]),
        (HEAD, "## A route\n\n", ["9: section: 'A route' has no `yaml` block with id, source, locator and asks under its heading"]),
        (BODY, "", ["9: text: section 'route' has no sentences"]),
        ("## A route", "# A route", ["9: heading: 'A route' is at level 1; sections are `##` or `###`"]),
        ("## A route", "#### A route", ["9: heading: 'A route' is at level 4; sections are `##` or `###`"]),
    ],
)
def test_a_faulty_section_is_named_by_line_and_field_and_left_out(old: str, new: str, faults: list[str]) -> None:
    assert old in WHOLE
    note, found = parse(WHOLE.replace(old, new))
    assert note is not None
    assert (note.sections, found) == ((), faults)


def test_a_note_of_front_matter_alone_has_no_section() -> None:
    note, faults = parse(FRONT)
    assert note is not None
    assert (note.sections, faults) == ((), ["8: section: the note has no section; add a `##` heading"])


def test_text_before_the_first_heading_is_a_fault() -> None:
    assert parse(FRONT + "Stray words.\n\n" + HEAD + BODY)[1] == ["9: section: text stands before the first heading; put it under a `##` heading"]


def test_two_sections_of_one_id_are_a_fault() -> None:
    assert parse(WHOLE + "\n" + HEAD + BODY)[1] == ["29: id: 'route' is already the section on line 9"]


PLAIN = "plain words only, no Markdown marks, links or HTML"


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("The route is clear", ["19: text: a sentence ends with a full stop, one sentence a line: 'The route is clear'"]),
        ("The route is clear;", ["19: text: a sentence ends with a full stop, one sentence a line: 'The route is clear;'"]),
        ("The route is <b>clear</b>.", [f"19: text: {PLAIN}: 'The route is <b>clear</b>.'"]),
        ("The route <script>alert(1)</script>.", [f"19: text: {PLAIN}: 'The route <script>alert(1)</script>.'"]),
        ("The route is at <https://example.org>.", [f"19: text: {PLAIN}: 'The route is at <https://example.org>.'"]),
        ("The [route](https://example.org) is clear.", [f"19: text: {PLAIN}: 'The [route](https://example.org) is clear.'"]),
        ("The ![route](https://example.org/x.png) is clear.", [f"19: text: {PLAIN}: 'The ![route](https://example.org/x.png) is clear.'"]),
        ("The route is **clear**.", [f"19: text: {PLAIN}: 'The route is **clear**.'"]),
        ("The route is __clear__.", [f"19: text: {PLAIN}: 'The route is __clear__.'"]),
        ("The route is `clear`.", [f"19: text: {PLAIN}: 'The route is `clear`.'"]),
        ("| The route | is clear.", [f"19: text: {PLAIN}: '| The route | is clear.'"]),
        ("It is clear.", ["19: text: a sentence names its subject, so that it can be quoted alone: 'It is clear.'"]),
        ("They should write.", ["19: text: a sentence names its subject, so that it can be quoted alone: 'They should write.'"]),
        ("[route]: https://example.org", ["19: text: a sentence ends with a full stop, one sentence a line: '[route]: https://example.org'"]),
        (
            "- one\n  two.",
            [
                "19: text: a sentence ends with a full stop, one sentence a line: 'one'",
                "20: text: a list item takes one line: begin it with `- `",
            ],
        ),
        ("* The route is clear.", ["19: text: a list item takes one line: begin it with `- `"]),
    ],
)
def test_a_sentence_that_cannot_be_quoted_is_named(line: str, faults: list[str]) -> None:
    assert parse(FRONT + HEAD + line + "\n")[1] == faults


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("<div>\nwords\n</div>", "html_block"),
        ("<script>alert(1)</script>", "html_block"),
        ("1. The route is clear.", "ordered_list"),
        ("> The route is clear.", "blockquote"),
        ("    The route is clear.", "code_block"),
        ("```\nThe route is clear.\n```", "fence"),
        ("***", "hr"),
    ],
)
def test_a_block_that_cannot_be_quoted_is_named(block: str, kind: str) -> None:
    fault = f"21: text: {kind} cannot stand in a note; use sentences and `- ` lists"
    assert fault in parse(FRONT + HEAD + "The route is clear.\n\n" + block + "\n\nThe route ends.\n")[1]


def test_a_long_sentence_is_told_by_its_first_sixty_characters() -> None:
    assert parse(FRONT + HEAD + "x" * 90 + "\n")[1] == [f"19: text: a sentence ends with a full stop, one sentence a line: {'x' * 60!r}"]


def test_every_fault_is_told_at_once() -> None:
    text = WHOLE.replace("named a route.", "named a route").replace("should be short.", "should be <i>short</i>.").replace("- What is", "- What was")
    assert [fault.partition(" a sentence")[0].partition(" plain")[0] for fault in parse(text)[1]] == ["19: text:", "23: text:"]


def test_a_file_is_read_as_its_text_is(tmp_path: Path) -> None:
    path = tmp_path / "taskforce" / "small.md"
    path.parent.mkdir()
    path.write_text(WHOLE, encoding="utf-8")
    assert read_note(path) == parse_note(WHOLE, path)


def test_a_note_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "small.md"
    path.write_bytes(WHOLE.replace("clear", "clé").encode("latin-1"))
    assert read_note(path) == (None, [Fault(path, 1, "encoding", "is not UTF-8: invalid continuation byte")])


WORDS = st.text(st.characters(categories=["L", "N"], include_characters="£%’()é"), min_size=1, max_size=8).map(lambda word: f"A{word}")
GAPS = st.sampled_from([" ", "  ", "\u00a0", "\u2028", "\x0b", "\x0c", "\x1c", "\x85"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sound sentence, its words parted by anything that is not a line end in Markdown."""
    words = draw(st.lists(WORDS, min_size=1, max_size=6))
    return "".join(f"{word}{draw(GAPS)}" for word in words[:-1]) + words[-1] + "."


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, list[tuple[str, Role]]]:
    """The body of a section, and what should be read from it."""
    lines: list[str] = []
    expected: list[tuple[str, Role]] = []
    for _ in range(draw(st.integers(1, 4))):
        paragraph = draw(st.lists(sentences(), min_size=1, max_size=3))
        lines += [*paragraph, ""]
        expected += [(sentence, Role.PROSE) for sentence in paragraph]
        if draw(st.booleans()):
            lead = draw(sentences()).removesuffix(".") + ":"
            items = draw(st.lists(sentences(), min_size=1, max_size=4))
            lines += [lead, "", *(f"- {item}" for item in items), ""]
            expected += [(lead, Role.LEAD_IN), *((item, Role.ITEM) for item in items)]
    return "\n".join(lines), expected


@given(bodies())
def test_every_sound_body_is_read_with_exact_spans(body: tuple[str, list[tuple[str, Role]]]) -> None:
    text = FRONT + HEAD + body[0]
    note, faults = parse(text)
    assert faults == []
    assert [(quote, role) for quote, role, _ in quotes(note)] == body[1]
    assert note is not None
    [section] = note.sections
    assert text[section.start : section.start + len(section.text)] == section.text


@given(st.text(st.characters(exclude_characters="\r")))
def test_any_body_is_read_or_told_with_a_line_of_the_file(body: str) -> None:
    """Reading a file makes all its line ends plain."""
    text = FRONT + HEAD + body
    _, faults = parse_note(text, PATH)
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in faults)
