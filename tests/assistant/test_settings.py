"""Settings: what they are by default, where they are read from, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.settings import Settings
from corpus.library import BUNDLED

SETTINGS: dict[str, tuple[Any, str, Any]] = {
    "data_dir": (Path("var"), "/srv/data", Path("/srv/data")),
    "library_dir": (BUNDLED, "/srv/library", Path("/srv/library")),
    "host": ("127.0.0.1", "0.0.0.0", "0.0.0.0"),
    "port": (7860, "8080", 8080),
    "embedding_model": ("all-MiniLM-L6-v2", "other", "other"),
    "question_limit": (2000, "100", 100),
    "threads": (0, "2", 2),
    "conversation_days": (30, "7", 7),
    "session_idle_hours": (8, "1", 1),
    "session_days": (7, "90", 90),
    "reply_days": (10, "20", 20),
    "case_days": (0, "2190", 2190),
    "asked_days": (0, "365", 365),
    "asked_log": (True, "false", False),
    "model_base_url": (None, "http://localhost:11434/v1", "http://localhost:11434/v1"),
    "model_name": ("", "qwen", "qwen"),
    "engine": ("extractive", "llm", "llm"),
    "model_timeout_seconds": (60.0, "5.5", 5.5),
    "model_first_token_seconds": (30.0, "600", 600.0),
    "model_retries": (1, "0", 0),
    "model_concurrency": (2, "64", 64),
    "model_schema": ("auto", "json_object", "json_object"),
    "model_max_tokens": (400, "32", 32),
    "model_context_characters": (6000, "200000", 200000),
    "model_may_abstain": (False, "true", True),
    "model_judge": (False, "true", True),
    "model_follow_ups": (False, "true", True),
    "model_enquiries": (False, "true", True),
    "model_letters": (False, "true", True),
    "entailment_model": (None, "/srv/nli", "/srv/nli"),
}
"""For each setting its default, another value as the environment gives it, and what that is read as."""
NO_MODEL = "is true, but no language model is set up; set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME, or leave it out"
DEFAULTS = {name: default for name, (default, _, _) in SETTINGS.items()}


@pytest.fixture(autouse=True)
def bare_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting in the environment, and no settings file in the working directory."""
    monkeypatch.chdir(tmp_path)
    for name in DEFAULTS:
        monkeypatch.delenv(f"MUTUALS_{name.upper()}", raising=False)


def test_defaults() -> None:
    assert Settings().model_dump() == DEFAULTS


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_environment_sets_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, (_, given, _) in SETTINGS.items():
        monkeypatch.setenv(f"MUTUALS_{name.upper()}", given)
    assert Settings().model_dump() == {name: read for name, (_, _, read) in SETTINGS.items()}


def test_the_address_of_the_database_is_read_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_DATABASE_URL", "postgresql+pg8000://me:secret@db.example/mutuals")
    settings = Settings()
    assert settings.database_url == "postgresql+pg8000://me:secret@db.example/mutuals"
    assert "secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_the_key_of_the_model_is_read_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_MODEL_KEY", "secret-key")
    settings = Settings()
    assert settings.model_key is not None
    assert settings.model_key.get_secret_value() == "secret-key"
    assert "secret-key" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_no_fault_shows_what_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_MODEL_KEY", "secret-key")
    monkeypatch.setenv("MUTUALS_MODEL_BASE_URL", "http://me:secret-word@model.example/v1")
    with pytest.raises(ValidationError) as error:
        Settings()
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"engine": "llm"}, "engine", "is llm, but no language model is set up; set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME, or leave it out"),
        ({"engine": "best"}, "engine", None),
        ({"model_follow_ups": "true"}, "model_follow_ups", NO_MODEL),
        ({"model_enquiries": "true"}, "model_enquiries", NO_MODEL),
        ({"model_letters": "true"}, "model_letters", NO_MODEL),
        ({"model_letters": "true", "model_base_url": "localhost", "model_name": "m"}, "model_base_url", "is not an address; write it as http://host:port/v1"),
        ({"model_base_url": "http://m/v1"}, "model_name", "is missing, and MUTUALS_MODEL_BASE_URL is set; set it to what the server calls the model"),
        ({"model_base_url": "localhost:11434"}, "model_base_url", "is not an address; write it as http://host:port/v1"),
        ({"model_base_url": "ftp://m/v1"}, "model_base_url", "is not an address; write it as http://host:port/v1"),
        ({"model_base_url": "http://"}, "model_base_url", "is not an address; write it as http://host:port/v1"),
        ({"model_base_url": "http://m:99999/v1"}, "model_base_url", "Port out of range 0-65535"),
        ({"model_base_url": "http://me:word@m/v1"}, "model_base_url", "holds a user or a password; give the server's key as MUTUALS_MODEL_KEY instead"),
        ({"model_base_url": "localhost", "model_name": "m", "engine": "llm"}, "model_base_url", "is not an address; write it as http://host:port/v1"),
        ({"model_timeout_seconds": "0"}, "model_timeout_seconds", None),
        ({"model_concurrency": "0"}, "model_concurrency", None),
        ({"model_retries": "6"}, "model_retries", None),
        ({"model_max_tokens": "31"}, "model_max_tokens", None),
        ({"model_schema": "yaml"}, "model_schema", None),
    ],
)
def test_a_model_set_up_wrongly_is_told_by_the_setting_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], field: str, message: str | None
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"MUTUALS_{name.upper()}", value)
    with pytest.raises(ValidationError) as error:
        Settings()
    faults = [(each["loc"], each["msg"]) for each in error.value.errors()]
    assert [where for where, _ in faults] == [(field,)]
    assert message is None or faults == [((field,), f"Value error, {message}")]


def test_an_empty_address_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTUALS_MODEL_BASE_URL", "")
    assert Settings().model_dump() == DEFAULTS


def test_a_settings_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("MUTUALS_PORT=9000\nMUTUALS_THREADS=3\n", encoding="utf-8")
    monkeypatch.setenv("MUTUALS_PORT", "9001")
    assert Settings().model_dump() == {**DEFAULTS, "port": 9001, "threads": 3}


def test_an_unknown_key_in_a_settings_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MUTUALS_PROT=9000\n", encoding="utf-8")
    with pytest.raises(ValidationError) as error:
        Settings()
    assert [(each["type"], each["loc"]) for each in error.value.errors()] == [("extra_forbidden", ("mutuals_prot",))]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"),
        ("port", "65536"),
        ("port", "http"),
        ("port", ""),
        ("question_limit", "99"),
        ("question_limit", "20001"),
        ("threads", "-1"),
        ("threads", "65"),
        ("conversation_days", "-1"),
        ("conversation_days", "3651"),
        ("conversation_days", "ever"),
        ("reply_days", "0"),
        ("reply_days", "366"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MUTUALS_{name.upper()}", value)
    with pytest.raises(ValidationError) as error:
        Settings()
    assert [each["loc"] for each in error.value.errors()] == [(name,)]


@pytest.mark.parametrize(
    ("name", "value"), [("port", "1"), ("port", "65535"), ("question_limit", "100"), ("question_limit", "20000"), ("threads", "64"), ("conversation_days", "0")]
)
def test_the_ends_of_a_range_are_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MUTUALS_{name.upper()}", value)
    assert Settings().model_dump() == {**DEFAULTS, name: int(value)}


def test_settings_are_closed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 80


def test_index_versions_stand_under_the_data_directory() -> None:
    assert Settings(data_dir=Path("/srv/data")).index_dir == Path("/srv/data/index")
