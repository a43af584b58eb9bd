"""Errors carry what is wrong as data, and read well."""

from pydantic import BaseModel

from assistant.errors import BadInputError, ConflictError, NotFoundError


def test_bad_input_names_the_field() -> None:
    error = BadInputError("question", "is empty.")
    assert (error.field, error.message, str(error)) == ("question", "is empty.", "question: is empty.")


def test_not_found_names_what_and_which() -> None:
    error = NotFoundError("passage", "no-such")
    assert (error.what, error.identifier, error.advice, str(error)) == ("passage", "no-such", "", "there is no passage 'no-such'")


def test_not_found_can_say_what_to_do() -> None:
    assert NotFoundError("conversation", "x", "Start a new one.").advice == "Start a new one."


class Stored(BaseModel):
    """Something that is stored."""

    version: int


def test_a_conflict_holds_what_is_stored_and_what_was_sent() -> None:
    error = ConflictError(Stored(version=2), {"name": "x"})
    assert (error.current, error.yours, str(error)) == (Stored(version=2), {"name": "x"}, "it has been changed since")
