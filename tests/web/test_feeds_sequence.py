"""An event's sequence never falls (RFC 5545), whatever is taken back of what moved it."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from prospect_aggregate.collection.models import Run
from tests import mended
from tests.agency import Site
from tests.given import row, rows
from tests.test_replay import accepted
from tests.test_replay import reader as registered
from tests.test_review import hold, let_in, take_back
from tests.web.test_feeds import event, made

Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june() -> Any:
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        yield


def sequence(client: Client, secret: str) -> int:
    return event(client, secret, "Purchase 1").sequence or 0


def test_a_replay_that_finds_no_move_any_more_is_a_later_version(
    reader: Client, client: Client, lists: Lists
) -> None:
    lists(row(1, solicitation="06/20/2026"), at="2026-05-01")
    lists(row(1, solicitation="06/25/2026"), at="2026-05-08")
    secret = made(reader)
    before = sequence(client, secret)
    replay = accepted(registered(mended.Vague()))
    assert event(client, secret, "Purchase 1").dtend.isoformat() == "2026-07-01"
    assert before < sequence(client, secret) == replay.pk
    moved = lists(row(1, solicitation="07/20/2026"), at="2026-05-15")
    assert sequence(client, secret) == moved.pk > replay.pk


def test_an_edition_that_is_taken_back_is_a_later_version(
    reader: Client, client: Client, site: Site, lists: Lists
) -> None:
    lists(*rows(30), at="2026-05-01")
    secret = made(reader)
    ruling = let_in(hold(site, [row(1, solicitation="06/20/2026"), *rows(13)[1:]]))
    moved = sequence(client, secret)
    assert ruling.admitted
    assert moved == ruling.admitted.pk
    take_back(ruling)
    undone = Run.objects.get(purpose=Run.Purpose.UNDO)
    assert moved < sequence(client, secret) == undone.pk
