"""What an answer tells, sentence by sentence, before it is numbered and cited."""

from dataclasses import dataclass

from corpus.sections import Role
from index.passages import Passage


@dataclass(frozen=True)
class Line:
    """One sentence to be told. `rests_on` are the places that hold what it says: passages, each with the number of a sentence in it, counted from 0."""

    text: str
    rests_on: tuple[tuple[Passage, int], ...]

    @property
    def list_of(self) -> str | None:
        """The id of the passage of whose list it is an item, to the letter; None where it is none."""
        passage, number = self.rests_on[0]
        is_item = len(self.rests_on) == 1 and passage.sentences[number].role is Role.ITEM and self.text == passage.quote(number)
        return passage.id if is_item else None
