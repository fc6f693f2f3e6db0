"""The beat schedule, generated from the registered tasks and spread over their windows."""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from celery.schedules import crontab, maybe_schedule

from prospect_aggregate.collection.schedules import Slots
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.tasks.registry import Listed, TaskRegistry

MINUTE = timedelta(minutes=1)
DAILY = timedelta(days=1)
WEEK = 7 * 24 * 60  # minutes; cron knows no longer cycle that always repeats


def generate_beat_schedule(task_registry: TaskRegistry) -> dict[str, dict[str, Any]]:
    """What Celery takes as `beat_schedule`: one entry for each scraper task and each health check task.

    Tasks over all sources are for people and programs, and are not in it.
    """
    taken: dict[int, set[int]] = {}
    timed = [*task_registry.scraper_tasks(), *task_registry.health_check_tasks()]
    return {f"{listed.kind} {listed.source}": _entry(listed, taken) for listed in timed}


def _entry(listed: Listed, taken: dict[int, set[int]]) -> dict[str, Any]:
    cadence = fitted(getattr(listed.task, "cadence", DAILY))
    offset = _free_offset(listed.name, cadence, taken.setdefault(cadence, set()))
    return {
        "task": listed.name,
        "schedule": cron_of(cadence, offset),
        "options": {"expires": cadence * 60},
    }


def fitted(cadence: timedelta) -> int:
    """Minutes of the longest cron cycle that is not longer than asked: a source is never collected more rarely."""
    asked = max(1, int(cadence / MINUTE))
    return max(minutes for minutes in _cycles() if minutes <= asked)


@lru_cache(maxsize=1)
def _cycles() -> tuple[int, ...]:
    """The lengths that cron repeats evenly: divisors of an hour, hours that divide a day, a day, a week."""
    minutes = [length for length in range(1, 61) if 60 % length == 0]
    hours = [length * 60 for length in range(2, 25) if 24 % length == 0]
    return (*minutes, *hours, WEEK)


def _free_offset(name: str, cadence: int, taken: set[int]) -> int:
    """The same minute at every start, from a hash of the name; where it is taken, the next free one, if any is."""
    start = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % cadence
    if len(taken) == cadence:
        return start
    steps = ((start + step) % cadence for step in range(cadence))
    offset = next(minute for minute in steps if minute not in taken)
    taken.add(offset)
    return offset


@lru_cache(maxsize=20_000)
def cron_of(cadence: int, offset: int) -> crontab:
    """`cadence` and `offset` in minutes, as cron; memoised, because making a crontab costs more than using it."""
    day, minute_of_day = divmod(offset, 24 * 60)
    hour, minute = divmod(minute_of_day, 60)
    if cadence <= 60:
        return crontab(minute=",".join(map(str, range(offset % cadence, 60, cadence))))
    if cadence < WEEK:
        return crontab(
            minute=minute, hour=",".join(map(str, range(hour % (cadence // 60), 24, cadence // 60)))
        )
    return crontab(
        minute=minute, hour=hour, day_of_week=(day + 1) % 7
    )  # cron's 0 is Sunday, our day 0 is Monday


def slots_in_code(entries: Mapping[str, Mapping[str, Any]], name: str) -> Slots:
    """What the generated schedule says of a row. Raises UnknownNameError for one that it does not have."""
    if name not in entries:
        raise UnknownNameError(f"the code knows no slots for {name}: no source of this version has it")
    return Slots(*slots_of(entries[name]["schedule"]))


def slots_of(entry: Any) -> tuple[float, float]:
    """Cadence and offset in minutes of an entry's schedule: a crontab, an interval, a timedelta or seconds.

    Raises ValueError for one that does not fire evenly: it cannot be kept as a row.
    """
    if not isinstance(entry, crontab):
        return vars(maybe_schedule(entry))["run_every"] / MINUTE, 0.0
    fires = vars(entry)
    gaps, first = _week(*(frozenset(fires[part]) for part in ("day_of_week", "hour", "minute")))
    if len(gaps) != 1 or len(fires["day_of_month"]) < 31 or len(fires["month_of_year"]) < 12:
        raise ValueError(f"{entry} does not fire at even intervals")
    (cadence,) = gaps
    return float(cadence), float(first % cadence)


@lru_cache(maxsize=20_000)
def _week(days: frozenset[int], hours: frozenset[int], minutes: frozenset[int]) -> tuple[set[int], int]:
    """The distances in minutes between the firings of a crontab in any week, and its first one after Monday 00:00."""
    fires = sorted(
        ((day - 1) % 7 * 24 + hour) * 60 + minute for day in days for hour in hours for minute in minutes
    )
    following = [*fires[1:], fires[0] + WEEK]
    return {later - earlier for earlier, later in zip(fires, following, strict=True)}, fires[0]


def cron_text(cadence: float, offset: float) -> str:
    """How a listing shows a row's slots: as cron where cron can say it, else in words."""
    if cadence == int(cadence) and int(cadence) in _cycles():
        written = vars(cron_of(int(cadence), int(offset)))
        parts = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")
        return " ".join(str(written[f"_orig_{part}"]) for part in parts)
    return f"every {cadence * 60:g} s" if cadence < 1 else f"every {cadence:g} min"
