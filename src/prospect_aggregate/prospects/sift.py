"""Rows of an edition told apart: seen before to the letter, new or touched, not readable."""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

import orjson
from django.db import connection

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.record import FIELDS, filled_of, record_of
from prospect_aggregate.prospects.waiting import Drafted, Waiting
from prospect_aggregate.scrapers.columns import Plan, Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import KeylessRowError, RowError
from prospect_aggregate.scrapers.readers import BadRow

Thing = TypeVar("Thing")

LONGEST_NUMBER = 190
"""The database holds 200 characters, `~2` and the like among them; real numbers have fewer than 40."""


class Item(NamedTuple):
    """One row on its way to becoming a draft; `draft` raises RowError when it cannot."""

    number: int
    digest: bytes
    draft: Callable[[], ProspectDraft]
    raw: Callable[[], Mapping[str, Cell]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a source already, as small as it can be: one query, a few maps."""

    by_digest: Mapping[bytes, int]
    by_number: Mapping[str, int]
    state: Mapping[int, str]
    filled: Mapping[int, int]
    apart: Set[int] = frozenset()
    """Those read last in a layout that numbers rows otherwise than the whole list."""

    def expected(self) -> set[int]:
        """What a whole list must have, or it is gone."""
        return self.listed() - self.apart

    def listed(self) -> set[int]:
        return {pk for pk, state in self.state.items() if state == Prospect.State.LISTED}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row kept whole with the reason why it became no draft."""

    number: int
    reason: str
    raw: Mapping[str, Cell]
    keyless: bool = False


@dataclass(slots=True)
class Sifted:
    """An edition, told apart. `seen` and `touched` hold primary keys of known prospects."""

    rows: int = 0
    seen: set[int] = field(default_factory=set)
    touched: dict[int, Drafted] = field(default_factory=dict)
    fresh: Waiting = field(default_factory=Waiting)
    rejected: list[Rejected] = field(default_factory=list)

    def has(self, number: str, pk: int | None) -> bool:
        """Whether a row of this list already stands for that prospect."""
        return number in self.fresh if pk is None else pk in self.seen or pk in self.touched

    def present(self) -> set[int]:
        """Known prospects that this edition has."""
        return self.seen | self.touched.keys()


def known_of(source: Source) -> Known:
    """Read before the write transaction, so that SQLite's lock is held for the changes only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.native_id, p.digest, p.state, p.filled, r.apart FROM prospects_prospect p "
            "JOIN collection_run r ON r.id = p.last_run_id WHERE p.source_id = %s",
            [source.pk],
        )
        rows = cursor.fetchall()
    return Known(
        by_digest={bytes(row[2]): row[0] for row in rows},
        by_number={row[1]: row[0] for row in rows},
        state={row[0]: row[3] for row in rows},
        filled={row[0]: row[4] for row in rows},
        apart=frozenset(row[0] for row in rows if row[5]),
    )


def sift(items: Iterable[Item], known: Known, *, reread: bool = False, repeats: bool = False) -> Sifted:
    """Only rows that are new or touched are drafted; with `reread`, all of them.

    With `repeats`, rows that share a number are kept apart: the second one is `number~2`.
    """
    sifted = Sifted()
    unseen = _unseen(items, {} if reread else known.by_digest, sifted, repeats=repeats)
    for item in list(unseen) if repeats else unseen:  # which numbers are free is known at the end of the list
        _place(item, known, sifted, repeats=repeats)
    _prefer_seen(sifted)
    return sifted


def _unseen(
    items: Iterable[Item], by_digest: Mapping[bytes, int], sifted: Sifted, *, repeats: bool
) -> Iterator[Item]:
    """Rows that are not known to the letter; the others are noted as seen."""
    for item in items:
        sifted.rows += 1
        pk = by_digest.get(item.digest)
        if pk is None or (repeats and pk in sifted.seen):
            yield item
        elif pk in sifted.seen:
            _reject(item, sifted, "the same row stands twice in this list")
        else:
            sifted.seen.add(pk)


def _place(item: Item, known: Known, sifted: Sifted, *, repeats: bool) -> None:
    try:
        draft = _numbered(item.draft())
    except RowError as error:
        _reject(item, sifted, str(error), keyless=isinstance(error, KeylessRowError))
        return
    if repeats and (number := _free_number(draft.native_id, known, sifted)) != draft.native_id:
        draft = replace(draft, native_id=number)
    pk = known.by_number.get(draft.native_id)
    if pk in sifted.touched or draft.native_id in sifted.fresh:
        _reject(item, sifted, f"the number {draft.native_id} stands twice in this list; the first row counts")
    elif pk is None:
        sifted.fresh.add(_drafted(item, draft))
    else:
        sifted.touched[pk] = _drafted(item, draft)


def _drafted(item: Item, draft: ProspectDraft) -> Drafted:
    record = record_of(draft)
    return Drafted(item.digest, record, draft.origins, filled_of(record))


def _numbered(draft: ProspectDraft) -> ProspectDraft:
    if len(draft.native_id) > LONGEST_NUMBER:
        raise KeylessRowError(
            f"a text of {len(draft.native_id):,} characters stands where a number should be"
        )
    return draft


def _free_number(number: str, known: Known, sifted: Sifted) -> str:
    """The number itself, or `number~2`, `number~3`, …: the first that no row of this list has."""
    names = (number if turn == 1 else f"{number}~{turn}" for turn in itertools.count(1))
    return next(name for name in names if not sifted.has(name, known.by_number.get(name)))


def _prefer_seen(sifted: Sifted) -> None:
    """A number whose old row is still there keeps it; a second row under that number is rejected."""
    for pk in sifted.seen & sifted.touched.keys():
        drafted = sifted.touched.pop(pk)
        reason = f"the number {drafted.number} stands twice in this list; the row known before counts"
        sifted.rejected.append(Rejected(0, reason, drafted.raw))


def _reject(item: Item, sifted: Sifted, reason: str, *, keyless: bool = False) -> None:
    sifted.rejected.append(Rejected(item.number, reason, dict(item.raw()), keyless))


def shares_of(sifted: Sifted, known: Known, fields: Collection[str]) -> dict[str, float]:
    """Field → the share of this edition's rows that it was read in; rows seen before count as they were read then."""
    masks = sifted.fresh.masks + Counter(known.filled[pk] for pk in sifted.seen)
    masks.update(each.filled for each in sifted.touched.values())
    whole = masks.total() or 1
    return {
        field: sum(count for mask, count in masks.items() if mask >> bit & 1) / whole
        for bit, field in enumerate(FIELDS)
        if field in fields
    }


def items_of_rows(
    rows: Iterable[Row], plan: Plan, draft: Callable[[Row, Plan], ProspectDraft]
) -> Iterable[Item]:
    """Digests are made over cells in the order of their headings' names: a moved column changes nothing."""
    order = sorted(range(len(plan.headings)), key=plan.headings.__getitem__)
    seed = blake2b(orjson.dumps(sorted(plan.headings)), digest_size=16).digest()
    for row in rows:
        if isinstance(row.cells, BadRow):
            yield _misfit(row.number, row.cells)
            continue
        digest = _digest([row.cells[position] for position in order], seed)
        yield Item(row.number, digest, partial(draft, row, plan), partial(plan.raw, row))


def _misfit(number: int, cells: BadRow) -> Item:
    """A line that does not fit under the headings: kept cell by cell, rejected with the reader's reason."""

    def refuse() -> ProspectDraft:
        raise RowError(f"row {number}: {cells.reason}")

    return Item(
        number,
        _digest(list(cells), b"misfit"),
        refuse,
        lambda: {str(at): cell for at, cell in enumerate(cells)},
    )


def items_of_drafts(drafts: Iterable[ProspectDraft]) -> Iterable[Item]:
    """For bare functions, which publish no rows: the digest is of what they read."""
    for number, draft in enumerate(drafts, start=1):
        digest = _digest(record_of(draft), b"draft")
        yield Item(number, digest, partial(_same, draft), partial(_same, draft.raw))


def _same(thing: Thing) -> Thing:
    return thing


def _digest(values: Any, seed: bytes) -> bytes:
    return blake2b(orjson.dumps(values, default=str), digest_size=16, key=seed).digest()
