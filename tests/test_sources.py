"""Every source against its sample: read whole, and read as somebody reviewed it.

A source without a sample fails. The first run with a new sample writes what was read beside it and fails too: look at
the file, and keep it when it is right.
"""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from prospect_aggregate.prospects.record import COLUMNS, record_of
from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.kinds import Kind, check_bytes
from prospect_aggregate.scrapers.registry import ScraperRegistry

SAMPLES = Path(__file__).parent / "samples"
NOTHING_READ = ProspectDraft(native_id="")
EXTENSIONS = {Kind.JSON: "json", Kind.XLSX: "xlsx", Kind.CSV: "csv", Kind.XLS_HTML: "xls"}


def _all() -> list[Scraper]:
    registry = ScraperRegistry()
    registry.discover(sources)
    return [entry.run for entry in registry if isinstance(entry.run, Scraper)]


ALL = pytest.mark.parametrize("scraper", _all(), ids=lambda scraper: scraper.key)


def sample_of(scraper: Scraper) -> bytes:
    path = SAMPLES / f"{scraper.key}.{EXTENSIONS[scraper.kind]}"
    assert path.exists(), f"{scraper.key} has no sample: put a few made-up rows in its real layout at {path}"
    return path.read_bytes()


def drafts_of(scraper: Scraper) -> list[ProspectDraft]:
    table, layout = scraper.read(sample_of(scraper))
    plan = layout.plan(table, source=scraper.name)
    return [scraper.draft(Row(number, cells), plan) for number, cells in table.rows]


@ALL
def test_a_sample_is_read_as_reviewed(scraper: Scraper) -> None:
    read = [_shown(draft) for draft in drafts_of(scraper)]
    reviewed = SAMPLES / f"{scraper.key}.drafts.json"
    if not reviewed.exists():
        reviewed.write_bytes(orjson.dumps(read, option=orjson.OPT_INDENT_2, default=str))
        pytest.fail(f"{reviewed} was written: review it, then run again")
    assert orjson.loads(orjson.dumps(read, default=str)) == orjson.loads(reviewed.read_bytes())


def _shown(draft: ProspectDraft) -> dict[str, object]:
    """What was read, without the raw row, and without what was not."""
    values = dict(zip(COLUMNS, record_of(draft), strict=True))
    return {name: value for name, value in values.items() if name != "raw" and value not in (None, [], False)}


@ALL
def test_a_sample_is_what_it_claims(scraper: Scraper) -> None:
    check_bytes(sample_of(scraper), scraper.kind)


@ALL
def test_every_value_knows_the_heading_it_came_from(scraper: Scraper) -> None:
    for draft in drafts_of(scraper):
        read = [name for name in scraper.columns if getattr(draft, name) != getattr(NOTHING_READ, name)]
        assert all(set(draft.raw) & set(draft.origins[name]) for name in read)


@ALL
def test_no_sample_holds_a_persons_address(scraper: Scraper) -> None:
    contacts = [contact for draft in drafts_of(scraper) for contact in draft.contacts]
    assert all((contact.email or "@example.gov").endswith("@example.gov") for contact in contacts)


@ALL
def test_a_declaration_is_whole(scraper: Scraper) -> None:
    assert scraper.agency
    assert scraper.coverage
    assert scraper.address.startswith("https://")
    assert "native_id" in scraper.columns
    assert scraper.freshness_limit >= scraper.cadence >= timedelta(hours=1)


@ALL
def test_a_source_file_says_what_is_verified(scraper: Scraper) -> None:
    module = __import__(type(scraper).__module__, fromlist=["__doc__"])
    assert "erified" in (module.__doc__ or "")


@ALL
def test_a_source_is_named_in_its_own_file_only(scraper: Scraper) -> None:
    package = Path(sources.__file__).parents[2]
    strangers = [
        path.relative_to(package)
        for path in package.rglob("*.py")
        if f'"{scraper.key}"' in path.read_text(encoding="utf-8") and path.stem != scraper.key
    ]
    assert strangers == []
