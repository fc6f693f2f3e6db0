"""How times are written on pages: relative while they are near, a date after that."""

from datetime import datetime, timedelta

NEAR = timedelta(hours=48)


def near_text(moment: datetime, *, now: datetime) -> str:
    """`12 s ago`, `in 4 min`, `3 h ago`; `12 May 2026` beyond two days either way."""
    distance = moment - now
    if abs(distance) >= NEAR:
        return f"{moment.day} {moment:%b %Y}"
    if abs(distance) < timedelta(seconds=1):
        return "now"
    length = span(abs(distance))
    return f"in {length}" if distance > timedelta(0) else f"{length} ago"


def clock_text(moment: datetime, *, now: datetime) -> str:
    """`06:40`, with its day when that is not today."""
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == now.date() else f"{moment.day} {moment:%b} {clock}"


def span(length: timedelta) -> str:
    """`12 s`, `4 min`, `3 h`, `9 d`: one unit, rounded down."""
    seconds = int(length.total_seconds())
    for size, unit in ((172_800, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // (86_400 if unit == 'd' else size)} {unit}"
    return f"{seconds} s" if seconds else "under 1 s"


def exact_text(moment: datetime) -> str:
    """What stands in a time's title until the script writes it in the reader's zone."""
    return f"{moment.day} {moment:%b %Y, %H:%M:%S} UTC"
