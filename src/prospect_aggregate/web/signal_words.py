"""The three signals of a source as pages show them: a shape, a word, and the reason where one looks for it."""

from collections.abc import Mapping

from prospect_aggregate.collection.signals import Level, Signal

SHAPES: Mapping[tuple[str, Level], tuple[str, str]] = {
    ("reachable", Level.OK): ("fresh", "reached"),
    ("reachable", Level.POOR): ("late", "laid out otherwise"),
    ("reachable", Level.BAD): ("blocked", "not reached"),
    ("reachable", Level.UNKNOWN): ("never", "not looked at"),
    ("fresh", Level.OK): ("fresh", "fresh"),
    ("fresh", Level.POOR): ("late", "late"),
    ("fresh", Level.BAD): ("failing", "late by more than its limit"),
    ("fresh", Level.UNKNOWN): ("never", "never collected"),
    ("sound", Level.OK): ("fresh", "sound"),
    ("sound", Level.POOR): ("late", "with doubts"),
    ("sound", Level.BAD): ("quarantined", "not sound"),
    ("sound", Level.UNKNOWN): ("never", "nothing read"),
}
"""By name and state."""


def shape(signal: Signal) -> str:
    return SHAPES[signal.name, signal.state][0]


def word(signal: Signal) -> str:
    return SHAPES[signal.name, signal.state][1]


def label(signal: Signal) -> str:
    """`not reached: HTTP 503`."""
    return f"{word(signal)}: {signal.reason}" if signal.reason else word(signal)
