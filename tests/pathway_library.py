"""The small dated library with a pathway of two stages, for tests to write to disk."""

from pathlib import Path
from textwrap import dedent

from libraries import write_dated_library

ROUTE = "The Taskforce recommended in 2012 that each department should set out a clear route for staff by April 2013."
THREE = "Under the Old Regulations 2010 a reserved contract could last no longer than three years."
FIVE = "Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years."
LONGEST = "A buyer must not reserve a contract for longer than five years under the New Act."

PATHWAYS = f"""
- id: exploring
  title: Exploring
  plain: You find out what there is.
  stage: pre_spin_out
  steps:
    - id: find-the-route
      title: Find the route
      ask: What should the route contain?
      parts:
        what:
          - passage: small-note.recommendation-2
            text: "{ROUTE}"
        who:
          - passage: small-note.recommendation-2
            text: "{ROUTE}"
            sectors: [youth, libraries]
- id: contract
  title: The contract
  plain: You agree the contract.
  stage: spinning_out
  steps:
    - id: length
      title: Know how long it may last
      ask: How long can a reserved contract last now?
      parts:
        what:
          - passage: small-note.reserved-before
            text: "{THREE}"
          - passage: small-note.reserved-now
            text: "{FIVE}"
        blocks:
          - passage: small-note.reserved-before
            text: "{THREE}"
    - id: longest
      title: Know the longest
      sectors: [youth]
      ask: Can contracts be kept for mutuals?
      parts:
        prepare:
          - passage: small-note.reserved-now
            text: "{LONGEST}"
"""


def write_pathway_library(root: Path) -> Path:
    """The small dated library with the pathway."""
    write_dated_library(root)
    (root / "pathways.yaml").write_text(dedent(PATHWAYS).lstrip(), encoding="utf-8")
    return root
