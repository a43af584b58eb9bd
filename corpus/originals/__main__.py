"""`python -m corpus.originals FILE...`: show the outline of originals as the readers see them."""

import argparse
import re
import sys
from pathlib import Path

from corpus.originals.reading import read_originals


def main() -> int:
    """Print each file's outline and counts; the exit code is 1 where a file could not be read."""
    parser = argparse.ArgumentParser(prog="python -m corpus.originals", description="Show the outline of originals as the readers see them.")
    parser.add_argument("files", nargs="+", type=Path)
    found, failures = read_originals(parser.parse_args().files)
    for path, sections in found.items():
        numbers = {match[1] for section in sections if (match := re.fullmatch(r"Recommendation (\d+)", section.locator))}
        for section in sections:
            page = f" (p. {section.page})" if section.page else ""
            print(f"  {section.locator}{page}: {len(section.sentences)} sentences")
        print(f"{path}: {len(sections)} sections, {len(numbers)} recommendations")
    for failure in failures:
        print(f"skipped: {failure}", file=sys.stderr)
    print(f"{len(found)} read, {len(failures)} skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
