"""Guessing made slow: after some failures each further one costs a longer wait, and never a door for ever.

Counted in the database, so it holds for all web processes. An attempt is counted before its password is looked at:
who asks a hundred times at once gains nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core import signing
from django.http import HttpRequest, HttpResponse

from prospect_aggregate.collection import audit
from prospect_aggregate.web.address import address_of, neighbourhood
from prospect_aggregate.web.models import Failure, Person

FIRST = timedelta(seconds=30)
DAY = timedelta(days=1)
KNOWN_FOR = timedelta(days=180)
KNOWN = "prospects_known"
_SALT = "a browser that somebody signed in with"


class LockedOutError(Exception):
    """Nothing was looked at; `until` says from when on it will be."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True)
class Rule:
    """So many failures are free `within` a time; each further one doubles the wait, up to `most`."""

    free: int
    within: timedelta
    most: timedelta

    def wait(self, failures: int) -> timedelta:
        beyond = failures - self.free
        return timedelta(0) if beyond < 0 else min(FIRST * 2 ** min(beyond, 20), self.most)


ACCOUNT = Rule(free=5, within=DAY, most=timedelta(minutes=15))
ADDRESS = Rule(free=20, within=timedelta(hours=1), most=timedelta(minutes=5))
"""An office has one address; a success of one of them does not clear it."""


def account_key(name: str) -> str:
    return "account:" + sha256(name.strip().casefold().encode()).hexdigest()


def address_key(address: str) -> str:
    return f"address:{neighbourhood(address)}"


def keys_of(request: HttpRequest, name: str) -> tuple[str, ...]:
    """What this attempt counts for, the account first.

    A browser that this very person has signed in with before counts for itself: strangers cannot lock its owner out.
    """
    account = _known_browser(request, name) or account_key(name)
    address = address_of(request)
    return (account, address_key(address)) if address else (account,)


def _known_browser(request: HttpRequest, name: str) -> str:
    cookie = request.COOKIES.get(KNOWN, "")
    try:
        number = signing.loads(cookie, salt=_SALT, max_age=KNOWN_FOR)["person"]
    except (signing.BadSignature, KeyError, TypeError):
        return ""
    mine = Person.objects.filter(pk=number, username__iexact=name.strip()).exists()
    return "browser:" + sha256(cookie.encode()).hexdigest() if mine else ""


def know_browser(response: HttpResponse, person: Person, *, secure: bool) -> None:
    """It holds a name, which lets nobody in, and is signed."""
    value = signing.dumps({"person": person.pk}, salt=_SALT)
    age = int(KNOWN_FOR.total_seconds())
    response.set_cookie(KNOWN, value, max_age=age, httponly=True, samesite="Lax", secure=secure)


def begin(keys: Iterable[str], *, now: datetime) -> list[Failure]:
    """The attempt, counted as a failure until `forgive`. Raises LockedOutError; what is refused counts for nothing."""
    wanted = tuple(keys)
    _check(wanted, now, ())
    tried = [Failure.objects.create(key=key, at=now) for key in wanted]
    try:
        _check(wanted, now, tried)  # others may have tried at the same moment
    except LockedOutError:
        _take_back(tried)
        raise
    Failure.objects.filter(at__lt=now - DAY).delete()
    return tried


def forgive(tried: list[Failure]) -> None:
    """The password was right: the account begins anew, the address has one failure less."""
    _take_back(tried)
    Failure.objects.filter(key=tried[0].key).delete()


def record_locks(tried: list[Failure], name: str, *, now: datetime) -> None:
    """What waits from this failure on. A name that nobody has may be a password: it is not written down."""
    known = Person.objects.filter(username__iexact=name.strip()).values_list("username", flat=True).first()
    for each in tried:
        until = locked_until(each.key, now=now)
        kind, _, thing = each.key.partition(":")
        if until:
            named = thing if kind == "address" else known or "nobody of that name"
            audit.record("lock out", kind, named, after={"until": until})


def _take_back(tried: list[Failure]) -> None:
    Failure.objects.filter(pk__in=[each.pk for each in tried]).delete()


def _check(keys: Iterable[str], now: datetime, tried: Iterable[Failure]) -> None:
    mine = [each.pk for each in tried]
    until = max((locked_until(key, now=now, but=mine) or now for key in keys), default=now)
    if until > now:
        raise LockedOutError(until)


def locked_until(key: str, *, now: datetime, but: Iterable[int] = ()) -> datetime | None:
    """None while it is not locked."""
    rule = ADDRESS if key.startswith("address:") else ACCOUNT
    failures = Failure.objects.of(key, since=now - rule.within).exclude(pk__in=list(but))
    times = list(failures.order_by("-at").values_list("at", flat=True))
    if not times:
        return None
    until: datetime = times[0] + rule.wait(len(times))
    return until if until > now else None


def locked_addresses(*, now: datetime) -> dict[str, datetime]:
    """Those that wait now, and until when."""
    keys = (
        Failure.objects.filter(key__startswith="address:").order_by().values_list("key", flat=True).distinct()
    )
    found = {key: locked_until(key, now=now) for key in keys}
    return {key.partition(":")[2]: until for key, until in found.items() if until}


def lift(key: str) -> int:
    """How many failures are forgotten."""
    return Failure.objects.filter(key=key).delete()[0]
