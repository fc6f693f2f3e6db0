"""Every source against its samples: read whole, and read as somebody reviewed it.

`<key>.<ext>` is a sample of what the endpoint gives, `<key>.<a word>.<ext>` one of another layout or edition. A
layout without a sample fails. A run with a new sample writes what was read beside it, as `….drafts.proposed.json`, and
fails until somebody has looked at that file and calls it `….drafts.json`.
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
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import ScraperRegistry

SAMPLES = Path(__file__).parent / "samples"
NOTHING_READ = ProspectDraft(native_id="")
WORDS_OF_OURS = {"state"}
"""Keys that are a field's name too."""
EXTENSIONS = {Kind.JSON: "json", Kind.XLSX: "xlsx", Kind.CSV: "csv", Kind.XLS_HTML: "xls"}


def _all() -> list[Scraper]:
    registry = ScraperRegistry()
    registry.discover(sources)
    return [entry.run for entry in registry if isinstance(entry.run, Scraper)]


def _samples(scraper: Scraper) -> list[Path]:
    return [path for path in sorted(SAMPLES.glob(f"{scraper.key}.*")) if ".drafts." not in path.name]


ALL = pytest.mark.parametrize("scraper", _all(), ids=lambda scraper: scraper.key)
SAMPLED = pytest.mark.parametrize(
    ("scraper", "sample"),
    [pytest.param(scraper, path, id=path.name) for scraper in _all() for path in _samples(scraper)],
)


def read_of(scraper: Scraper, sample: Path) -> tuple[list[ProspectDraft], Layout]:
    table, layout = scraper.read(sample.read_bytes())
    plan = layout.plan(table, source=scraper.name)
    return [scraper.draft(Row(number, cells), plan) for number, cells in table.rows], layout


@ALL
def test_every_layout_has_a_sample(scraper: Scraper) -> None:
    endpoint = SAMPLES / f"{scraper.key}.{EXTENSIONS[scraper.kind]}"
    assert endpoint.exists(), f"{scraper.key}: put a few made-up rows in its real layout at {endpoint}"
    sampled = [read_of(scraper, path)[1] for path in _samples(scraper)]
    missing = [layout.kind for layout in scraper.layouts() if layout not in sampled]
    assert missing == [], (
        f"{scraper.key}: these layouts have no sample; put one at {scraper.key}.by_hand.<ext>"
    )


@SAMPLED
def test_a_sample_is_read_as_reviewed(scraper: Scraper, sample: Path) -> None:
    read = [_shown(draft) for draft in read_of(scraper, sample)[0]]
    reviewed = sample.with_suffix(".drafts.json")
    if not reviewed.exists():
        proposed = sample.with_suffix(".drafts.proposed.json")
        proposed.write_bytes(orjson.dumps(read, option=orjson.OPT_INDENT_2, default=str))
        pytest.fail(f"{proposed} is what was read: look at it, and call it {reviewed.name} when it is right")
    assert orjson.loads(orjson.dumps(read, default=str)) == orjson.loads(reviewed.read_bytes())


def _shown(draft: ProspectDraft) -> dict[str, object]:
    """What was read, without the raw row, and without what was not."""
    values = dict(zip(COLUMNS, record_of(draft), strict=True))
    return {name: value for name, value in values.items() if name != "raw" and value not in (None, [], False)}


@SAMPLED
def test_a_sample_is_what_it_claims(scraper: Scraper, sample: Path) -> None:
    check_bytes(sample.read_bytes(), read_of(scraper, sample)[1].kind)


@SAMPLED
def test_every_value_knows_the_heading_it_came_from(scraper: Scraper, sample: Path) -> None:
    drafts, layout = read_of(scraper, sample)
    for draft in drafts:
        derived = {"title"} if draft.title_derived else set()
        fields = layout.fields().keys() - derived
        read = [name for name in fields if getattr(draft, name) != getattr(NOTHING_READ, name)]
        assert all(set(draft.raw) & set(draft.origins[name]) for name in read)


@SAMPLED
def test_no_sample_holds_a_persons_address(scraper: Scraper, sample: Path) -> None:
    contacts = [contact for draft in read_of(scraper, sample)[0] for contact in draft.contacts]
    assert all((contact.email or "@example.gov").endswith("@example.gov") for contact in contacts)


@ALL
def test_a_declaration_is_whole(scraper: Scraper) -> None:
    assert scraper.agency
    assert scraper.coverage
    assert scraper.address.startswith("https://")
    assert "native_id" in scraper.columns
    assert scraper.freshness_limit >= scraper.cadence >= timedelta(hours=1)


@ALL
def test_only_a_list_that_bears_a_date_may_be_too_old_by_it(scraper: Scraper) -> None:
    assert scraper.list_limit is None or (scraper.dated and scraper.list_limit > scraper.freshness_limit)


@ALL
def test_a_source_file_says_what_is_verified(scraper: Scraper) -> None:
    module = __import__(type(scraper).__module__, fromlist=["__doc__"])
    assert "erified" in (module.__doc__ or "")


@ALL
def test_a_source_is_named_in_its_own_file_only(scraper: Scraper) -> None:
    named = scraper.agency if scraper.key in WORDS_OF_OURS else scraper.key
    package = Path(sources.__file__).parents[2]
    strangers = [
        path.relative_to(package)
        for path in package.rglob("*.py")
        if f'"{named}"' in path.read_text(encoding="utf-8")
        and path.stem != scraper.key
        and path.parent.name != "api"  # its description gives examples
        and "sandbox" not in path.parts  # it plays the agencies, some of them on one site
    ]
    assert strangers == []
