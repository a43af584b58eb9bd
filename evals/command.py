"""The command `mutuals eval`."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.commands import AsJson, errors, told_plainly
from assistant.errors import BadInputError
from assistant.settings import Settings


def evaluate(
    split: Annotated[str, typer.Option(help="dev, test or all.")] = "all",
    kind: Annotated[str | None, typer.Option(help="One kind of question only, such as number or currency.")] = None,
    score: Annotated[Path | None, typer.Option(help="Score the run in this folder anew, without answering again.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Compare with the run in this folder, question by question.")] = None,
    baseline: Annotated[bool, typer.Option("--baseline", help="Measure the baselines and the product less each part as well.")] = False,
    engine: Annotated[str, typer.Option(help="extractive, or llm where a language model is set up.")] = "extractive",
    as_json: AsJson = False,
) -> None:
    """Put the evaluation questions to the product, score the answers and write a report."""
    from evals.evaluation import evaluate_run

    with told_plainly():
        if split not in ("dev", "test", "all"):
            raise BadInputError("split", f"is {split!r}; it takes dev, test or all.")
        if engine not in ("extractive", "llm"):
            raise BadInputError("engine", f"is {engine!r}; it takes extractive or llm.")
        for folder in (score, compare):
            if folder and not (folder / "run.json").is_file():
                raise BadInputError("run", f"{str(folder)!r} holds no evaluation run.")
        result = evaluate_run(Settings(), _split(split), kind, score, compare, baseline, "llm" if engine == "llm" else "extractive")
    print(json.dumps(result.report, indent=2, ensure_ascii=False) if as_json else result.summary)
    errors.print(f"Report, misses and answers: {result.folder}", markup=False)


def _split(text: str) -> Literal["dev", "test", "all"]:
    return "dev" if text == "dev" else "test" if text == "test" else "all"
