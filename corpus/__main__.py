"""`python -m corpus`: read the whole library and print every fault."""

import sys

from corpus.library import inspect_library


def main() -> int:
    library, faults = inspect_library()
    for fault in sorted(faults):
        print(fault)
    sections = list(library.sections())
    sentences = sum(len(section.sentences) for section in sections)
    print(f"{len(library.sources)} sources, {len(library.notes)} notes, {len(sections)} sections, {sentences} sentences, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
