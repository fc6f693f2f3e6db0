"""The home that the browser looks at: real layouts, three editions, and one run of every outcome.

Made once in a run, by the product's own pipeline against the sandbox; every test gets a copy.
"""

import logging
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings
from django.utils import timezone

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import batches, leases, runlog
from prospect_aggregate.collection.audit import kept_by
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Pair, Prospect
from prospect_aggregate.sandbox.editions import edition
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.leading import LEASE
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.table_scheduler import seed
from prospect_aggregate.web import invitations, lockout, resets, roster
from prospect_aggregate.web.audit import keep_command
from prospect_aggregate.web.digests import composing
from prospect_aggregate.web.models import Failure
from prospect_aggregate.web.permissions import Role
from tests.browser.database import database_at, migrate, settle
from tests.given import a_run, claimed, collected

NAME, PASSWORD = "ana", "a long enough password"
EDITIONS = 3
SCALE = 0.2  # about 150 and 700 prospects: enough for pages, made in seconds


@dataclass(frozen=True, slots=True)
class House:
    """A made home, and where in it the interesting things are."""

    folder: Path
    session: str
    """The cookie of a person who is signed in."""
    prospect: str
    """Path of one with everything to show: it moved, it has contacts."""
    runs: dict[str, int]
    """One run of each status."""
    links: dict[str, str]
    """Paths that let somebody in once."""

    @property
    def database(self) -> Path:
        return self.folder / "prospects.sqlite3"

    @property
    def chosen(self) -> str:
        """Two of one source and one of another, as an address names them."""
        numbers = [f"dhs:{it.native_id}" for it in Prospect.objects.of("dhs")[:2]]
        return urlencode({"chosen": [*numbers, Prospect.objects.of("commerce")[0].key]}, doseq=True)

    def copied(self, folder: Path) -> "House":
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return House(folder, self.session, self.prospect, self.runs, self.links)


def build(folder: Path) -> House:
    folder.mkdir(parents=True)
    house = House(folder, "", "", {}, {})
    with override_settings(HOME=folder, REQUEST_PAUSE=timedelta(0)), database_at(house.database):
        migrate()
        _collect_everything()
        _suggest_pair()
        seed(app.conf.beat_schedule, task_registry, now=timezone.now())
        leases.take(LEASE, "a beat", ttl=timedelta(hours=1), now=timezone.now())
        made = House(folder, _signed_in(), _best_prospect(), _runs(), _let_people_in())
        settle()
    return made


def _collect_everything() -> None:
    _ask_together("energy", "nasa")
    today = timezone.now().date()
    with (
        Server(today=today, scale=SCALE, count=EDITIONS, current=1) as agencies,
        override_settings(HOSTS=agencies.hosts),
    ):
        for number in range(1, EDITIONS + 1):
            for key in ("dhs", "commerce"):
                agencies.stage.show(key, number)
                observed = today - timedelta(weeks=EDITIONS - number)
                at = datetime.combine(observed, time(0, 5), UTC)
                _collect(key, at=at)
        _collect("dhs")
        for fault in ("renamed_heading", "half_rows", "block_page"):
            agencies.stage.spoil("commerce", fault)
            _collect("commerce")
    _begin("treasury")


def _ask_together(good: str, bad: str) -> None:
    """A batch that came to an end."""
    batch = batches.ask(map(scraper_registry.get, (good, bad)), reason="click x", by="ana")
    now = timezone.now()
    batch.runs.update(status="blocked", error="a page instead of a workbook", started_at=now, finished_at=now)
    batch.runs.filter(source__key=good).update(status="unchanged")


def _begin(key: str) -> None:
    """A run in the hands of a worker that lives as long as anybody looks."""
    run = claimed(a_run(scraper_registry.get(key)))
    later = timezone.now() + timedelta(hours=1)
    Run.objects.filter(pk=run.pk).update(
        stage="read", stage_at=run.started_at, rows=1500, bytes=2**20, heartbeat_at=later
    )
    with runlog.kept(run):
        for said in (
            "fetch",
            "keep",
            "1,048,576 bytes came from https://osdbu.forecast.treasury.gov/",
            "read",
        ):
            logging.getLogger("prospect_aggregate").info("run %s: %s", run.pk, said)


def _suggest_pair() -> None:
    """The first one, of two rows that share little: pages must hold what differs, too."""
    older, newer = Prospect.objects.of("commerce").order_by("pk")[:2]
    evidence = {"title": 84, "agree": ["value", "set_aside"], "differ": ["solicitation"]}
    facts = {"kind": Pair.Kind.TWIN, "run": newer.first_run, "suggested_at": newer.first_seen_at}
    Pair.objects.create(older=older, newer=newer, evidence=evidence, **facts)


def following(key: str) -> bytes:
    """The list that the agency publishes next."""
    return edition(key, EDITIONS + 1, today=timezone.now().date(), scale=SCALE, count=EDITIONS).content()


def _collect(key: str, *, at: datetime | None = None) -> None:
    """A run that fails is one to look at."""
    with suppress(ScraperError):
        collected(scraper_registry.get(key), at=at)


def _signed_in() -> str:
    person = get_user_model().objects.create_superuser(NAME, password=PASSWORD)
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _let_people_in() -> dict[str, str]:
    """An analyst who waits after wrong passwords, three links, and acts in the log."""
    now = timezone.now()
    vera = get_user_model().objects.create_user("vera", "vera@example.com", PASSWORD)
    failures = [Failure(key=lockout.account_key("vera"), at=now) for _ in range(20)]
    Failure.objects.bulk_create(failures)
    with kept_by(keep_command(NAME)):
        roster.give_role(vera, Role.ANALYST)
        _, invitation = invitations.invite(Role.VIEWER, email="neil@example.com", by=None, now=now)
        return {
            "invitation": invitation,
            "reset": resets.link_for(vera, now=now),
            "digest": composing.address_that_ends(vera, now=now),
        }


def _best_prospect() -> str:
    moved = Prospect.objects.of("dhs").filter(solicitation_moves__gt=0, incumbent_name__isnull=False)
    return f"/prospects/dhs/{moved.order_by('-solicitation_moves', 'pk')[0].native_id}/"


def _runs() -> dict[str, int]:
    """The newest of each status."""
    return dict(Run.objects.order_by("pk").values_list("status", "pk"))
