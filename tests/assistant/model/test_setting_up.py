"""The model that the settings name, and none where they name none."""

from typing import Any

import pytest
from no_model import NoModel
from scripted_model import fails, says, scripted

from assistant.errors import BadInputError
from assistant.model.client import Message, ModelClient, ModelError, Reply
from assistant.model.setting_up import model_client, rewriter_of
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
