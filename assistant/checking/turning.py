"""Words that turn what is told round, or widen it: where only a claim or only the sentence has them, the sentence does not bear the claim out."""

from assistant.checking.claim_words import pattern, word_patterns
from assistant.checking.statements import Statement


def turned(claim: Statement, told: Statement) -> bool:
    """Whether a claim has words that leave out, take in all or shut out all else, and the sentence none of that kind; or the sentence takes something back and
    the claim nothing. The claim then says more than is told, or the opposite. Such words are no difference by themselves, for the other may say the same in a
    way that is not known here.

    Chosen on the sayings of one half of the notes: of 300 rightly and 193 wrongly called supported it leaves 7 and 62 open; of 99 and 12 training claims 3
    and 2.

    >>> from assistant.checking.statements import read_statement as read
    >>> turned(read("Scotland was left out of the call"), read("The call applied to England, Scotland and Wales."))
    True
    >>> turned(read("Scotland was part of the call"), read("The call applied to England, Scotland and Wales."))
    False
    """
    if any(words.search(claim.core) and not words.search(told.text) for _, words in word_patterns("turning")):
        return True
    takes_back = pattern("countering").search(told.core)
    return bool(takes_back) and not any(pattern(name).search(claim.core) for name in ("countering", "negations", "hidden"))
