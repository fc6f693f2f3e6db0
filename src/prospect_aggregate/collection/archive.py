"""Bytes kept under their SHA-256, before anyone parses them."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from prospect_aggregate.collection.models import Artifact, Source
from prospect_aggregate.scrapers.fetch import Fetched


def keep(source: Source, fetched: Fetched) -> Artifact:
    """The artifact of these bytes, on disk first, then on record; the same bytes are the same artifact."""
    sha256 = hashlib.sha256(fetched.body).hexdigest()
    _write_once(path_of(sha256), fetched.body)
    artifact, _ = Artifact.objects.update_or_create(
        source=source,
        sha256=sha256,
        defaults={"etag": fetched.etag or "", "last_modified": fetched.last_modified or ""},
        create_defaults=_facts(fetched),
    )
    return artifact


def keep_file(source: Source, path: Path, *, now: datetime) -> Artifact:
    """A file that a person downloaded, kept like any other bytes."""
    body = path.read_bytes()
    return keep(
        source,
        Fetched(
            body=body,
            url="",
            final_url="",
            status=0,
            media_type=None,
            etag=None,
            last_modified=None,
            filename=path.name,
            fetched_at=now,
        ),
    )


def _facts(fetched: Fetched) -> dict[str, object]:
    return {
        "size": len(fetched.body),
        "media_type": fetched.media_type or "",
        "url": fetched.final_url,
        "filename": fetched.filename or "",
        "etag": fetched.etag or "",
        "last_modified": fetched.last_modified or "",
        "fetched_at": fetched.fetched_at,
    }


def body_of(artifact: Artifact) -> bytes:
    """Raises FileNotFoundError when the archive lost the file, ValueError when its bytes are others than kept."""
    body = path_of(artifact.sha256).read_bytes()
    if hashlib.sha256(body).hexdigest() != artifact.sha256:
        raise ValueError(f"archive: {path_of(artifact.sha256)} does not hold the bytes its name says")
    return body


def path_of(sha256: str) -> Path:
    root: Path = settings.HOME
    return root / "archive" / sha256[:2] / sha256


def _write_once(path: Path, body: bytes) -> None:
    """Whole or not at all: a crash leaves a temporary file, never half an artifact."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
