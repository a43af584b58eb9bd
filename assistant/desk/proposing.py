"""What an enquiry's own words propose for its case: service, region, nation, type of organisation, stage. Nothing is guessed."""

import re
from functools import cache
from pathlib import Path
from typing import cast

from assistant.answers import Nation, Scope
from assistant.desk.case_views import Proposed
from assistant.desk.enquiries import read_enquiry
from assistant.desk.words import OrganisationType, Region
from assistant.phrases import Phrases
from assistant.recognising import recognise

_OF_NATION: dict[Nation, Region] = {"wales": "wales", "scotland": "scotland", "northern_ireland": "northern_ireland"}


def proposed(enquiry: str, scope: Scope | None = None) -> Proposed:
    """What the newest message tells; `scope` goes before it. A region is told by its name or by a county or city in it, where no other is named.

    Raises BadInputError as `read_enquiry` does.
    """
    scope = scope or Scope()
    message = read_enquiry(enquiry).message
    told = recognise(message)
    nation = scope.nation or told.nation
    region = _OF_NATION.get(nation) if nation else None
    if region is None:
        region = _region(message)
        nation = nation or ("england" if region else None)
    mutual = told.employer is None and (scope.stage or told.stage) == "sustainability_and_growth"
    return Proposed(
        sector=scope.sector or told.sector,
        region=region,
        nation=nation,
        organisation_type="mutual" if mutual else cast(OrganisationType | None, told.employer),
        stage=scope.stage or told.stage,
    )


def _region(message: str) -> Region | None:
    """The one region that a message names. A longer name goes before a shorter one in it: `North East Lincolnshire` is not in the North East."""
    text = message.lower().replace("’", "'")
    found = [(match.start(), match.end(), name) for name, pattern in _regions() for match in pattern.finditer(text)]
    whole = [
        one for one in found if not any(other != one and other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0] for other in found)
    ]
    names = {name for _, _, name in whole}
    return cast(Region, next(iter(names))) if len(names) == 1 else None


@cache
def _regions() -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    return Phrases(Path(__file__).parent / "region_words.yaml").whole_words("regions")
