"""Troubles that somebody must know of: told once when they begin, and closed when they are over."""

from datetime import datetime

from prospect_aggregate.collection.models import Alert, Run, Source


def open_for(run: Run, *, cause: str, now: datetime) -> Alert:
    """The open alert of this cause; the same trouble again is the same alert."""
    alert, _ = Alert.objects.get_or_create(
        source=run.source,
        cause=cause,
        closed_at=None,
        defaults={"text": run.error, "run": run, "opened_at": now},
    )
    return alert


def close_all(source: Source, *, now: datetime) -> int:
    """A good edition ends whatever was wrong; returns how many alerts it closed."""
    return Alert.objects.filter(source=source, closed_at=None).update(closed_at=now)
