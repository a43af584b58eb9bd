"""Which passwords may be chosen, and how one is checked."""

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInputError
from assistant.people.passwords import Passwords, check_password

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
SHORT = "is shorter than 12 characters. Three or four words that have nothing to do with each other do well."
LONG = "is longer than 256 characters. Choose a shorter one."
NAMED = "is your name or email address. Choose one that nobody could guess who knows you."
COMMON = "is one of the first that anybody would try. Choose another."


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", SHORT),
        ("elevenchars", SHORT),
        ("a" * 257, LONG),
        ("ada.byron@example.org", NAMED),
        ("Ada Augusta Byron", NAMED),
        ("ada-augusta.BYRON", NAMED),
        ("password1234", COMMON),
        ("PassWord1234", COMMON),
        ("aaaaaaaaaaaaaaaa", COMMON),
        ("abababababababab", COMMON),
        ("123456789012", COMMON),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, message: str) -> None:
    with pytest.raises(BadInputError) as refused:
        check_password(password, "ada.byron@example.org", "Ada Augusta Byron")
    assert (refused.value.field, refused.value.message) == ("password", message)


@pytest.mark.parametrize("password", ["four lighthouse pens", "alllowercase", "ÄÖÜ äöü ßßß 12", "长密码也可以用的对吗好的", " spaces count "])
def test_what_it_is_made_of_does_not_matter(password: str) -> None:
    check_password(password, "ada@example.org", "Ada")


def test_the_same_letters_written_otherwise_are_the_same_password() -> None:
    assert QUICK.is_right(QUICK.hash("caf\u00e9 lighthouse"), "cafe\u0301 lighthouse")


@pytest.mark.parametrize("kept", ["", "no hash at all", "$argon2id$v=19$m=64"])
def test_nothing_is_right_where_none_is_kept(kept: str) -> None:
    assert not QUICK.is_right(kept, "")
    assert not QUICK.is_right(kept, "nobody has this one")


@given(st.text(max_size=40))
def test_a_password_is_right_and_one_more_letter_is_not(password: str) -> None:
    kept = QUICK.hash(password)
    assert QUICK.is_right(kept, password)
    assert QUICK.is_right(kept, password + "x") is False


def test_the_libraries_own_parameters_are_used() -> None:
    kept = Passwords().hash("four lighthouse pens")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not Passwords().is_outdated(kept)
    assert Passwords().is_outdated(QUICK.hash("four lighthouse pens"))
