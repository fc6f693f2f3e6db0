"""Back to before an edition that a person let in: a source's prospects as they stood, copied by the database itself."""

from django.db import connection

from prospect_aggregate.collection.models import Edition, Run, Source
from prospect_aggregate.prospects import pairs
from prospect_aggregate.prospects.models import Absence, Before, Change, Prospect, Reading, Reuse

_COLUMNS = ", ".join(
    connection.ops.quote_name(str(field.column))  # reserved words differ between databases
    for field in Reading._meta.local_fields
)


def remember(run: Run) -> None:
    """Copy the source's prospects, before the run touches them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO prospects_before ({_COLUMNS}, run_id, prospect_id) "  # noqa: S608  # our own columns
            f"SELECT {_COLUMNS}, %s, id FROM prospects_prospect WHERE source_id = %s",
            [run.pk, run.source_id],
        )


def forget(source: Source, *, but: Run) -> None:
    """A later edition was let in: there is no way back behind it any more."""
    with (
        connection.cursor() as cursor
    ):  # in every run that changes anything: the ORM would take ten times as long
        cursor.execute(
            "DELETE FROM prospects_before WHERE run_id <> %s "
            "AND run_id IN (SELECT id FROM collection_run WHERE source_id = %s)",
            [but.pk, source.pk],
        )


def take_back(run: Run) -> None:
    """Undo what `run` wrote: prospects as they stood, those it listed gone, its changes and its edition with them.

    The caller holds the source by a started run, in a transaction.
    """
    Change.objects.filter(run=run).delete()
    Absence.objects.filter(run=run).delete()
    Reuse.objects.filter(run=run).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE prospects_prospect SET ({_COLUMNS}) = "  # noqa: S608
            f"(SELECT {_COLUMNS} FROM prospects_before WHERE prospect_id = prospects_prospect.id AND run_id = %s) "
            "WHERE id IN (SELECT prospect_id FROM prospects_before WHERE run_id = %s)",
            [run.pk, run.pk],
        )
    Before.objects.filter(run=run).delete()
    Prospect.objects.filter(first_run=run).delete()
    Edition.objects.filter(run=run).delete()
    pairs.rejoin_all(run.source)
