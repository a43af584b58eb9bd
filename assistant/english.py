"""The words of English that hold its sentences together, and the verbs people use most: what is none of them is likely a name or a thing."""

AUXILIARIES = frozenset(
    (
        "is are was were am be been do does did has have had can could may might must shall should will would isn't aren't wasn't weren't don't doesn't "
        "didn't hasn't haven't hadn't can't couldn't mustn't shouldn't won't wouldn't who's what's whats where's when's how's it's that's there's they're"
    ).split()
)
PREPOSITIONS = frozenset(
    ("in on at for of to by from with under about after before since until into within over against between without through as like").split()
)
ASKING = frozenset(("who whom whose what which when where why how who's what's whats where's when's how's").split())
DETERMINERS = frozenset(("the a an this that these those my our your its their his her any some each every no both all another other").split())
PRONOUNS = frozenset(
    (
        "i me my mine we us our ours you your it its they them their theirs he him his she her one ones this that these those there here itself themselves"
    ).split()
)
JOINING = frozenset(("and or but so if when once because that who which while where after before until unless since although than").split())
FUNCTION = (
    AUXILIARIES
    | PREPOSITIONS
    | ASKING
    | DETERMINERS
    | PRONOUNS
    | JOINING
    | frozenset("not too also still now then ever just only please there something anything nothing everything".split())
)
VERBS = frozenset(
    (
        "stay stays keeps get gets getting got give gives gave take took make made keep kept let put set say said tell told go goes went come came run ran "
        "runs work works pay pays paid buy bought sell sold ask asks asked use used need needs want wants see sees saw happen happened happens allow allows "
        "hit hits become became change changed changes start started begin began end ended stop stopped close closed apply applies applied cover covers "
        "covered count counts own owns owned lose lost win won join joined leave left move moved transfer transferred protect protected choose pick picked "
        "mean means find found know known think regulate regulates register registers follow followed offer offered help helped look call called refuse "
        "refuses refused consider considers considered replace replaced withdraw withdrawn expect expected form formed create created launch launched "
        "publish published write wrote written hold held last lasts qualify qualified require required report promise promised recommend recommended spin "
        "spun outsource outsourced reserve reserved extend bite bites shut carry reclaim recover charge receive received gone done seen given taken exactly "
        "really actually"
    ).split()
)
"""Common verbs, with which no noun phrase begins."""
_THINGS_TOO = frozenset(
    (
        "change changes report reports need needs use help work works cover end start offer form forms charge call plan cost order claim count move "
        "transfer hold"
    ).split()
)
ONLY_VERBS = VERBS - _THINGS_TOO
"""Those that are no nouns as well: none of them stands in a noun phrase at all."""
