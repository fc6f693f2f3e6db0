"""Secrets in addresses: a token for the one who gets the link, its digest for the database."""

import secrets
from hashlib import sha256


def fresh() -> tuple[str, str]:
    """Token and digest. Who reads the database cannot use what stands there."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
