"""The command `mutuals eval`."""

import json
from typing import Annotated

import typer

from assistant.commands import AsJson, told_plainly
from assistant.errors import BadInputError
from assistant.settings import Settings


def evaluate(split: Annotated[str, typer.Option(help="dev, test or all.")] = "all", as_json: AsJson = False) -> None:
    """Run the evaluation questions and print how the answers do."""
    from evals.runner import run

    with told_plainly():
        if split not in ("dev", "test", "all"):
            raise BadInputError("split", f"is {split!r}; it takes dev, test or all.")
        report = run(Settings(), split)
    print(json.dumps(report, indent=2, ensure_ascii=False) if as_json else report["summary"])
