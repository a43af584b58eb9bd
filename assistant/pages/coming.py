"""An answer as it comes: each reworded sentence once it has passed, then the whole answer."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread

from assistant.answers import Answer, AnswerSentence
from assistant.ask import Said


def coming(ask: Callable[[Said], Answer]) -> Iterator[list[AnswerSentence] | Answer]:
    """The sentences so far, each time there is one more, and last the answer; those may come to stand in another order in it. Raises what `ask` raises."""
    news: SimpleQueue[AnswerSentence | Answer | Exception] = SimpleQueue()

    def answer() -> None:
        try:
            news.put(ask(lambda sentence, citations: news.put(sentence)))
        except Exception as error:  # raised again where somebody waits for it
            news.put(error)

    Thread(target=answer, name="answer", daemon=True).start()
    so_far: list[AnswerSentence] = []
    while isinstance(told := news.get(), AnswerSentence):
        so_far.append(told)
        yield list(so_far)
    if isinstance(told, Exception):
        raise told
    yield told
