"""Secrets that are shown once: how they are made, and what is kept of them."""

import secrets
from hashlib import sha256


def fresh(prefix: str = "") -> str:
    """256 bits that nobody guesses."""
    return prefix + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept. Of a random secret of this length a plain digest tells nothing."""
    return sha256(secret.encode()).hexdigest()
