"""How often a task fires, in words and as plain choices; times are UTC."""

from dataclasses import dataclass

from prospect_aggregate.collection.schedules import Slots

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60  # minutes
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = (2, 3, 4, 6, 8, 12)  # that divide a day
CHOICES = {
    15: "Every 15 minutes",
    30: "Every 30 minutes",
    HOUR: "Every hour",
    **{hours * HOUR: f"Every {hours} hours" for hours in _HOURS},
    DAY: "Every day",
    WEEK: "Every week",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form asks: how often, from which time of which day on."""

    every: int
    hour: int
    minute: int
    weekday: int

    @property
    def time(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"

    @property
    def slots(self) -> Slots:
        """Only as much of the time counts as the cadence has room for."""
        at = self.weekday * DAY + self.hour * HOUR + self.minute
        return Slots(float(self.every), float(at % self.every))


def choice_of(every: str, time: str, weekday: str) -> Choice:
    """Raises ValueError, saying what to write."""
    if not every.isdigit() or int(every) not in CHOICES:
        raise ValueError("choose how often")
    hour, colon, minute = time.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise ValueError(f"{time!r}: write the time as 05:30 (UTC)")
    if not weekday.isdigit() or int(weekday) > 6:
        raise ValueError("choose a day of the week")
    return Choice(int(every), int(hour), int(minute), int(weekday))


def nearest_choice(slots: Slots) -> Choice:
    """The form's first state: what is, as near as the choices come."""
    every = min(CHOICES, key=lambda minutes: abs(minutes - slots.cadence))
    day, minute_of_day = divmod(int(slots.offset), DAY)
    return Choice(every, minute_of_day // HOUR, minute_of_day % HOUR, day % 7)


def words(slots: Slots) -> str:
    """`daily 05:03`, `every 6 h at 00:39, 06:39, …`, `Mondays 07:25`, `every 90 s`."""
    cadence, at = slots.cadence, int(slots.offset)
    if cadence == WEEK:
        return f"{WEEKDAYS[at // DAY]}s {_clock(at % DAY)}"
    if cadence == DAY:
        return f"daily {_clock(at)}"
    if cadence == HOUR:
        return f"hourly at :{at:02}"
    if cadence > HOUR and cadence % HOUR == 0 and DAY % cadence == 0:
        times = [_clock(start) for start in range(at, DAY, int(cadence))]
        return f"every {cadence / HOUR:g} h at {', '.join(times[:3])}{' …' if len(times) > 3 else ''}"
    return _plain(cadence)


def _plain(cadence: float) -> str:
    if cadence < 1:
        return f"every {cadence * 60:g} s"
    return f"every {cadence:g} min" if cadence < 2 * DAY else f"every {cadence / DAY:g} d"


def _clock(minutes: int) -> str:
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"
