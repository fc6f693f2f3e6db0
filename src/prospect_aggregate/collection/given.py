"""Files that people downloaded: looked at from outside, kept, and read by a run of their own."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from prospect_aggregate.collection import archive, runs
from prospect_aggregate.collection.models import Artifact, Run, Source
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.fetch import MOST_BYTES
from prospect_aggregate.scrapers.registry import Registered

LONGEST_NAME = Artifact._meta.get_field("filename").max_length


class UnfitFileError(ValueError):
    """Nothing was asked for; the message says what to do instead."""


def receive(
    registered: Registered,
    stream: BinaryIO,
    *,
    filename: str,
    size: int,
    reason: str,
    now: datetime,
    observed_at: datetime | None = None,
    force: bool = False,
) -> Run:
    """The run that reads this file instead of fetching. The same reason and bytes again are the same run.

    Raises UnfitFileError for a file that nobody could read, OutOfOrderError for one of an older edition.
    """
    name = plain_name(filename)
    _check(registered, name, size)
    source = Source.objects.of(registered)
    given = archive.keep_stream(source, stream, filename=name, now=now)
    with transaction.atomic():
        return runs.request(
            source,
            reason=f"{reason} {given.sha256[:12]}",
            trigger=Run.Trigger.PERSON,
            force=force,
            given=given,
            observed_at=observed_at,
        )


def _check(registered: Registered, name: str, size: int) -> None:
    if not isinstance(registered.run, Scraper):
        raise UnfitFileError(f"{registered.name} is collected by a function, which reads no files")
    if size == 0:
        raise UnfitFileError(f"{name} is empty; download it again")
    if size > MOST_BYTES:
        limit = f"{MOST_BYTES / 2**20:.0f} MB"
        raise UnfitFileError(f"{name} has {size / 2**20:,.1f} MB; a list of up to {limit} is read")


def plain_name(filename: str) -> str:
    """What a person called the file, without folders and unprintable signs."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable()).strip()[:LONGEST_NAME] or "the file"


def same_before(run: Run) -> Run | None:
    """The newest other run of the source that read the same bytes to a good end."""
    others = Run.objects.good().filter(source=run.source_id, artifact=run.given_id)
    return others.exclude(pk=run.pk).order_by("-finished_at").first()
