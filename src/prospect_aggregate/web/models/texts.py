"""Texts that people type, as a database can keep them."""


def storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and halves of letters, which are none."""
    return text.replace("\x00", "").encode(errors="ignore").decode()
