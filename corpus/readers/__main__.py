"""`python -m corpus.readers FILE...`: what the readers make of each file, and which files cannot be read."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.readers.cutting import Original
from corpus.readers.originals import cut_original
from corpus.readers.unreadable import UnreadableOriginalError


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each file's counts and outline. The exit code is 1 if any file could not be read."""
    parser = argparse.ArgumentParser(prog="python -m corpus.readers", description="Show what the readers make of original documents.")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a .pdf, .docx, .html, .txt or .md file")
    failed = 0
    for path in parser.parse_args(arguments).files:
        try:
            original = cut_original(path, path.stem)
        except UnreadableOriginalError as error:
            failed += 1
            sys.stderr.write(f"{error}\n")
            continue
        sys.stdout.write("".join(f"{line}\n" for line in report(path, original)))
    if failed:
        sys.stderr.write(f"{_counted(failed, 'file')} could not be read\n")
    return 1 if failed else 0


def report(path: Path, original: Original) -> Iterator[str]:
    """The counts of one file on a line, then its outline, indented by depth."""
    recommendations = {section.heading_path[-1] for section in original.sections if section.heading_path[-1].startswith("Recommendation ")}
    counts = [
        "no pages" if original.page_count is None else _counted(original.page_count, "page"),
        _counted(len(original.sections), "section"),
        _counted(sum(len(section.sentences) for section in original.sections), "sentence"),
        _counted(len(recommendations), "recommendation"),
    ]
    yield f"{path}: {', '.join(counts)}"
    above: tuple[str, ...] = ()
    for section in original.sections:
        headings = section.heading_path[1:] or (section.locator,)
        for depth, heading in enumerate(headings):
            if headings[: depth + 1] != above[: depth + 1]:
                page = f" (p. {section.page})" if section.page and depth == len(headings) - 1 else ""
                yield f"{'  ' * (depth + 1)}{heading}{page}"
        above = headings


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
