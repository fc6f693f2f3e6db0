"""Prospects, changes and quality as programs get them: the same names on the command line and in the API."""

from datetime import date
from typing import Any

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.difference import Difference, Share
from prospect_aggregate.prospects.ledger import interval
from prospect_aggregate.prospects.models import UNDER_WAY_PHASES, Change, Prospect
from prospect_aggregate.prospects.quality import FieldQuality
from prospect_aggregate.prospects.record import COLUMNS

SHOWN = tuple(column for column in COLUMNS if column not in ("native_id", "agency", "url", "raw"))
ANCHORS = (("solicitation", "solicitation_to"), ("award", "award_to"), ("contract_end", "incumbent_ends_to"))


def prospect_object(prospect: Prospect, *, day: date) -> dict[str, Any]:
    """One prospect as of a day. It must come from `search`, which puts it on its shelf."""
    return {
        "source": prospect.source.key,
        "key": prospect.key,
        "native_id": prospect.native_id,
        "agency": prospect.agency or prospect.source.agency,
        **{column: getattr(prospect, column) for column in SHOWN},
        "state": prospect.state,
        "outlook": getattr(prospect, "outlook", None),
        **next_date(prospect),
        "first_seen_at": prospect.first_seen_at,
        "last_seen_at": prospect.last_seen_at,
        "solicitation_first_seen": interval(prospect.first_solicitation_from, prospect.first_solicitation_to),
        "solicitation_moves": prospect.solicitation_moves,
        "solicitation_slip_days": prospect.solicitation_slip_days,
        "overdue_days": overdue_days(prospect, day=day),
        "url": prospect.url or prospect.source.url,
    }


def next_date(prospect: Prospect) -> dict[str, Any]:
    """The last day of the window that decides the shelf, and which window it is."""
    for kind, column in ANCHORS:
        if (last := getattr(prospect, column)) is not None:
            return {"next_date": last, "next_date_kind": kind}
    return {"next_date": None, "next_date_kind": None}


def overdue_days(prospect: Prospect, *, day: date) -> int | None:
    """Days since the promised solicitation window ended; None when it did not, or nothing is awaited."""
    last = prospect.solicitation_to
    awaited = (
        prospect.state == Prospect.State.LISTED
        and not prospect.closed
        and prospect.phase not in UNDER_WAY_PHASES
    )
    return (day - last).days if last and awaited and last < day else None


def change_object(change: Change) -> dict[str, Any]:
    return {
        "source": change.prospect.source.key,
        "key": change.prospect.key,
        "kind": change.kind,
        "field": change.field or None,
        "old": change.old,
        "new": change.new,
        "shift_days": change.shift_days,
        "significance": change.significance,
        "at": change.at,
        "run": change.run_id,
    }


def held_object(run: Run, would: Difference) -> dict[str, Any]:
    """A held edition, and what letting it in would do."""
    return {
        "run": run.pk,
        "source": run.source.key,
        "held_since": run.finished_at,
        "reason": run.error,
        "checks": run.verdict,
        "rows": would.rows,
        "new": would.new,
        "changed": would.changed,
        "unchanged": would.unchanged,
        "back": would.back,
        "gone": would.gone,
        "rejected": would.rejected,
        "fields": dict(would.fields),
        "gone_with_a_date_passed": would.passed.gone,
        "by_office": [_share(each) for each in would.by_office],
        "by_fiscal_year": [_share(each) for each in would.by_year],
        "artifact": run.artifact.sha256 if run.artifact else None,
    }


def lost_object(run: Run, why: str) -> dict[str, Any]:
    """A held edition of which nobody can say what it would do."""
    return {
        "run": run.pk,
        "source": run.source.key,
        "held_since": run.finished_at,
        "reason": run.error,
        "unreadable": why,
    }


def _share(share: Share) -> dict[str, Any]:
    return {"name": share.name, "gone": share.gone, "listed": share.listed}


def quality_object(source: str, field: FieldQuality) -> dict[str, Any]:
    """One field of a source's list; the counts are null where the list has no heading for it."""
    return {
        "source": source,
        "field": field.name,
        "listed": field.listed,
        "published": field.published,
        "read": field.read,
        "placeholder": field.placeholder,
        "unread": field.unread,
        "headings": list(field.headings),
        "examples": [{"count": each.count, "cells": dict(each.cells)} for each in field.examples],
    }
