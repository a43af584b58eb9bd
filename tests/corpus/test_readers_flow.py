"""Running text made whole again."""

from corpus.readers.blocks import Block, Kind
from corpus.readers.flow import rejoin, set_footnotes_apart

BEGUN = Block("The plan covers every one of the", page=1)
REST = Block("services that staff run.", page=2)
WHOLE = Block("The plan covers every one of the services that staff run.", page=1)


def test_nothing_to_join() -> None:
    assert rejoin([]) == []


def test_a_paragraph_broken_in_mid_sentence_is_joined() -> None:
    assert rejoin([BEGUN, REST]) == [WHOLE]


def test_it_is_joined_over_a_figure() -> None:
    caption, note = Block("Figure 2 – A map of all known bodies in England"), Block("This map shows them.")
    assert rejoin([BEGUN, caption, note, REST]) == [WHOLE, caption, note]


def test_it_is_joined_with_the_nearest_open_paragraph() -> None:
    other = Block("Another paragraph that has also been cut somewhere")
    assert rejoin([other, BEGUN, REST])[1] == WHOLE


def test_a_hanging_word_is_joined_with_a_name() -> None:
    assert rejoin([Block("It was written by staff of the"), Block("Cabinet Office in May.")]) == [
        Block("It was written by staff of the Cabinet Office in May.")
    ]


def test_an_item_is_joined_with_the_paragraph_next_to_it_only() -> None:
    item = Block("- i. Full use of assets that are publicly owned", Kind.ITEM, label="(i)", skip=5)
    box = Block("A box stands here.")
    assert rejoin([item, Block("assets that staff use.")])[0].text == "- i. Full use of assets that are publicly owned assets that staff use."
    assert rejoin([item, box, Block("assets that staff use.")]) == [item, box, Block("assets that staff use.")]


def test_headings_and_ends_keep_what_follows_apart() -> None:
    for first in (Block("THE NEXT STEPS OF ALL THE MUTUALS"), Block("It ends."), Block("A Heading"), Block("A long heading in much larger type", size=14)):
        blocks = [first, Block("iPads are used.", size=10)]
        assert rejoin(blocks) == blocks


def test_addresses_do_not_go_on_with_a_sentence() -> None:
    blocks = [Block("More of it can be read at this address"), Block("http://example.org")]
    assert rejoin(blocks) == blocks


def test_footnotes_are_set_apart_and_their_marks_go() -> None:
    note = Block("² Our paper", Kind.FOOTNOTE, label="2")
    running, notes = set_footnotes_apart([Block("As said²."), note, Block("So it is.")])
    assert (running, notes) == ([Block("As said."), Block("So it is.")], [note])
