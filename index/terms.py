"""Terms: the stemmed content words of a text, as keyword search and coverage count them."""

import re
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_STOP = frozenset(
    (
        "a about above after again all also am an and any are aren't as at be because been before being below between both but by can can't cannot "
        "could couldn't did didn't do does doesn't doing don't down during each else ever every few for from further get gets getting got had hadn't "
        "has hasn't have haven't having he her here hers him his how however i i'd i'll i'm i've if in into is isn't it it's its just let like lot "
        "may me might more most much must my need no nor not of off on once one only or other ought our out over own please same say says shall she "
        "should shouldn't so some such tell than that that's the their them then there there's these they they're thing this those through to too "
        "under until up upon us very want was wasn't we we'd we'll we're we've were weren't what what's when where which while who who's whom whose "
        "why will with won't would wouldn't yet you you'd your yours"
    ).split()
)
_STEMMER = Stemmer.Stemmer("english")
_IRREGULAR = {
    "spun": "spin",
    "went": "go",
    "gone": "go",
    "left": "leave",
    "ran": "run",
    "paid": "pay",
    "held": "hold",
    "given": "give",
    "gave": "give",
    "taken": "take",
    "took": "take",
    "chosen": "choose",
    "bought": "buy",
    "sold": "sell",
    "kept": "keep",
    "lost": "lose",
    "began": "begin",
    "begun": "begin",
    "written": "write",
    "wrote": "write",
    "said": "say",
    "spent": "spend",
    "told": "tell",
    "found": "find",
    "met": "meet",
}


def terms(text: str) -> list[str]:
    """Stemmed content words in order, with repeats; `£10 million` gives `10` and `million`."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return [_stem(word) for word in words if word not in _STOP]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    return str(_STEMMER.stemWord(_IRREGULAR.get(word, word)))
