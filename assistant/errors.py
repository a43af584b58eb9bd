"""What can be wrong with a request, in terms every face can show."""

from pydantic import BaseModel, JsonValue


class BadInputError(Exception):
    """The input cannot be used: `field` names which part, `message` says what is wrong and what to do."""

    def __init__(self, field: str, message: str):
        self.field = field
        self.message = message
        super().__init__(f"{field}: {message}")


class NotFoundError(Exception):
    """There is nothing under the id asked for. `advice` says what to do, where there is something."""

    def __init__(self, what: str, identifier: str, advice: str = ""):
        self.what = what
        self.identifier = identifier
        self.advice = advice
        super().__init__(f"there is no {what} {identifier!r}")


class ConflictError(Exception):
    """Somebody else has changed it since the version that a change was made from, so that nothing was changed.

    `current` is what is stored now; `yours` is what was sent, so that neither is lost.
    """

    def __init__(self, current: BaseModel, yours: JsonValue = None):
        self.current = current
        self.yours = yours
        super().__init__("it has been changed since")
