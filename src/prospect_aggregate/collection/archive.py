"""Bytes kept under their SHA-256, before anyone parses them."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from prospect_aggregate.collection.models import Artifact, Source
from prospect_aggregate.scrapers.fetch import Fetched

_DIGEST = re.compile("[0-9a-f]{64}")
PIECE = 2**20  # bytes; a person's file is never in memory as a whole while it is kept


def keep(source: Source, fetched: Fetched) -> Artifact:
    """The artifact of these bytes, on disk first, then on record; the same bytes are the same artifact."""
    sha256 = hashlib.sha256(fetched.body).hexdigest()
    if not path_of(sha256).exists():
        _write([fetched.body])
    artifact, _ = Artifact.objects.update_or_create(
        source=source,
        sha256=sha256,
        defaults={"etag": fetched.etag or "", "last_modified": fetched.last_modified or ""},
        create_defaults=_facts(fetched),
    )
    return artifact


def keep_file(source: Source, path: Path, *, now: datetime) -> Artifact:
    """A file that a person downloaded, kept like any other bytes."""
    with path.open("rb") as stream:
        return keep_stream(source, stream, filename=path.name, now=now)


def keep_stream(source: Source, stream: BinaryIO, *, filename: str, now: datetime) -> Artifact:
    """The same for one that is not a file of ours; its name is a word to show, never a place."""
    sha256, size = _kept_already(stream) or _write(_pieces(stream))
    artifact, _ = Artifact.objects.get_or_create(
        source=source,
        sha256=sha256,
        defaults={"size": size, "filename": filename, "fetched_at": now},
    )
    return artifact


def _kept_already(stream: BinaryIO) -> tuple[str, int] | None:
    """Digest and length of what is kept: most lists come again as they were, and are only read. None for all others."""
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # reading is all it asks
    if path_of(sha256).exists():
        return sha256, stream.tell()
    stream.seek(0)
    return None


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


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
    """Inside the archive, whatever the record says. Raises ValueError for what is no digest."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError(f"archive: {sha256!r} is no SHA-256")
    return _root() / sha256[:2] / sha256


def is_writable() -> bool:
    """Whether bytes could be kept now; a folder that is not there yet is made by the first ones."""
    folder = _root() if _root().exists() else _root().parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _root() -> Path:
    home: Path = settings.HOME
    return home / "archive"


def _write(pieces: Iterable[bytes]) -> tuple[str, int]:
    """Their digest and length. Whole or not at all: a crash leaves a temporary file, never half an artifact."""
    _root().mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=_root(), prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            sha256, size = _copy(pieces, file)
            if path_of(sha256).exists():
                return sha256, size
            os.fsync(file.fileno())
        path_of(sha256).parent.mkdir(exist_ok=True)
        Path(temporary).replace(path_of(sha256))
    finally:
        Path(temporary).unlink(missing_ok=True)
    return sha256, size


def _copy(pieces: Iterable[bytes], file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += file.write(piece)
    file.flush()
    return digest.hexdigest(), size
