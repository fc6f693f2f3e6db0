"""What stood before a replay was applied, as one file for the archive: nothing is lost."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.ingest import LEDGER
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.replay.compare import COLUMNS, READ_AS, RUNS, Difference, edition_facts
from prospect_aggregate.scrapers.fetch import Fetched

Object = dict[str, Any]


def former_of(source: Source, difference: Difference, *, now: datetime) -> Fetched:
    """The whole ledger, and every prospect and reading that differs, as they stand now."""
    rewritten = [pair.kept for pair in difference.differing]
    former = {
        "source": source.key,
        "at": now,
        "changes": list(_ledger(source)),
        "prospects": [_prospect(each) for each in (*rewritten, *difference.gone)],
        "runs": [_run(reread.kept) for reread in difference.rereads],
    }
    return Fetched(
        body=orjson.dumps(former, default=_plain, option=orjson.OPT_INDENT_2),
        url="",
        final_url="",
        status=0,
        media_type="application/json",
        etag=None,
        last_modified=None,
        filename=f"replay-{source.key}-{now:%Y-%m-%d}.json",
        fetched_at=now,
    )


def _ledger(source: Source) -> Iterator[Object]:
    kept = Change.objects.filter(prospect__source=source).order_by("pk")
    yield from kept.values("pk", "prospect__native_id", *LEDGER).iterator(chunk_size=2000)


def _prospect(prospect: Prospect) -> Object:
    return {column: getattr(prospect, column) for column in ("pk", *COLUMNS, *RUNS)}


def _run(run: Run) -> Object:
    return {
        "pk": run.pk,
        **{name: getattr(run, name) for name in READ_AS},
        "edition": edition_facts(run),
    }


def _plain(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
