"""What came of putting an answer to the language model."""

from dataclasses import dataclass

from assistant.lines import Line


@dataclass(frozen=True)
class Rewritten:
    """The lines to tell, and how they came about.

    `engine_used`: at least one line is the model's. `written`, `passed`: sentences of the model's, and those of them that the gate let through.
    `replaced`: sentences of the library's that those stand for. `dropped`: the text of each that the gate held back, with the reasons; the text is for
    digests alone. `abstains`: the model said that the passages do not answer. `failure`: why it gave no whole reply, in a word of `ModelError`'s, or
    empty. Tokens are 0 where the server does not tell them.
    """

    lines: tuple[Line, ...]
    engine_used: bool = False
    abstains: bool = False
    written: int = 0
    passed: int = 0
    replaced: int = 0
    dropped: tuple[tuple[str, tuple[str, ...]], ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    failure: str = ""
