"""A pool process gives back what a large list took."""

import sys

import pytest

from prospect_aggregate.collection import memory
from prospect_aggregate.tasks import frugality

MEGABYTE = 2**20


def scattered(megabytes: int) -> list[bytes]:
    """Blocks that lie between others which go: freed, nothing of it returns by itself."""
    blocks = [bytes(1000) for _ in range(megabytes * 2 * 1000)]
    return blocks[::100]


@pytest.mark.skipif(sys.platform != "linux", reason="only there is resident memory read, and given back")
def test_freed_memory_goes_back_to_the_system() -> None:
    kept = scattered(50)
    before = memory.used()
    memory.trim()
    assert kept
    assert before - memory.used() > 30 * MEGABYTE


@pytest.mark.django_db
def test_it_is_given_back_once_the_process_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    level = memory.used()
    monkeypatch.setattr(frugality._Level, "used", level)
    frugality.give_back()
    assert frugality._Level.used == level
    monkeypatch.setattr(frugality._Level, "used", 0)
    frugality.give_back()
    assert frugality._Level.used > 0
