"""Tasks and the schedule as programs get them."""

from typing import Any

from prospect_aggregate.collection.models import Schedule
from prospect_aggregate.tasks.registry import Listed
from prospect_aggregate.tasks.schedule import cron_text


def task_object(listed: Listed) -> dict[str, Any]:
    return {"name": listed.name, "kind": listed.kind, "source": listed.source}


def schedule_object(row: Schedule) -> dict[str, Any]:
    return {
        "name": row.name,
        "task": row.task,
        "cron": cron_text(row.cadence_minutes, row.offset_minutes),
        "enabled": not row.paused,
        "last_run_at": row.last_at,
        "next_run_at": None if row.paused else row.next_at,
        "cadence_minutes": row.cadence_minutes,
        "paused_until": row.paused_until,
        "pause_reason": row.pause_reason or None,
        "paused_by": row.paused_by or None,
        "set_by": row.set_by or None,
        "moved_by": row.moved_by or None,
        "missed": row.missed,
    }
