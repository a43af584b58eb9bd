"""Passwords: which may be chosen, how they are kept, and how one is checked without telling whether there is an account."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import BadInputError

SHORTEST = 12
LONGEST = 256
FEWEST_LETTERS = 5
"""Different characters in a password: fewer are a key held down, or two in turn."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""One hash takes 64 MiB for a twentieth of a second: many at once would take all memory."""
_COMMON = frozenset(
    """
    password1234 password12345 password123456 passwordpassword password2024 password2025 password2026 mypassword123 mypassword1234 thisismypassword
    changeme1234 changemenow1 changemeplease letmeinplease letmein12345 letmein123456 iloveyou1234 iloveyouforever welcome12345 welcome123456 welcometowork
    qwertyuiop12 qwertyuiop123 qwertyuiopasdf qwertyuiop[] qwerty123456 qwerty1234567 1q2w3e4r5t6y 1qaz2wsx3edc zaq12wsxcde3 asdfghjkl123 zxcvbnm12345
    123456789012 1234567890123 12345678901234 123456789123 1234567891011 012345678910 0123456789012 098765432109 987654321098 112233445566 123123123123
    abcdefghijkl abcdefghijklm abc123456789 abcd12345678 administrator administrator1 administrator123 admin1234567 admin12345678 adminadminadmin
    football1234 liverpool1234 manchesterunited arsenal12345 chelsea12345 sunshine1234 princess1234 monkey123456 dragon123456 superman1234 trustno12345
    correcthorsebatterystaple helpdesk1234 helpline1234 publicservice publicservices publicservicemutual publicservicemutuals mutuals12345 secret123456
    """.split()
)
"""The commonest of this length, as written down by ourselves; compared in small letters."""


class Passwords:
    """Keeps passwords with argon2id, at the parameters its library recommends (RFC 9106, the second choice: 64 MiB, three passes)."""

    def __init__(self, hasher: PasswordHasher | None = None):
        self._hasher = hasher or PasswordHasher()
        self._nobodys = cache(lambda: self._hasher.hash("nobody has this one"))

    def hash(self, password: str) -> str:
        """What to keep."""
        with _AT_ONCE:
            return self._hasher.hash(_normal(password))

    def is_right(self, kept: str, password: str) -> bool:
        """Whether it is the password. The same work is done where nothing is kept, so that the time tells nothing."""
        with _AT_ONCE:
            try:
                return self._hasher.verify(kept or self._nobodys(), _normal(password)) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Whether it was kept with other parameters than today's, so that it is hashed anew when it is next known."""
        return self._hasher.check_needs_rehash(kept)


def check_password(password: str, email: str, name: str) -> None:
    """Raises BadInputError for one that is too easy to guess. What characters it is made of is nobody's business, as the NCSC advises."""
    normal = _normal(password)
    if len(normal) < SHORTEST:
        raise BadInputError("password", f"is shorter than {SHORTEST} characters. Three or four words that have nothing to do with each other do well.")
    if len(normal) > LONGEST:
        raise BadInputError("password", f"is longer than {LONGEST} characters. Choose a shorter one.")
    if _bare(normal) in {_bare(email), _bare(email.partition("@")[0]), _bare(name)}:
        raise BadInputError("password", "is your name or email address. Choose one that nobody could guess who knows you.")
    if normal.casefold() in _COMMON or len(set(normal)) < FEWEST_LETTERS:
        raise BadInputError("password", "is one of the first that anybody would try. Choose another.")


def _normal(password: str) -> str:
    """The same, however the keyboard wrote its accents."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
