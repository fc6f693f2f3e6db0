"""How long the pages of figures take over 300,000 prospects: `python -m bench.overview` in a fresh PROSPECTS_HOME."""

# settings before models; it prints

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
import prospect_aggregate.celery_app  # noqa: F401  # isort: skip  # sets up Django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.dates import Window, quarter_of, quarter_window
from prospect_aggregate.normalize.money import ValueRange
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.registry import Registered
from prospect_aggregate.tasks.execution import execute

TOUCHED = (0, 4, 9, 13, 14)
PROSPECTS, SOURCES, WEEKS = int(os.environ.get("BENCH_PROSPECTS", "300000")), 12, 15
NOW = timezone.now()
TODAY = NOW.date()
CHANCE = random.Random(6)
PAGES = (
    "/overview/", "/overview/holding/", "/agencies/", "/agencies/made_3/", "/calendar/", "/counted/overdue/",
    "/counted/new/", "/prospects/made_3/F0076001/",
)  # fmt: skip


def draft(number: int) -> ProspectDraft:
    day = TODAY + timedelta(days=CHANCE.randint(-400, 700))
    window = quarter_window(*quarter_of(day)) if CHANCE.random() < 0.5 else Window(day, day, "day", f"{day}")
    return ProspectDraft(
        native_id=f"F{number:07}", title=f"Purchase {number} of support services", agency="Department of Examples",
        description="The agency intends to buy support services. " * 8, component=f"Bureau {number % 9}",
        office=f"Office {number % 60}", naics_codes=("541512",), solicitation=window, set_aside=Coded("SBA", "Small"),
        phase=Coded("awarded", "Awarded") if number % 20 == 0 else Coded(), value=ValueRange(1_000_000, 2_000_000),
        raw={f"Heading {at}": f"published text of cell {at} in row {number}" for at in range(25)},
    )  # fmt: skip


def moved(it: ProspectDraft, days: int) -> ProspectDraft:
    first = it.solicitation.first or TODAY
    later = first + timedelta(days=days)
    return replace(it, solicitation=Window(later, later, "day", f"{later}"))


def collect(key: str, drafts: list[ProspectDraft], at: datetime) -> None:
    registered = Registered(key, key.title(), lambda: drafts)
    source = Source.objects.of(registered)
    run = runs.request(
        source, reason=f"{key} {at}", trigger=Run.Trigger.PROGRAM, purpose=Run.Purpose.ADMIT, observed_at=at
    )
    execute(run.pk, registered.run)
    Run.objects.filter(pk=run.pk).update(finished_at=at)  # as long ago as it is said to be


def seen_again(key: str, at: datetime) -> None:
    """The same list, to the letter."""
    source = Source.objects.get(key=key)
    run = runs.request(source, reason=f"{key} {at}", trigger=Run.Trigger.PROGRAM, observed_at=at)
    Run.objects.filter(pk=run.pk).update(status=Run.Status.UNCHANGED, finished_at=at, observed_at=at)
    Source.objects.filter(pk=source.pk).update(last_good_at=at)


def fill() -> None:
    """Fifteen weekly looks at each list, of which some show moved dates, and a few prospects that are gone."""
    each = PROSPECTS // SOURCES
    for source in range(SOURCES):
        drafts = [draft(number) for number in range(source * each, (source + 1) * each)]
        for week in range(WEEKS):
            at = NOW - timedelta(weeks=WEEKS - 1 - week)
            if week in TOUCHED:
                for row in CHANCE.sample(range(each), each // 50):
                    drafts[row] = moved(drafts[row], CHANCE.choice((-30, 30, 60, 90)))
                collect(f"made_{source}", drafts[week * 2 :], at)
            else:
                seen_again(f"made_{source}", at)
        print(f"source {source}: {Prospect.objects.count():,}", flush=True)


def timed(ask: Callable[[], object], times: int) -> list[float]:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return spent


def measure(client: Client) -> None:
    for path in PAGES:
        cache.clear()
        answer = client.get(path)
        assert answer.status_code == 200, path
        cache.clear()
        cold = timed(lambda path=path: client.get(path), 1)[0]  # type: ignore[misc]
        warm = timed(lambda path=path: client.get(path), 9)  # type: ignore[misc]
        size = len(answer.content) / 1024
        print(
            f"{path:22} {size:6.1f} KB   first after a run {cold:8.1f} ms   then {statistics.median(warm):7.1f} ms"
        )


def main() -> None:
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    if not Prospect.objects.exists():
        fill()
    person = get_user_model().objects.get_or_create(username="bench")[0]
    client = Client()
    client.force_login(person)
    measure(client)


if __name__ == "__main__":
    main()
