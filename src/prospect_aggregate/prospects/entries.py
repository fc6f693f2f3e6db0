"""The list as it is narrowed down and counted: a prospect's deciding columns, read without its long texts.

A prospect with its texts and its published row fills a page of the database; on SQLite five thousand of them take a
fifth of a second to read. So a view reads them from an index that holds these columns whole, which the database itself
keeps; PostgreSQL keeps long texts elsewhere anyway, and has the bare view.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects.models import ListQuerySet, Prospect

COLUMNS = (
    "id", "source_id", "native_id", "agency", "component", "office", "naics_code", "psc_code", "set_aside",
    "competition", "contract_vehicle", "contract_vehicle_text", "requirement_type", "phase", "basis", "state",
    "value_min", "value_max", "value_basis", "place_state", "incumbent_name", "incumbent_ends_to",
    "solicitation_from", "solicitation_to", "solicitation_precision", "award_to", "award_precision",
)  # fmt: skip
_NAMED = ", ".join(COLUMNS)
_SELECT = f"SELECT {_NAMED} FROM prospects_prospect"  # noqa: S608  # our own names
ON_SQLITE = (
    f"CREATE INDEX IF NOT EXISTS prospect_entry ON prospects_prospect ({_NAMED})",
    f"CREATE VIEW IF NOT EXISTS prospects_entry AS {_SELECT} INDEXED BY prospect_entry",
)
ON_POSTGRESQL = (f"CREATE OR REPLACE VIEW prospects_entry AS {_SELECT}",)


class EntryQuerySet(ListQuerySet["Entry"]):
    """Entries of the list."""


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

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "prospects_entry"

    def __str__(self) -> str:
        return f"{self.source_id}: {self.native_id}"


def drop(database: BaseDatabaseWrapper) -> None:
    """No table can be made anew under a view, nor lose a column that an index holds."""
    with database.cursor() as cursor:
        cursor.execute("DROP VIEW IF EXISTS prospects_entry")
        cursor.execute("DROP INDEX IF EXISTS prospect_entry")


def install(database: BaseDatabaseWrapper) -> None:
    """Make the view where it is missing, and the index that it reads."""
    with database.cursor() as cursor:
        for statement in ON_SQLITE if database.vendor == "sqlite" else ON_POSTGRESQL:
            cursor.execute(statement)
