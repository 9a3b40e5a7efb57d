"""Passwords: argon2id, and the same work for a person who does not exist."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))


def hash_password(password: str) -> str:
    """The argon2id hash to store; parameters and salt travel inside.

    >>> hash_password("x").startswith("$argon2id$")
    True
    """
    return _HASHER.hash(password)


def password_fits(stored_hash: str | None, password: str) -> bool:
    """Whether the password is the one of this hash; with no hash (unknown person) the same work, then no.

    >>> password_fits(hash_password("گل سرخ"), "گل سرخ"), password_fits(hash_password("a"), "b")
    (True, False)
    >>> password_fits(None, "anything")
    False
    """
    try:
        fits = _HASHER.verify(stored_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and stored_hash is not None
