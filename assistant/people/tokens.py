"""Secrets that are given out once: made from the operating system's random bytes, kept as what they hash to."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """43 url-safe characters: 32 random bytes, which cannot be guessed."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """SHA-256 in hex. A plain digest is enough for what is random throughout; passwords are not, and are kept otherwise."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
