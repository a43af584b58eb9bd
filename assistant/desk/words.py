"""The controlled vocabularies of the desk."""

from typing import Literal

Channel = Literal["email", "phone", "letter"]

Region = Literal[
    "north_east",
    "north_west",
    "yorkshire_and_the_humber",
    "east_midlands",
    "west_midlands",
    "east_of_england",
    "london",
    "south_east",
    "south_west",
    "wales",
    "scotland",
    "northern_ireland",
]
"""The nine regions of England, and the other nations."""

OrganisationType = Literal[
    "council",
    "nhs_trust",
    "academy_trust",
    "school",
    "college",
    "police_force",
    "fire_authority",
    "probation_service",
    "housing_association",
    "government_department",
    "agency",
    "integrated_care_board",
    "mutual",
    "other",
]
"""What `assistant/recognising.py` tells as an employer, and mutuals that exist already."""

CaseStatus = Literal["new", "drafted", "submitted", "returned", "approved", "sent", "closed"]
"""Where a case stands: that of its reply, `new` before there is one and `closed` once nothing is to be done."""

DraftState = Literal["draft", "submitted", "returned", "approved", "sent"]
"""draft → submitted → approved or returned → sent. A change to an approved text makes it a draft again."""

ProspectStage = Literal["idea", "exploring", "business_case", "approval", "procurement", "transfer", "live", "stopped"]
"""How far a potential mutual has come."""
