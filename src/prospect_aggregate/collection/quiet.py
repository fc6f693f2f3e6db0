"""The hours in which nobody is to be woken."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `first` up to `until`, over midnight where that is earlier, by the clocks of `zone`."""

    first: time
    until: time
    zone: ZoneInfo

    def after(self, now: datetime) -> datetime:
        """`now`, or the end of the quiet hours that it lies in."""
        local = now.astimezone(self.zone)
        if not self._hold(local.time()):
            return now
        end = datetime.combine(local.date(), self.until, tzinfo=self.zone)
        return end if end > local else end + timedelta(days=1)

    def _hold(self, moment: time) -> bool:
        if self.first <= self.until:
            return self.first <= moment < self.until
        return moment >= self.first or moment < self.until


def parse(text: str) -> QuietHours | None:
    """`22:00-07:00 America/New_York`; without a zone, UTC. None for nothing; raises ValueError for nonsense."""
    if not text.strip():
        return None
    hours, _, zone = text.strip().partition(" ")
    first, _, until = hours.partition("-")
    try:
        return QuietHours(
            time.fromisoformat(first), time.fromisoformat(until), ZoneInfo(zone.strip() or "UTC")
        )
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise ValueError(f"{text!r}: write 22:00-07:00 America/New_York") from error
