"""Which language an enquiry is in, so that one that is not English goes to somebody who reads it and is never guessed at."""

import re
from functools import cache
from typing import Any

from assistant.english import FUNCTION

LEAST = 80
"""Characters below which a language is named only where the text holds none of English's small words and another language is likely."""
ENGLISH_SHARE = 0.15
"""Share of English's own small words from which a text is English."""
_LIKELY = 0.9
_WORD = re.compile(r"(?<![^\W_])[^\W\d_A-ZÀ-Þ][^\W\d_]*(?:['’][^\W\d_]+)?")
"""A word with a small first letter: names, of people and places, tell nothing of the language around them."""
_NAMES = {
    "cy": "Welsh", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "pl": "Polish", "es": "Spanish", "de": "German", "it": "Italian", "pt": "Portuguese",
    "ro": "Romanian", "nl": "Dutch", "ur": "Urdu", "pa": "Punjabi", "bn": "Bengali", "gu": "Gujarati", "ar": "Arabic", "zh": "Chinese", "so": "Somali",
    "tr": "Turkish", "uk": "Ukrainian", "ru": "Russian", "lt": "Lithuanian", "hu": "Hungarian", "el": "Greek", "fa": "Persian",
}  # fmt: skip


def is_english(text: str) -> bool:
    """Whether enough of a text's words are the small words that hold English together; a text of fewer than four words is taken for English."""
    words = _words(text)
    return len(words) < 4 or _share(words) >= ENGLISH_SHARE


def other_language(text: str) -> str | None:
    """The name of the language where a text is plainly not in English, `another language` where it has no name here; None for English."""
    words = _words(text)
    if is_english(text):
        return None
    language, sure = _identifier().classify(" ".join(words))
    short = len(text.strip()) < LEAST
    if language == "en" or (short and (_share(words) or sure < _LIKELY)):
        return None
    return _NAMES.get(language, "another language")


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _share(words: list[str]) -> float:
    return sum(word in FUNCTION for word in words) / len(words)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # here and not above: the model is read only where a text needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
