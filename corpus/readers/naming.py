"""Names for sections: the locator that a person reads and the id that code keeps."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_SMALL_WORDS = frozenset("a an and as at by for from in of on or the to with".split())
_CHAPTER_NUMBER = re.compile(r"^(?:Chapter\s+)?(\d{1,2})(?:[.:)]|\s)", re.IGNORECASE)
_SHORT_NAME = re.compile(r"^(Chapter|Part|Annex|Appendix|Schedule)\s+(\w+)\b", re.IGNORECASE)
_LONGEST_ID = 80


def title_words(heading: str) -> str:
    """A heading in capitals in the way a person would write it; any other stays.

    >>> title_words("THE CASE FOR MUTUALS")
    'The Case for Mutuals'
    """
    if any(letter.islower() for letter in heading):
        return heading
    words = heading.split()
    return " ".join(_title_word(word, first=number == 0) for number, word in enumerate(words))


def _title_word(word: str, first: bool) -> str:
    if word.casefold() in _SMALL_WORDS and not first:
        return word.lower()
    if any(letter.isdigit() for letter in word):
        return word
    return re.sub(r"[^\W_]", lambda match: match[0].upper(), word.lower(), count=1)


def short_name(title: str) -> str:
    """`2. PUBLIC SERVICE MUTUALS` is Chapter 2, `Annex A: Summary` is Annex A; other titles are their own names."""
    match = _CHAPTER_NUMBER.match(title)
    if match and (title.casefold().startswith("chapter") or not any(letter.islower() for letter in title)):
        return f"Chapter {match[1]}"
    named = _SHORT_NAME.match(title)
    return f"{named[1].capitalize()} {named[2]}" if named else title_words(title)


def path_locator(headings: Sequence[str]) -> str:
    """Chapter and own heading: `Chapter 2 › NAViGO`, whatever stands in between; the chapter alone where there is no more."""
    chapter = short_name(headings[0])
    return f"{chapter} › {title_words(headings[-1])}" if len(headings) > 1 else chapter


class Ids:
    """Readable ids of one document's sections, each given once."""

    def __init__(self, source_id: str):
        self.source_id = source_id
        self.taken: Counter[str] = Counter()

    def give(self, locator: str) -> str:
        """`Chapter 2 › NAViGO` becomes `source.chapter-2-navigo`; the next of the name ends in `-2`."""
        plain = unicodedata.normalize("NFKD", re.sub("['’]", "", locator)).encode("ascii", "ignore").decode().casefold()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"
        if len(base) > _LONGEST_ID:
            base = base[:_LONGEST_ID].rpartition("-")[0] or base[:_LONGEST_ID]
        self.taken[base] += 1
        slug = base if self.taken[base] == 1 else f"{base}-{self.taken[base]}"
        while slug != base and slug in self.taken:  # another name may end so by itself
            self.taken[base] += 1
            slug = f"{base}-{self.taken[base]}"
        self.taken[slug] += slug != base
        return f"{self.source_id}.{slug}"
