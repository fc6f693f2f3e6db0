"""A new source: its file and its sample, written beside the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.catalog import DuplicateNameError, key_of, place_of
from prospect_aggregate.scrapers.columns import Column, Row
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.grid import BadRow
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import ScraperRegistry
from prospect_aggregate.scrapers.scaffold.evidence import said
from prospect_aggregate.scrapers.scaffold.formats import EXTENSIONS
from prospect_aggregate.scrapers.scaffold.lexicon import Lexicon
from prospect_aggregate.scrapers.scaffold.opening import Opened, open_list
from prospect_aggregate.scrapers.scaffold.proposal import Proposal, propose
from prospect_aggregate.scrapers.scaffold.sample import sample_of
from prospect_aggregate.scrapers.scaffold.writing import Naming, source_text

CHECKOUT = Path(sources.__file__).parents[4]
SOURCES, SAMPLES = Path("src/prospect_aggregate/scrapers/sources"), Path("tests/samples")


@dataclass(frozen=True, slots=True)
class Written:
    """What was made, and what it was made of."""

    naming: Naming
    source: Path
    sample: Path
    opened: Opened
    proposal: Proposal


def naming_of(name: str, *, agency: str | None = None, url: str | None = None) -> Naming:
    """Raises ValueError for a name that no class can have, and for an address that no browser would open safely."""
    key = key_of(name)
    if key[0].isdigit():
        raise ValueError(f"{name!r} begins with a digit; a source's name begins with a letter")
    if url is not None and not url.startswith("https://"):
        raise ValueError(f"{url!r} does not begin with https://")
    return Naming(name=name, key=key, agency=agency, url=url)


def write_source(naming: Naming, file: Path, registry: ScraperRegistry, *, into: Path = CHECKOUT) -> Written:
    """Two new files in a checkout. Nothing is ever written over.

    Raises DuplicateNameError for a name or key that some source has, FileExistsError for a file that is there,
    ScraperError for a sample that is no list.
    """
    source = into / SOURCES / f"{naming.key}.py"
    _refuse_taken(naming, registry, source)
    scrapers = [entry.run for entry in registry if isinstance(entry.run, Scraper)]
    lexicon = Lexicon(scrapers)
    opened = open_list(file, lexicon.headings)
    proposal = propose(opened, lexicon)
    body = sample_of(opened, proposal.fields, proposal.persons)
    written = source_text(naming, opened, proposal, _absent(opened, proposal, body))
    sample = into / SAMPLES / f"{naming.key}.{EXTENSIONS[opened.kind]}"
    _refuse_existing(source, sample)
    _write(source, written.encode())
    _write(sample, body)
    return Written(naming, source, sample, opened, proposal)


def _refuse_taken(naming: Naming, registry: ScraperRegistry, source: Path) -> None:
    for entry in registry:
        if naming.key == entry.key or naming.name.lower() == entry.name.lower():
            places = f"the first at {place_of(entry.run)}, the second would be at {source}"
            raise DuplicateNameError(f"two sources named {naming.name!r}: {places}")


def _refuse_existing(*files: Path) -> None:
    for file in files:
        if file.exists():
            raise FileExistsError(f"{file} is there already; remove it first, nothing is written over")


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        out.write(body)


def _absent(opened: Opened, proposal: Proposal, sample: bytes) -> frozenset[str]:
    """Fields without a cell in the edition, or a heading in the sample, which is read here for the first time."""
    columns = {each.field: Column(each.headings, each.read) for each in proposal.fields}
    blank = {
        name for name, each in columns.items() if not any(said(opened.cells(it)) for it in each.headings)
    }
    layout = _layout(opened, columns, blank)
    present = set(map(fold, layout.read(sample, source=opened.name).headings))
    gone = {name for name, each in columns.items() if not present.issuperset(map(fold, each.headings))}
    _check(_layout(opened, columns, blank | gone), sample, opened.name)
    return frozenset(blank | gone)


def _layout(opened: Opened, columns: Mapping[str, Column], absent: set[str]) -> Layout:
    return Layout(
        kind=opened.kind,
        columns={name: each for name, each in columns.items() if name not in absent},
        optional={name: each for name, each in columns.items() if name in absent},
        reader=opened.reader(),
    )


def _check(layout: Layout, sample: bytes, name: str) -> None:
    """Raises ScraperError unless every row of the sample is read."""
    table = layout.read(sample, source=name)
    plan = layout.plan(table, source=name)
    for number, cells in table.rows:
        if isinstance(cells, BadRow):
            raise LayoutChangedError(f"{name}: row {number} of the sample does not fit: {cells.reason}")
        Scraper().draft(Row(number, cells), plan)
