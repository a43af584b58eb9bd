from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Citation
from assistant.desk.letters import BodySentence, body_text, letter_text, parse_body
from assistant.services import Services
from corpus.sources import Authority, Standing

TEXTS = (
    st.text(alphabet=st.sampled_from("Ab c.?!\"'”)(£9é-:;,…"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not text.startswith(("- ", "* ", "• ")) and text != "-")
)


@st.composite
def bodies(draw: st.DrawFn) -> list[BodySentence]:
    found: list[BodySentence] = []
    paragraph = 0
    for text in draw(st.lists(TEXTS, max_size=8)):
        paragraph += bool(found) and draw(st.booleans())
        numbers = draw(st.lists(st.integers(1, 99), max_size=3, unique=True))
        found.append(BodySentence(text, tuple(numbers), paragraph, draw(st.booleans())))
    return found


def test_nothing_is_an_empty_body() -> None:
    assert parse_body("") == []
    assert parse_body(" \n\n \t\n") == []
    assert body_text([]) == ""
    assert letter_text("", []) == ""


@given(bodies())
def test_a_body_is_read_back_as_it_was_written(sentences: list[BodySentence]) -> None:
    assert parse_body(body_text(sentences)) == sentences


@given(st.text(alphabet=st.sampled_from("Ab c.?!\n-[12]“”9"), max_size=80))
def test_whatever_is_typed_is_read_the_same_once_it_is_written_again(body: str) -> None:
    read = parse_body(body)
    assert parse_body(body_text(read)) == read


def test_what_an_adviser_types_is_read_with_markers_anywhere_at_the_end() -> None:
    body = "Dear Ms Jones,\r\n\r\nStaff keep their terms.[1] A contract may last five years [2] [3]. See reg. 77 and s. 33. Thanks!\n- One point [1]\n- Another\n\nYours,\n[Your name]"
    assert parse_body(body) == [
        BodySentence("Dear Ms Jones,", (), 0, False),
        BodySentence("Staff keep their terms.", (1,), 1, False),
        BodySentence("A contract may last five years.", (2, 3), 1, False),
        BodySentence("See reg. 77 and s. 33.", (), 1, False),
        BodySentence("Thanks!", (), 1, False),
        BodySentence("One point", (1,), 1, True),
        BodySentence("Another", (), 1, True),
        BodySentence("Yours,", (), 2, False),
        BodySentence("[Your name]", (), 2, False),
    ]


def citation(number: int) -> Citation:
    return Citation(
        number=number,
        passage_id="p",
        source_id="s",
        title="The Act",
        publisher="legislation.gov.uk",
        published="2023",
        authority=Authority.STATUTE,
        standing=Standing.IN_FORCE,
        superseded_by=[],
        locator=f"s. {number}",
        url="https://example.org/act" if number > 1 else None,
        quote="Words.",
    )


def test_the_foot_names_each_source_that_is_cited_by_its_own_number() -> None:
    assert letter_text("It may. [3] It must. [1][9]\n", [citation(3), citation(2), citation(1)]) == (
        "It may. [3] It must. [1][9]\n\n"
        "Sources\n\n"
        "[1] The Act, s. 1 (legislation.gov.uk, 2023). Act or regulations. In force.\n\n"
        "[3] The Act, s. 3 (legislation.gov.uk, 2023). Act or regulations. In force. https://example.org/act"
    )
    assert letter_text("It may.", [citation(1)]) == "It may."


def test_every_sentence_of_the_library_can_stand_in_a_letter(services: Services) -> None:
    store = services.live.current().store
    quotes = [passage.quote(number) for source in store.sources for passage in store.by_source(source) for number in range(len(passage.sentences))]
    sentences = [BodySentence(" ".join(quote.split()), (1,), paragraph, False) for paragraph, quote in enumerate(quotes)]
    assert len(sentences) > 3000
    assert parse_body(body_text(sentences)) == sentences
