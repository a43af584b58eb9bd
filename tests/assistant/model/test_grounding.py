"""The gate for sentences that a model wrote: true rewordings pass, every way of making something up is held back."""

from collections.abc import Sequence

import pytest

from assistant.model.grounding import Grounded, Reason, Refused, ground
from assistant.model.parsing import Written
from assistant.model.prompting import Given
from index.embedding import SentenceEmbedder
from index.passages import Passage
from index.store import PassageStore
from index.versions import Versions

NOW = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
LIMIT = "A buyer must not reserve a contract for longer than five years under the New Act."


@pytest.fixture
def store(small_index: Versions) -> PassageStore:
    return PassageStore(small_index.live())


@pytest.fixture
def passage(store: PassageStore) -> Passage:
    return next(each for each in store.all_passages() if each.id.endswith("reserved-now"))


def came_of(text: str, passage: Passage, store: PassageStore, embedder: SentenceEmbedder, named: Sequence[int] = (1,)) -> Grounded | Refused:
    offered = [Given(1, passage, tuple(range(len(passage.sentences))))]
    return ground(Written(text, tuple(named)), offered, store, embedder)


def test_the_passage_is_as_these_tests_take_it(passage: Passage) -> None:
    assert [passage.quote(number) for number in range(2)] == [NOW, LIMIT]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (NOW, 0),
        (LIMIT, 1),
        ("Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years!", 0),
        ("Under the New Act a buyer must not reserve a contract for longer than five years.", 1),
        ("Since 1 April 2020 the New Act has allowed contracts to be reserved for mutuals for up to five years.", 0),
    ],
)
def test_what_says_the_same_is_let_through_with_its_place(text: str, sentence: int, passage: Passage, store: PassageStore, embedder: SentenceEmbedder) -> None:
    assert came_of(text, passage, store, embedder) == Grounded(text, ((passage, sentence),))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NOT_A_SENTENCE),
        ("Five years.", Reason.NOT_A_SENTENCE),
        ("How long may a contract be reserved for a mutual?", Reason.NOT_A_SENTENCE),
        ('{"text": "A contract may be reserved for a mutual."}', Reason.NOT_A_SENTENCE),
        ("As an AI, I say that a contract is reserved for a mutual for up to five years.", Reason.INSTRUCTION),
        ("Passage 1 says that a contract is reserved for a mutual for up to five years.", Reason.INSTRUCTION),
        (NOW.replace("five", "seven"), Reason.NUMBER),
        (NOW.replace("up to five", "at least five"), Reason.NUMBER),
        (NOW.replace("1 April 2020", "1 May 2021"), Reason.DATE),
        (NOW.replace("New Act", "Old Act"), Reason.NAME),
        (NOW.replace("the New Act", "the Treasury"), Reason.NAME),
        (LIMIT.replace("must not", "must"), Reason.NEGATION),
        (LIMIT.replace("must not", "should not"), Reason.MODALITY),
        (LIMIT.replace("A buyer", "Every buyer"), Reason.QUANTIFIER),
        (NOW.replace(" for up to five years.", " for up to five years, and the buyer pays the lawyers of the mutual."), Reason.WORDS),
        (NOW.replace(" for a mutual ", " for a charity run by volunteers from abroad "), Reason.WORDS),
    ],
)
def test_what_says_something_else_is_held_back(text: str, reason: Reason, passage: Passage, store: PassageStore, embedder: SentenceEmbedder) -> None:
    came = came_of(text, passage, store, embedder)
    assert isinstance(came, Refused)
    assert reason in came.reasons


@pytest.mark.parametrize("named", [(), (2,), (9, 0)])
def test_a_sentence_that_names_no_passage_there_is_rests_on_nothing(
    named: tuple[int, ...], passage: Passage, store: PassageStore, embedder: SentenceEmbedder
) -> None:
    assert came_of(NOW, passage, store, embedder, named) == Refused(NOW, (Reason.NO_PASSAGE,))


class Doubts:
    """An entailment model that bears nothing out."""

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        return [(0.1, 0.8, 0.1)] * len(pairs)


def test_a_named_entailment_model_can_hold_back(passage: Passage, store: PassageStore, embedder: SentenceEmbedder) -> None:
    offered = [Given(1, passage, (0, 1))]
    assert ground(Written(NOW, (1,)), offered, store, embedder, Doubts()) == Refused(NOW, (Reason.ENTAILMENT,))
