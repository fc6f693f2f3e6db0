"""From a prospect back to the row it was read from: sheet, row and cells of the file that is kept."""

from collections.abc import Iterator
from itertools import islice

from django.core.cache import cache

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Artifact
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.sift import items_of_rows
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.scrapers.cells import RowPlace, place_of
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.reader_version import reader_version
from prospect_aggregate.scrapers.registry import scraper_registry

REMEMBERED = 3600  # seconds; who asks for one value of a row asks for others of it


class UntracedError(LookupError):
    """The row cannot be shown in its file; the message says why, and nothing is shown in its place."""


def row_of(prospect: Prospect) -> RowPlace:
    """Where it stands in the file of the run that last wrote it. Raises UntracedError.

    The file is read again, since that is always true of the file that can be downloaded; nothing is kept for it.
    """
    artifact = prospect.last_run.artifact
    if artifact is None:
        raise UntracedError("a program made this row; no file was kept of it")
    turn = _turn(prospect)
    key = f"row-place:{reader_version()}:{artifact.sha256}:{bytes(prospect.digest).hex()}:{turn}"
    known: RowPlace | None = cache.get(key)
    if known is None:
        known = _found(prospect, artifact, turn)
        cache.set(key, known, REMEMBERED)
    return known


def _turn(prospect: Prospect) -> int:
    """Which one of several rows that are alike to the letter it is: the first came first."""
    alike = Prospect.objects.filter(source=prospect.source_id, digest=bytes(prospect.digest))
    return alike.filter(pk__lt=prospect.pk).count()


def _found(prospect: Prospect, artifact: Artifact, turn: int) -> RowPlace:
    scraper = _scraper(prospect.source.key)
    try:
        body = archive.body_of(artifact)
        places = list(islice(_places(scraper, body, bytes(prospect.digest)), turn + 1))
    except (OSError, ValueError) as error:
        raise UntracedError(f"the archive has no such file any more ({error})") from error
    except ScraperError as error:
        raise UntracedError(f"the file cannot be read today ({error})") from error
    if not places:
        raise UntracedError(
            "the row is not in its file as it is read today; it was read by an earlier version"
        )
    return places[-1]


def _scraper(key: str) -> Scraper:
    try:
        scraper = scraper_registry.get_scraper(key)
    except UnknownNameError as error:
        raise UntracedError(f"no scraper of this version reads {key} ({error})") from error
    if not isinstance(scraper, Scraper):
        raise UntracedError("a program made this row; it was read from no file")
    return scraper


def _places(scraper: Scraper, body: bytes, digest: bytes) -> Iterator[RowPlace]:
    """Those rows of an edition, in its order, that are this one to the letter."""
    table, layout = scraper.read(body)
    plan = layout.plan(table, source=scraper.name)
    rows = (Row(number, cells) for number, cells in table.rows)
    for item in items_of_rows(rows, plan, scraper.draft):
        if item.digest == digest:
            yield place_of(table, body, layout.kind, item.number, item.raw())
