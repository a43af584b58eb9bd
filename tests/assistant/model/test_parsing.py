"""Reading what a model replies, however it replies."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.parsing import MOST_SENTENCES, Read, ReplyParser, Written


def read(*pieces: str) -> Read:
    parser = ReplyParser()
    for piece in pieces:
        parser.feed(piece)
    return parser.finish()


ONE = Written("The limit is five years.", (1,))
TWO = Written("It began in 2025.", (1, 2))
WHOLE = '{"answered": true, "sentences": [{"text": "The limit is five years.", "passages": [1]}, {"text": "It began in 2025.", "passages": [1, 2]}]}'


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("", Read((), False, ("empty",))),
        (" \n", Read((), False, ("empty",))),
        ('{"answered": false, "sentences": []}', Read((), True)),
        (WHOLE, Read((ONE, TWO), False)),
        (f"```json\n{WHOLE}\n```", Read((ONE, TWO), False)),
        (f'<think>They ask about {{"text": "x"}}.</think>{WHOLE}', Read((ONE, TWO), False)),
        (WHOLE.replace("[1, 2]}]}", "[1, 2,]},]}"), Read((ONE, TWO), False)),
        (WHOLE.replace("[1]", "1"), Read((ONE, TWO), False)),
        (WHOLE.replace("[1, 2]", '["1", "2", "x", true, 9999]'), Read((ONE, TWO), False)),
        (WHOLE[:95], Read((ONE,), False, ("cut_off",))),
        ('{"answered": true, "sentences": [{"text": "The lim', Read((), False, ("cut_off",))),
        ('{"sentences": [{"passages": [1], "text": "The limit is five years. It began in 2025."}]}', Read((ONE, Written("It began in 2025.", (1,))), False)),
        ("The limit is five years. [1] It began in 2025. [1][2]", Read((ONE, TWO), False, ("not_json",))),
        ("The limit is five years.", Read((Written("The limit is five years.", ()),), False, ("not_json",))),
        (WHOLE + WHOLE + WHOLE, Read((ONE, TWO), False, ("loop",))),
        ('{"sentences": [{"text": 5, "passages": [1]}]}', Read((), False, ("cut_off",))),
    ],
)
def test_what_can_be_read_of_a_reply_is_read(reply: str, found: Read) -> None:
    assert read(reply) == found
    assert read(*reply) == found  # letter by letter it comes to the same


def test_each_sentence_is_told_as_soon_as_it_is_whole() -> None:
    parser = ReplyParser()
    told = [(written, at) for at, letter in enumerate(WHOLE) for written in parser.feed(letter)]
    assert told == [(ONE, WHOLE.index("}")), (TWO, WHOLE.index("}", WHOLE.index("}") + 1))]


def test_a_reply_that_goes_on_and_on_is_cut() -> None:
    sentences = [{"text": f"Sentence number {number} is here.", "passages": [1]} for number in range(3 * MOST_SENTENCES)]
    found = read(json.dumps({"answered": True, "sentences": sentences}))
    assert (len(found.sentences), found.faults) == (MOST_SENTENCES, ("loop",))


@given(st.text(max_size=300), st.integers(1, 7))
def test_no_reply_stops_it_and_pieces_do_not_matter(reply: str, size: int) -> None:
    found = read(*(reply[at : at + size] for at in range(0, len(reply), size)))
    assert found == read(reply)
    assert all(written.text.strip() for written in found.sentences)


@given(st.lists(st.tuples(st.from_regex(r"[A-Z][a-z]{3,9} [a-z]{3,9} [a-z]{2,9}\.", fullmatch=True), st.lists(st.integers(0, 99), max_size=3)), max_size=6))
def test_what_is_written_in_the_form_is_read_back(sentences: list[tuple[str, list[int]]]) -> None:
    reply = json.dumps({"answered": True, "sentences": [{"text": text, "passages": passages} for text, passages in sentences]})
    wanted: dict[str, Written] = {}
    for text, passages in sentences:
        wanted.setdefault(text.lower(), Written(text, tuple(dict.fromkeys(passages))))
    assert read(reply).sentences == tuple(wanted.values())


@pytest.mark.parametrize(
    ("prose", "text", "passages"),
    [
        ("Section 33(1)(b) sets a limit of five years [1].", "Section 33(1)(b) sets a limit of five years.", (1,)),
        ("Section 33(1) sets a limit of five years (2).", "Section 33(1) sets a limit of five years.", (2,)),
        ("Section 33(1) sets a limit of five years. (1, 2)", "Section 33(1) sets a limit of five years.", (1, 2)),
    ],
)
def test_a_place_in_brackets_is_no_marker(prose: str, text: str, passages: tuple[int, ...]) -> None:
    parser = ReplyParser()
    parser.feed(prose)
    assert parser.finish().sentences == (Written(text, passages),)
