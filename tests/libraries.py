"""A small, sound library for tests to write to disk and to change."""

from pathlib import Path
from textwrap import dedent

SOURCES = """
- id: report-2012
  title: The Report of 2012
  publisher: The Taskforce
  published: 2012-06
  kind: report
  authority: independent_report
  extent: England
  url: https://example.org/report
  standing: historic
  in_force_from: 2012-06
  checked_on: 2026-11-22
  sectors: [all]
  audiences: [staff]
  topics: [recommendations]
- id: old-regulations
  title: The Old Regulations 2010
  publisher: The Stationery Office
  published: 2010
  kind: statutory_instrument
  authority: statute
  extent: England and Wales
  url: https://example.org/old
  standing: superseded
  in_force_from: 2010-04-01
  in_force_to: 2020-03-31
  superseded_by: [new-act]
  checked_on: 2026-11-22
  sectors: [youth]
  audiences: [staff, commissioners]
  topics: [procurement]
- id: new-act
  title: The New Act 2020
  publisher: The Stationery Office
  published: 2020-01-15
  kind: act
  authority: statute
  extent: England and Wales
  url: https://example.org/new
  standing: in_force
  in_force_from: 2020-04-01
  checked_on: 2026-11-22
  sectors: [all]
  audiences: [staff, commissioners]
  topics: [procurement]
"""

NOTE = """
---
id: small-note
title: A small note
topics: [recommendations]
sectors: [all]
audiences: [staff]
---

## A clear route for staff

```yaml
id: recommendation-2
source: report-2012
locator: Recommendation 2
asks:
  - What should the route contain?
  - Who can we go to if our employer refuses?
  - Is there an appeal?
```

The Taskforce recommended in 2012 that each department should set out a clear route for staff by April 2013.
The Taskforce recommended that the route should contain two things:

- (i) The Taskforce recommended that the route should tell staff how to use their right.
- (ii) The Taskforce recommended that the route should name a person to whom staff can appeal.

## Reserved contracts before 2020

```yaml
id: reserved-before
source: old-regulations
locator: reg. 77(3)
sectors: [youth]
asks:
  - How long could a reserved contract last under the old regulations?
  - Could contracts be kept for mutuals before 2020?
  - What did regulation 77 say about length?
```

Under the Old Regulations 2010 a reserved contract could last no longer than three years.

## Reserved contracts now

```yaml
id: reserved-now
source: new-act
locator: s. 33
asks:
  - How long can a reserved contract last now?
  - What does section 33 allow?
  - Can contracts be kept for mutuals?
```

Since 1 April 2020 the New Act has allowed a contract to be reserved for a mutual for up to five years.
A buyer must not reserve a contract for longer than five years under the New Act.
"""

GLOSSARY = """
- term: spin out
  meaning: To leave the public sector and carry on the service.
  also: [spinout]
  everyday: [go it alone]
"""

TIMELINE = """
- id: regulations-to-act
  day: 2020-04-01
  before: the Old Regulations
  after: the New Act
  services: reserved contracts
  extent: England and Wales
  sectors: [all]
  names: [Old Regulations]
  replaces: [old-regulations]
  by: [new-act]
  told_in: [small-note.reserved-now]
  now: [small-note.reserved-now]
- id: route-closed
  day: 2013-04
  before: the youth route
  services: youth services
  extent: England
  sectors: [youth]
  replaces: [report-2012]
  told_in: [small-note.recommendation-2]
"""

ORIGINAL = """
# The Report of 2012

## Introduction

Staff asked for a clear route out.

## Recommendation 2

Each department should publish a route for its staff by April 2013. The route should say:

- how staff may use their right; and
- to whom an appeal may be made.
"""


def write_small_library(root: Path) -> Path:
    """A library of three sources and one note under `root`."""
    (root / "sources").mkdir(parents=True)
    (root / "notes" / "taskforce").mkdir(parents=True)
    (root / "sources" / "all.yaml").write_text(dedent(SOURCES).lstrip(), encoding="utf-8")
    (root / "notes" / "taskforce" / "small.md").write_text(dedent(NOTE).lstrip(), encoding="utf-8")
    (root / "glossary.yaml").write_text(dedent(GLOSSARY).lstrip(), encoding="utf-8")
    return root


def write_dated_library(root: Path) -> Path:
    """The small library with a timeline of two changes."""
    write_small_library(root)
    (root / "timeline.yaml").write_text(dedent(TIMELINE).lstrip(), encoding="utf-8")
    return root


def write_original(path: Path) -> Path:
    """The publisher's own text of the report, as a file to put on a shelf."""
    path.write_text(dedent(ORIGINAL).lstrip(), encoding="utf-8")
    return path
