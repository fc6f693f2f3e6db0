"""Rights held for a while."""

from datetime import timedelta

import pytest
from django.utils import timezone

from prospect_aggregate.collection import leases

pytestmark = pytest.mark.django_db

NOW = timezone.now()
FOR = timedelta(seconds=15)


def take(owner: str, *, after: float = 0) -> bool:
    return leases.take("beat", owner, ttl=FOR, now=NOW + timedelta(seconds=after))


def test_one_holds_it_and_the_other_waits() -> None:
    assert take("one")
    assert not take("other", after=14)


def test_the_holder_renews_it() -> None:
    assert take("one")
    assert take("one", after=14)
    assert not take("other", after=20)


def test_it_falls_to_the_other_when_it_expires() -> None:
    assert take("one")
    assert take("other", after=15)
    assert not take("one", after=16)


def test_a_released_lease_is_free_at_once() -> None:
    take("one")
    leases.release("beat", "one", now=NOW)
    assert take("other")


def test_only_its_holder_releases_it() -> None:
    take("one")
    leases.release("beat", "other", now=NOW)
    assert leases.holder("beat", now=NOW) == "one"


def test_a_host_rests_after_a_turn() -> None:
    take("one")
    leases.release("beat", "one", now=NOW, rest=timedelta(seconds=2))
    assert not take("one", after=1)
    assert take("one", after=2)


def test_a_dead_owner_keeps_nothing() -> None:
    take("one")
    leases.release_all("one", now=NOW)
    assert take("other")
