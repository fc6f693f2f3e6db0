"""Three honest signals of a source: can it be reached, is it fresh, is it sound."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import Check, Run, Source
from prospect_aggregate.collection.outcomes import Decision
from prospect_aggregate.collection.signals import Signal, signals_of, signals_of_all
from tests.agency import Site
from tests.given import a_run, a_source, claimed, collected, published, row, rows

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def signals(*, later: timedelta = timedelta(0)) -> dict[str, Signal]:
    source = Source.objects.get(key="listing")
    return {signal.name: signal for signal in signals_of(source, now=timezone.now() + later)}


def states(*, later: timedelta = timedelta(0)) -> tuple[str, ...]:
    return tuple(signal.state.value for signal in signals(later=later).values())


def looked(*, ok: bool, ago: timedelta, kind: str = "", detail: str = "why") -> datetime:
    then = timezone.now() - ago
    Check.objects.create(
        source=a_source(), ok=ok, error_kind=kind, detail=detail, started_at=then, finished_at=then
    )
    return then


def ended(status: str, kind: str, error: str, *, http: str = "") -> Run:
    run = claimed(a_run(force=True))
    failure = Exception(error)
    failure.evidence = {"status": http} if http else {}  # type: ignore[attr-defined]
    runs.fail(run, failure, Decision(status=status, kind=kind), now=timezone.now())
    return run


@pytest.fixture
def good(site: Site) -> Run:
    site.serve(published(rows(20)))
    return collected()


def test_a_source_that_nobody_looked_at_says_so_three_times() -> None:
    a_source()
    assert states() == ("unknown", "unknown", "unknown")
    assert [it.reason for it in signals().values()] == [
        "never looked at",
        "not collected yet",
        "no list was read yet",
    ]


def test_a_good_collection_is_three_good_signals(good: Run) -> None:
    assert states() == ("ok", "ok", "ok")
    assert signals()["sound"].reason == "20 rows, each read, 5 checks passed"


def test_a_check_that_fails_after_it_says_that_nobody_is_let_in_since_the_first_that_failed(
    good: Run,
) -> None:
    Run.objects.filter(pk=good.pk).update(finished_at=timezone.now() - 5 * HOUR)
    looked(ok=True, ago=4 * HOUR)
    first = looked(ok=False, ago=3 * HOUR)
    looked(ok=False, ago=2 * HOUR, kind="BlockedError", detail="HTTP 403")
    reach = signals()["reachable"]
    assert (reach.state, reach.reason, reach.since) == ("bad", "HTTP 403", first)
    assert states() == ("bad", "ok", "ok")


def test_other_headings_seen_by_a_check_are_a_poor_reach(good: Run) -> None:
    Run.objects.filter(pk=good.pk).update(finished_at=timezone.now() - HOUR)
    looked(ok=False, ago=timedelta(0), kind="layout", detail="the headings differ: 'Title' is gone")
    assert signals()["reachable"].state == "poor"


def test_whoever_looked_last_is_believed(good: Run) -> None:
    looked(ok=False, ago=HOUR)
    assert signals()["reachable"].reason == f"run {good.pk} had an answer"
    ended("blocked", "blocked", "HTTP 403")
    assert (signals()["reachable"].state, signals()["reachable"].reason) == ("bad", "HTTP 403")


def test_a_look_counts_for_a_day_and_a_half(good: Run) -> None:
    assert signals(later=35 * HOUR)["reachable"].state == "ok"
    assert signals(later=37 * HOUR)["reachable"].state == "unknown"
    assert signals(later=37 * HOUR)["reachable"].reason.startswith("not looked at since")


def test_a_list_that_grows_old_is_late_and_then_worse(good: Run) -> None:
    assert [states(later=days * DAY)[1] for days in (2, 4, 7)] == ["ok", "poor", "bad"]


def test_a_held_edition_is_reached_and_not_sound(site: Site, good: Run) -> None:
    site.serve(published([row(99)]))
    with pytest.raises(Exception, match="held"):
        collected()
    assert states() == ("ok", "ok", "bad")
    assert signals()["sound"].reason.startswith("20 of 20 listed prospects gone at once")


def test_a_list_that_cannot_be_read_is_reached_and_not_sound(good: Run) -> None:
    ended("failed", "layout_changed", "heading 'Title' is missing")
    assert states() == ("ok", "ok", "bad")


def test_a_list_that_moved_away_says_nothing_of_its_soundness(good: Run) -> None:
    ended("failed", "layout_changed", "HTTP 404; the list has moved", http="404")
    assert states() == ("bad", "ok", "ok")


def test_a_site_that_does_not_answer_leaves_the_last_list_sound(good: Run) -> None:
    ended("failed", "transient", "HTTP 503")
    assert states() == ("bad", "ok", "ok")


def test_a_worker_that_died_says_nothing_of_the_source(good: Run) -> None:
    ended("lost", "lost", "its worker died")
    assert states() == ("ok", "ok", "ok")


def test_rows_that_could_not_be_read_are_a_doubt(site: Site) -> None:
    site.serve(published([*rows(40), row("", title="nobody's")]))
    collected()
    sound = signals()["sound"]
    assert (sound.state, sound.reason) == ("poor", "1 of 41 rows could not be read")


def test_a_field_that_is_read_in_no_row_any_more_is_a_doubt(site: Site, good: Run) -> None:
    site.serve(published([row(number, value="to come") for number in range(1, 21)]))
    collected()
    assert signals()["sound"].reason == "value read in no row, in 100% of the rows before"


def test_a_partial_list_is_a_doubt(good: Run) -> None:
    Run.objects.filter(pk=good.pk).update(complete=False)
    assert signals()["sound"].reason == "only a part of the list came"


def test_what_a_person_let_in_stays_doubtful(good: Run) -> None:
    finding = {"check": "gone", "saw": "20 gone", "expected": "at most a third", "passed": False}
    Run.objects.filter(pk=good.pk).update(verdict=[finding])
    assert signals()["sound"].reason == "let in by a person: 20 gone, expected at most a third"


def test_all_sources_are_read_at_once(good: Run, django_assert_num_queries: object) -> None:
    for number in range(30):
        Source.objects.create(key=f"s{number}", name="s", last_good_at=timezone.now())
    looked(ok=True, ago=HOUR)
    sources = list(Source.objects.all())
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = signals_of_all(sources, now=timezone.now())
    assert len(found) == 31
