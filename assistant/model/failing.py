"""How asking a language model can fail, in one word that is safe to write down."""

from typing import Literal

Reason = Literal["timeout", "unreachable", "status", "closed", "busy", "circuit_open", "empty"]

_TOLD: dict[Reason, str] = {
    "timeout": "The language model took too long.",
    "unreachable": "The language model's server cannot be reached.",
    "status": "The language model's server refused the request.",
    "closed": "The language model's reply broke off.",
    "busy": "The language model is answering as many as it may at once.",
    "circuit_open": "The language model has failed several times and is left alone for a while.",
    "empty": "The language model's reply was empty.",
}


class ModelError(Exception):
    """The model gave no reply, or not all of one. The text never holds what was asked, an address or a key."""

    def __init__(self, reason: Reason):
        self.reason: Reason = reason
        super().__init__(_TOLD[reason])
