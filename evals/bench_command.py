"""The command `mutuals bench`."""

import json
from typing import Annotated

import typer

from assistant.commands import AsJson, errors, fail, told_plainly
from assistant.settings import Settings


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="About a minute: part of the library, 2,000 generated passages, few requests.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure speed, start and memory, also with 100,000 generated passages, beside the bare embedding model."""
    from evals.bench import FULL, QUICK, run
    from evals.bench_load import ServerFailedError
    from evals.bench_table import report

    settings = Settings()
    with told_plainly():
        try:
            found = run(settings, QUICK if quick else FULL, lambda message: errors.print(message, markup=False))
        except ServerFailedError as error:
            fail(str(error), 1)
    print(json.dumps(found.record(), indent=2) if as_json else report(found))
    errors.print(f"Figures: {settings.data_dir / 'benchmark' / 'benchmark.json'}", markup=False)
