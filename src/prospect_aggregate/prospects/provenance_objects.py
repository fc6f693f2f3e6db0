"""Provenance as programs get it: the same names on the command line and in the API."""

from datetime import date
from decimal import Decimal
from typing import Any

from prospect_aggregate.collection.models import Artifact
from prospect_aggregate.prospects import origins
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.objects import prospect_object
from prospect_aggregate.prospects.origins import How, Origin
from prospect_aggregate.prospects.provenance import UntracedError, row_of
from prospect_aggregate.scrapers.cells import CellPlace, RowPlace

Object = dict[str, Any]


def provenance_object(prospect: Prospect, *, day: date) -> Object:
    """Where every value of a prospect comes from. It must come from `search`, which puts it on its shelf."""
    row, untraced = traced(prospect)
    run = prospect.last_run
    return {
        "key": prospect.key,
        "run": run.pk,
        "observed_at": run.observed_at,
        "reader": run.reader or None,
        "file": _file(run.artifact) if run.artifact else None,
        "row": _row(row) if row else None,
        "untraced": untraced,
        "fields": [_field(prospect, each) for each in origins.origins_of(prospect, row)],
        "worked_out": _worked_out(prospect, day),
    }


def traced(prospect: Prospect) -> tuple[RowPlace | None, str | None]:
    """The row in its file, or why it cannot be shown there."""
    try:
        return row_of(prospect), None
    except UntracedError as error:
        return None, str(error)


def _file(artifact: Artifact) -> Object:
    return {
        "number": artifact.pk,
        "sha256": artifact.sha256,
        "size": artifact.size,
        "name": artifact.filename or None,
        "url": artifact.url or None,
        "fetched_at": artifact.fetched_at,
    }


def _row(row: RowPlace) -> Object:
    return {
        "kind": row.kind.value,
        "sheet": row.sheet,
        "number": row.number,
        "heading_row": row.heading_row,
        "pointer": row.pointer,
    }


def _field(prospect: Prospect, origin: Origin) -> Object:
    return {
        "field": origin.field,
        "how": origin.how.value,
        "explanation": origin.explanation,
        "values": {name: _plain(value) for name, value in origins.values_of(prospect, origin.field).items()},
        "cells": [_cell(each) for each in origin.cells],
    }


def _plain(value: object) -> object:
    """Money is a string to programs."""
    return str(value) if isinstance(value, Decimal) else value


def _cell(cell: CellPlace) -> Object:
    return {"heading": cell.heading, "column": cell.column, "pointer": cell.pointer, "text": cell.text}


def _worked_out(prospect: Prospect, day: date) -> list[Object]:
    whole = prospect_object(prospect, day=day)
    return [
        {
            "field": field,
            "how": How.WORKED_OUT.value,
            "explanation": explanation,
            "values": {field: whole[field]},
            "cells": [],
        }
        for field, explanation in origins.WORKED_OUT.items()
    ]
