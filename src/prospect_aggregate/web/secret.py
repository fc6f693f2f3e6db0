"""The key that sessions are signed with, made once per home."""

import os
import secrets
from pathlib import Path


def ensure_secret_key(home: Path) -> None:
    """Make `<home>/secret.key`, readable by its owner only, unless it is there. Call it before settings are read."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(home / "secret.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
