"""Errors carry what is wrong as data, and read well."""

from assistant.errors import BadInputError, NotFoundError


def test_bad_input_names_the_field() -> None:
    error = BadInputError("question", "is empty.")
    assert (error.field, error.message, str(error)) == ("question", "is empty.", "question: is empty.")


def test_not_found_names_what_and_which() -> None:
    error = NotFoundError("passage", "no-such")
    assert (error.what, error.identifier, error.advice, str(error)) == ("passage", "no-such", "", "there is no passage 'no-such'")


def test_not_found_can_say_what_to_do() -> None:
    assert NotFoundError("conversation", "x", "Start a new one.").advice == "Start a new one."
