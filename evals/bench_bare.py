"""The bare embedding model, timed in a process of its own: what every figure of the benchmarks is set beside.

python -m evals.bench_bare MODEL THREADS < questions.json
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence

from index.embedding import Embedder, SentenceEmbedder

WARM_UP = 10
"""Texts embedded before the first that is timed."""


def bare_milliseconds(texts: Sequence[str], model: str, threads: int) -> list[float]:
    """The time of embedding each text alone, in milliseconds, in a new process that holds the model and nothing else."""
    command = [sys.executable, "-m", "evals.bench_bare", model, str(threads)]
    ended = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, check=True)
    times: list[float] = json.loads(ended.stdout.splitlines()[-1])
    return times


def bare_rate(texts: Sequence[str], embedder: Embedder) -> float:
    """Texts embedded per second when the model is given all of them at once."""
    start = time.perf_counter()
    embedder.encode(texts)
    return len(texts) / (time.perf_counter() - start)


def use_threads(threads: int) -> None:
    """Give the model so many threads, as the server does by its setting; 0 leaves it to the library."""
    if threads:
        import torch

        torch.set_num_threads(threads)


def main() -> None:
    """Read texts from standard input, write the milliseconds of each to standard output, both as JSON."""
    model, threads = sys.argv[1:]
    use_threads(int(threads))
    embedder = SentenceEmbedder(model)
    texts = json.load(sys.stdin)
    for text in texts[:WARM_UP]:
        embedder.encode([text])
    times = []
    for text in texts:
        start = time.perf_counter()
        embedder.encode([text])
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
