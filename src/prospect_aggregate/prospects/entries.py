"""The list as it is narrowed down and counted: a prospect's deciding columns, read without its long texts.

A prospect with its texts and its published row fills a page of the database; on SQLite five thousand of them take a
fifth of a second to read. So SQLite has a slim table of them, which triggers keep, because every writer is covered by
them: bulk writes, undoing, cascades. PostgreSQL keeps long texts elsewhere anyway, and has a view. Both stand outside
of migrations, which may make the table of prospects anew: taken down before, put up after (`apps.py`).
"""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects.models import (
    ANCHOR,
    CLOSED_PHASES,
    DORMANT_AFTER,
    UNDER_WAY_PHASES,
    ListQuerySet,
    Prospect,
    ProspectQuerySet,
)

COLUMNS = (
    "id", "source_id", "state", "phase", "solicitation_to", "award_to", "incumbent_ends_to", "native_id", "agency",
    "component", "office", "naics_code", "psc_code", "set_aside", "competition", "contract_vehicle",
    "contract_vehicle_text", "requirement_type", "basis", "value_min", "value_max", "value_basis", "place_state",
    "incumbent_name", "solicitation_from", "solicitation_precision", "award_precision",
)  # fmt: skip
"""Those that shelves are told by stand first, where SQLite finds them soonest."""
FACETS = {
    "source": ("source_id",),
    "agency": ("agency", "source_id"),
    "component": ("component",),
    "office": ("office",),
    "naics": ("naics_code",),
    "psc": ("psc_code",),
    "set_aside": ("set_aside",),
    "place": ("place_state",),
    "band": ("value_min", "value_max", "value_basis"),
    "quarter": (
        "coalesce(solicitation_to, award_to, incumbent_ends_to)",
        """CASE WHEN solicitation_to IS NOT NULL THEN solicitation_precision
                WHEN award_to IS NOT NULL THEN award_precision END""",
    ),
    "requirement_type": ("requirement_type",),
    "competition": ("competition",),
    "state": ("state",),
}  # fmt: skip
"""Each facet in its order on the page, and what it is worked out from; `Entry.cells` holds them in this order."""
END, NEXT, UNKNOWN = "\x1f", "\x1e", "\x1d"
"""Between facets, between the columns of one, and in the place of NULL: no cleaned text holds them (`text.py`)."""


_CELLS = f" || '{END}' || ".join(
    f" || '{NEXT}' || ".join(f"coalesce(CAST({column} AS text), '{UNKNOWN}')" for column in columns)
    for columns in FACETS.values()
)
"""One text of all facets: a driver gives one text several times as fast as nineteen columns."""
_CLOSED, _UNDER_WAY = ("', '".join(phases) for phases in (CLOSED_PHASES, UNDER_WAY_PHASES))
_LAST_DAY, _PRECISION = (f"coalesce(CAST({column} AS text), '')" for column in FACETS["quarter"])
_SHELVING = f"""CASE WHEN phase IN ('{_CLOSED}') THEN 'closed' WHEN state IN ('expired', 'withdrawn') THEN 'left'
    WHEN phase IN ('{_UNDER_WAY}') THEN 'under_way' ELSE 'here' END
    || ' ' || {_LAST_DAY} || ' ' || {_PRECISION}"""
_NAMED = ", ".join(COLUMNS)
_KINDS = {"id": "INTEGER PRIMARY KEY", "source_id": "INTEGER", "value_min": "NUMERIC", "value_max": "NUMERIC"}
_TABLE = ", ".join(f"{name} {_KINDS.get(name, 'TEXT')}" for name in COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_KEPT = f"INSERT INTO prospects_entry ({_NAMED})"
_FORGET = "DELETE FROM prospects_entry WHERE id = old.id"
BLOCK = 256
"""So many numbers have one version together (`blocks.py`)."""
_ANOTHER = f"""INSERT INTO prospects_block VALUES (%s.id / {BLOCK}, random())
    ON CONFLICT (block) DO UPDATE SET version = excluded.version;"""  # noqa: S608
_AGAIN = f"UPDATE prospects_entry SET ({_NAMED}) = ({_NEW}) WHERE id = old.id"  # noqa: S608  # our own names
TRIGGERS = {
    "prospect_entry_new": f"AFTER INSERT ON prospects_prospect BEGIN {_KEPT} VALUES ({_NEW}); {_ANOTHER % 'new'} END",  # noqa: S608
    "prospect_entry_gone": f"AFTER DELETE ON prospects_prospect BEGIN {_FORGET}; {_ANOTHER % 'old'} END",
    "prospect_entry_other": f"AFTER UPDATE OF {_NAMED} ON prospects_prospect BEGIN {_AGAIN}; {_ANOTHER % 'old'} END",
}
ON_SQLITE = (
    f"""CREATE TABLE prospects_entry ({_TABLE}, shelving TEXT GENERATED ALWAYS AS ({_SHELVING}) STORED,
    cells TEXT GENERATED ALWAYS AS ({_CELLS}) STORED)""",
    f"{_KEPT} SELECT {_NAMED} FROM prospects_prospect ORDER BY id",  # noqa: S608
    "CREATE TABLE prospects_block (block INTEGER PRIMARY KEY, version INTEGER)",
    f"INSERT INTO prospects_block SELECT id / {BLOCK}, random() FROM prospects_entry GROUP BY 1",  # noqa: S608
    "CREATE INDEX prospect_entry_office ON prospects_entry (office)",
    "CREATE INDEX prospect_entry_shelving ON prospects_entry (shelving)",
    *(f"CREATE TRIGGER {name} {rule}" for name, rule in TRIGGERS.items()),
)
ON_POSTGRESQL = f"""CREATE OR REPLACE VIEW prospects_entry AS
    SELECT {_NAMED}, ({_SHELVING}) COLLATE "C" AS shelving, {_CELLS} AS cells FROM prospects_prospect"""  # noqa: S608


def _range(shelf: str, day: date) -> Q:
    """The shelvings of one shelf on that day: texts in the order of their letters."""
    today, quiet = f"here {day}", f"here {day - DORMANT_AFTER}"
    ranges = {"upcoming": (today, "here ~"), "passed": (quiet, today), "dormant": ("here 0", quiet),
              "undated": ("here ", "here 0")}  # fmt: skip
    first, after = ranges.get(shelf, (shelf, f"{shelf}~"))
    return Q(shelving__gte=first, shelving__lt=after)


class EntryQuerySet(ListQuerySet["Entry"]):
    """Entries of the list."""

    def on_shelf(self, *outlooks: str, day: date) -> Self:
        """The same as of prospects (a test holds them together)."""
        return self.filter(reduce(or_, (_range(outlook, day) for outlook in outlooks)))

    def numbered(self, pks: Iterable[int]) -> Self:
        """With their `anchor`. The numbers go in as one parameter: databases limit how many there may be."""
        numbers = sorted(pks)
        if connection.vendor == "postgresql":
            chosen = RawSQL("SELECT unnest(%s::bigint[])", [numbers])
        else:
            chosen = RawSQL("SELECT value FROM json_each(%s)", [str(numbers)])
        return self.annotate(anchor=ANCHOR).filter(Q(pk__in=chosen))


class Entry(models.Model):
    """A prospect by its deciding columns; nobody writes one."""

    prospect = models.OneToOneField(
        Prospect, models.DO_NOTHING, primary_key=True, db_column="id", related_name="+"
    )
    source = models.ForeignKey(Source, models.DO_NOTHING, related_name="+")
    native_id = models.TextField()
    agency = models.TextField(null=True)
    component = models.TextField(null=True)
    office = models.TextField(null=True)
    naics_code = models.TextField(null=True)
    psc_code = models.TextField(null=True)
    set_aside = models.TextField(null=True)
    competition = models.TextField(null=True)
    contract_vehicle = models.TextField(null=True)
    contract_vehicle_text = models.TextField(null=True)
    requirement_type = models.TextField(null=True)
    phase = models.TextField(null=True)
    basis = models.TextField()
    state = models.TextField()
    value_min = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_max = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_basis = models.TextField(null=True)
    place_state = models.TextField(null=True)
    incumbent_name = models.TextField(null=True)
    incumbent_ends_to = models.DateField(null=True)
    solicitation_from = models.DateField(null=True)
    solicitation_to = models.DateField(null=True)
    solicitation_precision = models.TextField(null=True)
    award_to = models.DateField(null=True)
    award_precision = models.TextField(null=True)
    shelving = models.TextField()
    """`here 2026-06-30 quarter`: what of its shelf no day changes, its last day, of which precision (`found.py`)."""
    cells = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "prospects_entry"

    def __str__(self) -> str:
        return f"{self.source_id}: {self.native_id}"


def entries_of(prospects: ProspectQuerySet) -> EntryQuerySet:
    """The same, to be put in order: a sort of many rows reads no long texts."""
    return Entry.objects.filter(pk__in=prospects.order_by().values("pk"))


def rows_of(
    numbers: Iterable[int], *columns: str, among: ProspectQuerySet | None = None
) -> list[dict[str, Any]]:
    """These columns of the prospects of those numbers, and `pk`, in their order; `among` may work out others."""
    pks = list(numbers)
    chosen = (Prospect.objects.all() if among is None else among).filter(pk__in=pks).order_by()
    rows = {row["pk"]: row for row in chosen.values("pk", *columns)}
    return [rows[pk] for pk in pks if pk in rows]


def drop(database: BaseDatabaseWrapper) -> None:
    """No table can be made anew under a view, or under triggers that name its columns."""
    with database.cursor() as cursor:
        for name in TRIGGERS if database.vendor == "sqlite" else ():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        if kind := _kind(database):
            cursor.execute(f"DROP {kind} prospects_entry")
        cursor.execute("DROP TABLE IF EXISTS prospects_block")


def install(database: BaseDatabaseWrapper) -> None:
    """Make it where it is missing, whole or not at all."""
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(ON_POSTGRESQL)
        elif not _kind(database):
            for statement in ON_SQLITE:
                cursor.execute(statement)


def _kind(database: BaseDatabaseWrapper) -> str:
    """What it is there: a table, a view, or nothing."""
    kinds = {"t": "TABLE", "v": "VIEW"}
    with database.cursor() as cursor:
        found = {it.name: it.type for it in database.introspection.get_table_list(cursor)}
    return kinds.get(found.get("prospects_entry", ""), "")
