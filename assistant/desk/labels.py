"""The desk's vocabularies in words."""

from assistant.desk.words import CaseStatus, Channel, OrganisationType, Region

REGION_WORDS: dict[Region, str] = {
    "north_east": "North East",
    "north_west": "North West",
    "yorkshire_and_the_humber": "Yorkshire and the Humber",
    "east_midlands": "East Midlands",
    "west_midlands": "West Midlands",
    "east_of_england": "East of England",
    "london": "London",
    "south_east": "South East",
    "south_west": "South West",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}
ORGANISATION_WORDS: dict[OrganisationType, str] = {
    "council": "Council",
    "nhs_trust": "NHS trust",
    "academy_trust": "Academy trust",
    "school": "School",
    "college": "College",
    "police_force": "Police force",
    "fire_authority": "Fire authority",
    "probation_service": "Probation service",
    "housing_association": "Housing association",
    "government_department": "Government department",
    "agency": "Agency",
    "integrated_care_board": "Integrated care board",
    "mutual": "Mutual",
    "other": "Other",
}
CHANNEL_WORDS: dict[Channel, str] = {"email": "Email", "phone": "Phone", "letter": "Letter"}
STATUS_WORDS: dict[CaseStatus, str] = {
    "new": "New",
    "drafted": "Drafted",
    "submitted": "Waiting for approval",
    "returned": "Returned",
    "approved": "Approved",
    "sent": "Sent",
    "closed": "Closed",
}
