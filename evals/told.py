"""How figures are told to people: each metric in plain words, and each value in the unit it is read in."""

from typing import Any

PLAIN = {
    "hit@1": "The passage found first is one that answers the question.",
    "hit@3": "One of the first three passages found answers the question.",
    "hit@5": "One of the first five passages found answers the question.",
    "MRR@10": "How near the top the first right passage stands: 1 where it is first, 0.5 where second, 0 beyond the tenth.",
    "nDCG@10": "How well the right passages are put before the others: 1 where all of them come first.",
    "fact in first 5": "The first five things found hold, between them, every fact of a right answer.",
    "fact recall": "The share of the facts of a right answer that the answer tells.",
    "every fact told": "The answer tells every fact of a right answer.",
    "needed citation present": "A place that supports the right answer is cited.",
    "first citation at gold": "The place cited first is one that supports the right answer.",
    "citation correct": "The sentence stands word for word in the text it cites.",
    "unanswerable recognised": "A question that the guidance does not answer was left unanswered.",
    "abstention precision": "Where no answer was given, the guidance indeed has none.",
    "answerable refused": "A question that the guidance answers was left unanswered (lower is better).",
    "notice correct": "The reader was warned of what the question calls for, such as guidance that has been replaced.",
    "nothing wrong said": "Nothing was said that a right answer must not say.",
    "outcome correct": "The question ended in the way it should, such as refused or out of scope.",
    "gate passed": "Every sentence, read again at its source, says what the source says.",
    "answer words": "Words in an answer.",
    "dialogue success": "Every turn of a conversation came out right.",
    "follow-ups right": "A follow-up question came out right.",
}
"""By the name a metric is reported under."""
_PLAIN_NUMBERS = ("MRR@10", "nDCG@10")
_COUNTS = ("answer words",)


def value(metric: str, number: float) -> str:
    """A figure as read: `92.1 %`, `0.855`, or `61` words."""
    return _bare(metric, number) + _unit(metric)


def share(number: float) -> str:
    """A share as read: `92.1 %`."""
    return value("", number)


def spread(metric: str, each: dict[str, Any]) -> str:
    """An interval as read: `90.0 to 94.1 %`."""
    return f"{_bare(metric, each['low'])} to {_bare(metric, each['high'])}{_unit(metric)}"


def change(metric: str, number: float) -> str:
    """A difference as read: `+2.1` or `−0.3` points of a hundred, or as many words; `0.0` where there is none."""
    told = _bare(metric, number)
    return told.lstrip("-") if not float(told) else told.replace("-", "−") if number < 0 else f"+{told}"


def named(kind: str) -> str:
    """A kind or theme as read."""
    return kind.replace("_", " ")


def _bare(metric: str, number: float) -> str:
    if metric in _COUNTS:
        return f"{number:.0f}"
    return f"{number:.3f}" if metric in _PLAIN_NUMBERS else f"{100 * number:.1f}"


def _unit(metric: str) -> str:
    return "" if metric in _COUNTS or metric in _PLAIN_NUMBERS else "\N{NO-BREAK SPACE}%"
