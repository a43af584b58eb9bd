"""Rewording an answer with a model that says what a test has written down, over real HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from scripted_model import closes, fails, says, scripted

from assistant.composing import Candidate, compose
from assistant.lines import Line
from assistant.model.client import ModelClient
from assistant.model.rewriting import Rewriter, tells
from assistant.model.rewritten import Rewritten
from assistant.understanding import Kind
from index.embedding import SentenceEmbedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import Hit, read_query, search
from index.versions import Versions

QUESTION = "How long may a contract be reserved for a mutual under the New Act?"
NOW = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
SAID = "Since 1 April 2020 the New Act has allowed contracts to be reserved for mutuals for up to five years."


@pytest.fixture
def index(small_index: Versions) -> OpenIndex:
    return LiveIndex(small_index).current()


@pytest.fixture
def hits(index: OpenIndex, embedder: SentenceEmbedder) -> list[Hit]:
    return search(read_query(QUESTION, index, embedder), index, 4)


@pytest.fixture
def told(index: OpenIndex, hits: list[Hit], embedder: SentenceEmbedder) -> list[Candidate]:
    return compose(read_query(QUESTION, index, embedder), Kind.OTHER, hits, index.keywords)


def reply(*sentences: tuple[str, list[int]], answered: bool = True) -> str:
    return json.dumps({"answered": answered, "sentences": [{"text": text, "passages": passages} for text, passages in sentences]})


@contextmanager
def rewriter(embedder: SentenceEmbedder, *acts: Any, may_abstain: bool = False) -> Iterator[Rewriter]:
    with scripted(*acts) as model:
        client = ModelClient(model.base_url, "scripted", retries=0, timeout_seconds=20, first_token_seconds=10)
        try:
            yield Rewriter(client, embedder, may_abstain=may_abstain)
        finally:
            client.close()


def number_of(told: list[Candidate], text: str) -> int:
    """The number under which the passage of a sentence is given to the model."""
    passages = list(dict.fromkeys(each.passage.id for each in told))
    return 1 + passages.index(next(each.passage.id for each in told if each.text == text))


def test_the_answer_is_as_these_tests_take_it(told: list[Candidate]) -> None:
    assert NOW in [each.text for each in told]
    assert len(told) > 1


def test_a_sentence_that_passes_stands_in_the_place_of_what_it_tells(
    index: OpenIndex, hits: list[Hit], told: list[Candidate], embedder: SentenceEmbedder
) -> None:
    heard: list[Line] = []
    with rewriter(embedder, says(reply((SAID, [number_of(told, NOW)]), ("Reserved contracts run for ninety years.", [1])))) as rewords:
        came = rewords.rewrite(QUESTION, told, hits, index, heard.append)
    place = next(each for each in told if each.text == NOW)
    line = Line(SAID, ((place.passage, place.number),))
    assert came.lines == tuple(line if each.text == NOW else each.line for each in told)
    assert heard == [line]
    assert (came.engine_used, came.abstains, came.written, came.passed, came.replaced, came.failure) == (True, False, 2, 1, 1, "")
    assert [text for text, _ in came.dropped] == ["Reserved contracts run for ninety years."]
    assert "number" in came.dropped[0][1]
    assert (came.prompt_tokens, came.completion_tokens) == (7, 3)


@pytest.mark.parametrize(
    "act",
    [
        says(reply()),
        says(reply(answered=False)),
        says("I am sorry, I cannot help with that."),
        says(reply((SAID, []))),
        says(reply((SAID, [9]))),
        says('{"answered": true, "sentences": [{"text": "Since 1 Ap'),
        says(reply(("Mutuals get five hundred pounds for every member of staff.", [1]))),
        fails(500),
        closes(),
    ],
)
def test_where_nothing_passes_the_answer_stays_as_it_was(
    act: Any, index: OpenIndex, hits: list[Hit], told: list[Candidate], embedder: SentenceEmbedder
) -> None:
    with rewriter(embedder, act) as rewords:
        came = rewords.rewrite(QUESTION, told, hits, index)
    assert came.lines == tuple(each.line for each in told)
    assert not came.engine_used


def test_what_came_before_the_reply_broke_off_counts(index: OpenIndex, hits: list[Hit], told: list[Candidate], embedder: SentenceEmbedder) -> None:
    whole = reply((SAID, [number_of(told, NOW)]), ("More is to come.", [1]))
    with rewriter(embedder, says(whole[: whole.index("More")], cut=True)) as rewords:
        came = rewords.rewrite(QUESTION, told, hits, index)
    assert [line.text for line in came.lines] == [SAID if each.text == NOW else each.text for each in told]
    assert (came.engine_used, came.failure) == (True, "closed")


def test_the_model_may_narrow_only_where_it_is_allowed_to(index: OpenIndex, hits: list[Hit], told: list[Candidate], embedder: SentenceEmbedder) -> None:
    with rewriter(embedder, says(reply(answered=False)), may_abstain=True) as rewords:
        came = rewords.rewrite(QUESTION, told, hits, index)
    assert came == Rewritten((), abstains=True, prompt_tokens=7, completion_tokens=3)


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("", "", True),
        (NOW, NOW, True),
        (SAID, NOW, True),
        ("Contracts may be reserved for mutuals under the New Act.", NOW, False),
        (SAID.replace("2020", "2021"), NOW, False),
    ],
)
def test_only_what_tells_all_of_a_sentence_may_stand_in_its_place(text: str, source: str, whole: bool) -> None:
    assert tells(text, source) is whole
