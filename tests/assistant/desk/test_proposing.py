import pytest

from assistant.answers import Scope
from assistant.desk.case_views import Proposed
from assistant.desk.proposing import proposed
from assistant.errors import BadInputError


def test_an_empty_enquiry_is_refused() -> None:
    with pytest.raises(BadInputError):
        proposed(" ")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What is a mutual?", Proposed()),
        (
            "We are a library service at Kent County Council and are thinking of leaving.",
            Proposed(sector="libraries", region="south_east", nation="england", organisation_type="council", stage="pre_spin_out"),
        ),
        ("We work in Leeds and in Manchester.", Proposed()),
        ("We are based in North East Lincolnshire.", Proposed(region="yorkshire_and_the_humber", nation="england")),
    ],
)
def test_only_what_the_words_tell_is_proposed(text: str, wanted: Proposed) -> None:
    assert proposed(text) == wanted


def test_what_is_given_goes_before_what_is_told() -> None:
    assert proposed("We are a library service.", Scope(sector="youth", nation="wales")) == Proposed(sector="youth", region="wales", nation="wales")
