"""The product's own reading of a replica's list, by the source's key."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers import sources as package
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.registry import ScraperRegistry

from . import proof


class Lines(NamedTuple):
    """What the source's reader finds, before it is known whether the headings are the right ones."""

    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    heading_row: int | None


@cache
def sources() -> Mapping[str, Scraper]:
    registry = ScraperRegistry()
    registry.discover(package)
    return {each.key: each.run for each in registry if isinstance(each.run, Scraper)}


def source(key: str) -> Scraper:
    return sources()[key]


def lines(key: str, content: bytes) -> Lines:
    """All that is published: of an array also the rows that the source leaves out."""
    layout = source(key).layouts()[0]
    whole = replace(layout, reader=None) if content.startswith(b"[") else layout
    table = whole.read(content, source=key)
    return Lines(table.headings, [cells for _, cells in table.rows], table.heading_row)


def drafts(key: str, content: bytes) -> list[ProspectDraft]:
    return proof.read(source(key), content)[0]


def numbers(key: str, content: bytes) -> list[tuple[object, ...]]:
    """What each row is known by: its number, and where numbers may repeat, all that the row says."""
    table, layout = source(key).read(content)
    plan = layout.plan(table, source=key)
    ways = {"alone": plan.alone, "together": plan.together}
    plan = replace(plan, **{way: [it for it in read if it[0] == "native_id"] for way, read in ways.items()})
    rows = [Row(*row) for row in table.rows]
    told = [plan.values(row)["native_id"] for row in rows]
    return [
        (number, *row.cells) if source(key).repeats else (number,)
        for number, row in zip(told, rows, strict=True)
    ]
