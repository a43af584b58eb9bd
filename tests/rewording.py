"""A stand-in for what rewords answers: says what a test has written down, so that what is done with it can be tested without a model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

from assistant.answers import Engine
from assistant.ask import AskService
from assistant.browse import BrowseService
from assistant.composing import Candidate
from assistant.conversing import ConversationService
from assistant.lines import Line
from assistant.model.rewritten import Rewritten
from assistant.services import Services, build_services
from assistant.settings import Settings
from assistant.standalone import StandAloneMaker
from index.embedding import Embedder
from index.live import LiveIndex, OpenIndex
from index.retrieval import Hit
from index.versions import Versions


@dataclass
class Rewords:
    """Puts the sentences of an answer into one, which begins with `opening`; without an opening it fails and leaves them as they were."""

    opening: str = "In short: "
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    says_nothing: bool = False
    go_on: Event | None = None
    """Waited for, where there is one, after the first sentence was said."""

    def rewrite(self, question: str, told: Sequence[Candidate], hits: Sequence[Hit], index: OpenIndex, said: Callable[[Line], None] | None = None) -> Rewritten:
        self.asked.append((question, [candidate.text for candidate in told]))
        as_they_were = Rewritten(tuple(candidate.line for candidate in told))
        if self.says_nothing:
            return Rewritten(())
        if not self.opening:
            return replace(as_they_were, failure="timeout")
        line = Line(self.opening + told[0].text, tuple(place for candidate in told for place in candidate.line.rests_on))
        if said:
            said(line)
        if self.go_on:
            self.go_on.wait(30)
        return Rewritten(
            (line,), engine_used=True, written=2, passed=1, replaced=len(told), dropped=(("An invention.", ("number",)),), prompt_tokens=90, completion_tokens=9
        )


def rewording_services(versions: Versions, embedder: Embedder, data_dir: Path, rewords: Rewords, engine: Engine = "extractive") -> Services:
    """The services over an index, with what rewords in the place of a model."""
    services = build_services(Settings(data_dir=data_dir), embedder)
    live = LiveIndex(versions)
    ask = AskService(live, embedder, 2000, rewriter=rewords)  # type: ignore[arg-type]
    converse = ConversationService(ask, services.conversations, live, StandAloneMaker(embedder), 2000, engine=engine, has_model=True)
    model: Any = SimpleNamespace(close=lambda: None)
    return replace(services, live=live, ask=ask, converse=converse, browse=BrowseService(live, embedder, 2000), model=model)
