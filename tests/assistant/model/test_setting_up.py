"""The model that the settings name, and none where they name none."""

from typing import Any

import pytest
from no_model import NoModel
from scripted_model import fails, says, scripted

from assistant.errors import BadInputError
from assistant.model.asking_in_full import ModelQuestionWriter
from assistant.model.client import Message, ModelClient, ModelError, Reply
from assistant.model.finding_questions import ModelQuestionFinder
from assistant.model.setting_up import model_client, question_finder_of, question_writer_of, rewriter_of
from assistant.settings import Settings

ASKED = [Message("user", "Why?")]


def client(base_url: str, **given: Any) -> ModelClient:
    made = model_client(Settings(model_base_url=base_url, model_name="small", **given))
    assert made is not None
    return made


def test_without_an_address_there_is_no_model_and_nothing_that_rewords() -> None:
    settings = Settings()
    assert (model_client(settings), rewriter_of(settings, None, NoModel(), None)) == (None, None)


def test_what_is_set_is_kept_to() -> None:
    with scripted(fails(503), says("{}"), says("late", before=5)) as server:
        made = client(server.base_url, model_key="ours", model_retries=1, model_schema="json_object", model_first_token_seconds=2, model_timeout_seconds=3)
        assert (made.name, made.complete(ASKED, schema={"type": "object"}, max_tokens=32)) == ("small", Reply("{}", 7, 3))
        with pytest.raises(ModelError) as error:
            made.complete(ASKED, max_tokens=32)
        made.close()
        sent = [
            (asked["model"], asked.get("response_format"), headers["authorization"]) for asked, headers in zip(server.requests, server.headers, strict=True)
        ]
    assert error.value.reason == "timeout"
    assert sent == [("small", {"type": "json_object"}, "Bearer ours")] * 2 + [("small", None, "Bearer ours")]


def test_a_name_that_the_client_cannot_use_is_told() -> None:
    with pytest.raises(BadInputError) as error:
        model_client(Settings(model_base_url="http://127.0.0.1:9/v1", model_name="gpt-5.2-pro"))
    message = "names a model that is not asked through /chat/completions. Set MUTUALS_MODEL_NAME to one that is."
    assert (error.value.field, error.value.message) == ("model_name", message)


def test_what_helps_elsewhere_is_set_up_by_its_own_switch_alone() -> None:
    both = Settings(model_base_url="http://127.0.0.1:9/v1", model_name="small", model_follow_ups=True, model_enquiries=True)
    neither = Settings(model_base_url="http://127.0.0.1:9/v1", model_name="small", engine="llm", model_letters=True)
    made = client("http://127.0.0.1:9/v1")
    assert (question_writer_of(neither, made), question_finder_of(neither, made)) == (None, None)
    assert (question_writer_of(both, None), question_finder_of(both, None)) == (None, None)
    assert isinstance(question_writer_of(both, made), ModelQuestionWriter)
    assert isinstance(question_finder_of(both, made), ModelQuestionFinder)
