"""How much of what a source publishes is read: field by field, over what it lists now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.models import Prospect, ProspectQuerySet
from prospect_aggregate.prospects.standing import PARTS, Cells, Placed, Standing
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import scraper_registry

EXAMPLES = 5
DISTINCT = 500
"""So many different unread texts of a field are told apart; further ones are counted and not kept."""
SHOWN = 200
"""Letters of a text that an example keeps."""
_COLUMNS = dict.fromkeys(it for part in PARTS for it in (*part.columns, part.words) if it)


@dataclass(frozen=True, slots=True)
class Example:
    """Cells that say something and were not read, and on how many prospects they stand."""

    cells: Cells
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldQuality:
    """One field of what a source lists (STATISTICS §11). What is published is read, a placeholder, or unread.

    The four counts are None where the list has no heading for the field: that is no share of nothing.
    """

    name: str
    headings: tuple[str, ...]
    listed: int
    published: int | None = None
    read: int | None = None
    placeholder: int | None = None
    unread: int | None = None
    examples: tuple[Example, ...] = ()


def quality_of(source: Source) -> list[FieldQuality]:
    """One pass over the prospects on the source's list, of which nothing is kept but counts and a few examples."""
    placed, listed = _placed(source), 0
    tallies = {part.name: _Tally() for part in PARTS}
    for prospect in _on_list(source).values("raw", "last_run_id", *_COLUMNS).iterator(chunk_size=500):
        listed += 1
        for it in placed[prospect["last_run_id"]]:
            cells = it.cells(prospect["raw"])
            tallies[it.part.name].add(it.standing(prospect, cells), cells)
    headings = {part.name: _headings(part.name, placed) for part in PARTS}
    return [tallies[part.name].result(part.name, headings[part.name], listed) for part in PARTS]


def summary(fields: Sequence[FieldQuality]) -> str:
    """`453 listed; 19 of 30 fields are published, and in 5 of them something is not read.`"""
    whole = [field for field in fields if field.name != "place_state"]
    published = [field for field in whole if field.published is not None]
    unread = sum(bool(field.unread) for field in published)
    rest = f"in {unread} of them something is not read" if unread else "all that says something is read"
    return f"{whole[0].listed:,} listed; {len(published)} of {len(whole)} fields are published, and {rest}."


@dataclass(slots=True)
class _Tally:
    """What has been counted of one field so far."""

    counts: list[int] = field(default_factory=lambda: [0] * len(Standing))
    texts: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)

    def add(self, standing: Standing, cells: Cells) -> None:
        self.counts[standing] += 1
        if standing is Standing.UNREAD:
            text = tuple((heading, cell[:SHOWN]) for heading, cell in cells.items())
            if text in self.texts or len(self.texts) < DISTINCT:
                self.texts[text] += 1

    def result(self, name: str, headings: tuple[str, ...], listed: int) -> FieldQuality:
        if not headings:
            return FieldQuality(name=name, headings=(), listed=listed)
        _, read, placeholder, unread = self.counts
        return FieldQuality(
            name=name, headings=headings, listed=listed, published=read + placeholder + unread,
            read=read, placeholder=placeholder, unread=unread,
            examples=tuple(Example(dict(text), count) for text, count in self.texts.most_common(EXAMPLES)),
        )  # fmt: skip


def _on_list(source: Source) -> ProspectQuerySet:
    return Prospect.objects.of(source.key).listed().order_by()


def _placed(source: Source) -> dict[int, list[Placed]]:
    """Where each run that last wrote a prospect of the list had which field."""
    shared = _shared(source.key)
    writing = Run.objects.filter(pk__in=_on_list(source).values("last_run"))
    return {pk: _of_layout(layout, shared) for pk, layout in writing.values_list("pk", "layout")}


def _of_layout(layout: Mapping[str, Sequence[str]], shared: Mapping[str, frozenset[str]]) -> list[Placed]:
    found = [(part, tuple(headings)) for part in PARTS if (headings := part.headings(layout))]
    return [
        Placed(part, headings, frozenset(it for it in headings if fold(it) not in shared.get(part.field, ())))
        for part, headings in found
    ]


def _headings(name: str, placed: Mapping[int, list[Placed]]) -> tuple[str, ...]:
    """Every heading under which the field stands on this list, each once."""
    every = (
        each for parts in placed.values() for it in parts if it.part.name == name for each in it.headings
    )
    return tuple(dict.fromkeys(every))


def _shared(key: str) -> dict[str, frozenset[str]]:
    """Field → headings, folded, whose cells are about other things too, in any layout of the source."""
    scraper = scraper_registry.get(key).run if key in scraper_registry else None
    layouts = scraper.layouts() if isinstance(scraper, Scraper) else ()
    found: dict[str, frozenset[str]] = {}
    for layout in layouts:
        for name, column in layout.fields().items():
            found[name] = found.get(name, frozenset()) | _spelled(layout, column.shared)
    return found


def _spelled(layout: Layout, headings: Sequence[str]) -> set[str]:
    return {fold(each) for heading in headings for each in (heading, *layout.spellings.get(heading, ()))}
