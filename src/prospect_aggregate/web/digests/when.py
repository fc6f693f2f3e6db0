"""When a digest is due: an hour of a day, or of one day a week, by the clocks of a person's zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

OFF, DAILY, WEEKLY = "off", "daily", "weekly"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEAR = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam", "UTC",
)  # fmt: skip
"""Zones that are offered; every other one can be written."""


class UnfitTimeError(ValueError):
    """A time that cannot be; the message says what one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Raises UnfitTimeError."""

    every: str = OFF
    weekday: int = 0
    """Monday is 0; it says nothing where it is daily."""
    hour: int = 7
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.every not in (OFF, DAILY, WEEKLY):
            raise UnfitTimeError("every is off, daily or weekly")
        if self.weekday not in range(7):
            raise UnfitTimeError("a weekday is 0, Monday, to 6, Sunday")
        if self.hour not in range(24):
            raise UnfitTimeError("an hour is 0 to 23")
        if self.zone not in _zones():
            raise UnfitTimeError(f"there is no time zone {self.zone!r}; write America/New_York")

    def after(self, now: datetime) -> datetime | None:
        """The next time from then on, not the moment itself; None where it is off.

        An hour that clocks leave out in spring comes an hour later; of one shown twice in autumn it is the first.
        """
        if self.every == OFF:
            return None
        today = now.astimezone(ZoneInfo(self.zone)).date()
        days = (today + timedelta(days=ahead) for ahead in range(9))
        return next(at for day in days if self._has(day) and (at := self._at(day)) > now)

    def _has(self, day: date) -> bool:
        return self.every == DAILY or day.weekday() == self.weekday

    def _at(self, day: date) -> datetime:
        """In UTC, for times of one zone are compared by what their clocks show."""
        return datetime.combine(day, time(self.hour), ZoneInfo(self.zone)).astimezone(ZoneInfo("UTC"))

    @property
    def words(self) -> str:
        """`every Monday at 07:00, America/New_York`."""
        if self.every == OFF:
            return "off"
        day = "day" if self.every == DAILY else DAYS[self.weekday]
        return f"every {day} at {self.hour:02}:00, {self.zone}"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
