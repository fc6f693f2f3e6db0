"""Who is dead, what is late, and who is told of it: once when it begins, once when it is over."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import alerts, deliveries, leases, watch
from prospect_aggregate.collection.models import Alert, Delivery, Process, Run
from prospect_aggregate.collection.objects import source_object
from prospect_aggregate.collection.processes import Kind
from prospect_aggregate.collection.quiet import QuietHours, parse
from tests.given import a_run, a_source

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def heard(kind: Process.Kind, at: datetime, **facts: object) -> Process:
    name = f"{kind} of {at}"
    return Process.objects.create(kind=kind, name=name, started_at=at, heard_at=at, **facts)


@pytest.fixture(autouse=True)
def beat() -> Process:
    """One that lives through every test, unless it is the one that is missed."""
    return heard(Kind.BEAT, NOW + timedelta(hours=1))


@pytest.fixture
def worker() -> Process:
    return heard(Kind.WORKER, NOW + timedelta(hours=1))


def look(*, at: datetime) -> list[tuple[str, str]]:
    """What is open after somebody looked."""
    watch.look(now=at)
    return sorted(Alert.objects.open().values_list("subject", "cause"))


@pytest.fixture
def mailed(settings: Settings) -> Iterator[list[str]]:
    """Subjects of what arrived."""
    settings.ALERT_MAIL = ["ops@example.com"]
    yield []
    mail.outbox.clear()


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


def test_a_living_engine_has_no_troubles() -> None:
    for kind in Kind:
        heard(kind, NOW - 3 * SECOND)
    assert watch.engine_troubles(now=NOW) == []


def test_a_worker_that_was_killed_is_missed_from_the_moment_it_was_heard_last() -> None:
    heard(Kind.WORKER, NOW - 31 * SECOND)
    (trouble,) = watch.engine_troubles(now=NOW)
    assert (trouble.cause, trouble.since) == ("no_worker", NOW - 31 * SECOND)
    assert "nothing is being collected" in trouble.text


def test_a_worker_that_said_goodbye_is_missed_too_when_it_was_the_last() -> None:
    heard(Kind.WORKER, NOW - 5 * SECOND, ended_at=NOW - 5 * SECOND)
    assert "The last worker stopped" in watch.engine_troubles(now=NOW)[0].text


def test_one_of_two_workers_is_enough() -> None:
    heard(Kind.WORKER, NOW - MINUTE)
    heard(Kind.WORKER, NOW - SECOND)
    assert watch.engine_troubles(now=NOW) == []


def test_what_was_never_started_is_missed_too_but_for_the_pages(worker: Process) -> None:
    assert watch.engine_troubles(now=NOW) == []
    worker.delete()
    assert watch.engine_troubles(now=NOW)[0].text == (
        "No worker was ever heard here; nothing is being collected"
    )


def test_a_queue_that_nobody_takes_from_is_a_trouble() -> None:
    heard(Kind.WORKER, NOW)
    Run.objects.filter(pk=a_run().pk).update(queued_at=NOW - 6 * MINUTE)
    (trouble,) = watch.engine_troubles(now=NOW)
    assert trouble.text.startswith("1 runs wait since")


def test_a_next_attempt_waits_only_since_its_time_has_come() -> None:
    heard(Kind.WORKER, NOW)
    Run.objects.filter(pk=a_run(not_before=NOW - MINUTE).pk).update(queued_at=NOW - 61 * MINUTE)
    assert watch.engine_troubles(now=NOW) == []
    assert Run.objects.waiting_since(NOW) == NOW - MINUTE


def test_a_full_disk_is_a_trouble_before_it_is_full() -> None:
    heard(Kind.WORKER, NOW, disk_free=120 * 2**20)
    assert watch.engine_troubles(now=NOW)[0].text == "The disk of the archive has only 120 MB left"


def test_what_a_process_says_of_itself_is_told_once(worker: Process) -> None:
    for second in (1, 2):
        heard(Kind.BEAT, NOW - second * SECOND, troubles={"broker": "The broker has not answered"})
    assert [trouble.cause for trouble in watch.engine_troubles(now=NOW)] == ["broker"]


def test_a_restart_is_no_alert_and_a_death_is_one_alert(mailed: list[str]) -> None:
    heard(Kind.WORKER, NOW)
    assert look(at=NOW + 45 * SECOND) == []
    assert look(at=NOW + 65 * SECOND) == [("engine", "no_worker")]
    assert look(at=NOW + 95 * SECOND) == [("engine", "no_worker")]
    assert subjects() == ["[prospects] engine: no worker"]


def test_a_recovery_is_told_once(mailed: list[str]) -> None:
    heard(Kind.WORKER, NOW)
    look(at=NOW + 65 * SECOND)
    heard(Kind.WORKER, NOW + 90 * SECOND)
    assert look(at=NOW + 95 * SECOND) == []
    look(at=NOW + 110 * SECOND)
    assert subjects() == ["[prospects] engine: no worker", "[prospects] engine: no worker is over"]


def test_one_process_at_a_time_looks() -> None:
    heard(Kind.WORKER, NOW)
    leases.take("watch", "somebody else", ttl=MINUTE, now=NOW + 65 * SECOND)
    assert look(at=NOW + 66 * SECOND) == []


def test_a_source_becomes_late_by_the_clock_alone(worker: Process) -> None:
    source = a_source()
    type(source).objects.filter(pk=source.pk).update(last_good_at=NOW - timedelta(days=9))
    assert look(at=NOW) == [("listing", "late")]


def test_freshness_is_looked_at_once_a_minute_by_whoever_looks(worker: Process) -> None:
    """Ten thousand sources are read for it."""
    source = a_source()
    assert look(at=NOW) == []
    type(source).objects.filter(pk=source.pk).update(last_good_at=NOW - timedelta(days=9))
    assert look(at=NOW + 59 * SECOND) == []
    assert look(at=NOW + 60 * SECOND) == [("listing", "late")]


def test_a_failed_run_tells_and_a_good_edition_ends_it(mailed: list[str]) -> None:
    run = a_run()
    run.error = "HTTP 403"
    alerts.open_for(run, cause="blocked", now=NOW)
    alerts.open_for(run, cause="blocked", now=NOW + MINUTE)
    deliveries.send_due(now=NOW)
    alerts.close_all(run.source, now=NOW + 2 * MINUTE)
    deliveries.send_due(now=NOW + 2 * MINUTE)
    assert subjects() == ["[prospects] listing: blocked", "[prospects] listing: blocked is over"]
    assert "HTTP 403" in mail.outbox[0].body


NIGHT = QuietHours(time(22), time(7), ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-05-25T01:59:00+00:00", "2026-05-25T01:59:00+00:00"),
        ("2026-05-25T02:00:00+00:00", "2026-05-25T11:00:00+00:00"),
        ("2026-05-25T10:59:00+00:00", "2026-05-25T11:00:00+00:00"),
        ("2026-05-25T11:00:00+00:00", "2026-05-25T11:00:00+00:00"),
    ],
)
def test_nobody_is_woken_in_quiet_hours(now: str, told: str) -> None:
    assert NIGHT.after(datetime.fromisoformat(now)) == datetime.fromisoformat(told)


def test_quiet_hours_are_written_plainly_and_nonsense_is_refused() -> None:
    assert parse("22:00-07:00 America/New_York") == NIGHT
    assert parse("") is None
    with pytest.raises(ValueError, match=r"write 22:00-07:00"):
        parse("at night")


def test_what_begins_and_ends_in_quiet_hours_is_not_told(mailed: list[str], settings: Settings) -> None:
    settings.QUIET_HOURS = NIGHT
    night = datetime.fromisoformat("2026-05-25T03:00:00+00:00")
    alert = alerts.open_alert("engine", "no_worker", "Gone", since=night, now=night)
    alerts.close(alert, now=night + MINUTE)
    deliveries.send_due(now=night + timedelta(hours=9))
    assert subjects() == []


def test_a_mail_server_that_refuses_is_shown_and_tried_again(settings: Settings) -> None:
    settings.ALERT_MAIL = ["ops@example.com"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens at the discard port
    alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    deliveries.send_due(now=NOW)
    (message,) = deliveries.undelivered()
    assert (message.tries, message.arrived, message.ended_at) == (1, False, None)
    assert "refused" in message.error
    assert deliveries.send_due(now=NOW) == 0  # not before its time


def test_a_message_that_never_arrives_is_given_up_in_the_open(settings: Settings) -> None:
    settings.ALERT_CHAT_URL = "http://127.0.0.1:9/hook"
    alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    for hour in range(len(deliveries.WAITS) + 2):
        deliveries.send_due(now=NOW + hour * timedelta(hours=2))
    (message,) = deliveries.undelivered()
    assert (message.tries, message.arrived) == (len(deliveries.WAITS) + 1, False)
    assert message.ended_at is not None


def test_somebody_takes_an_alert_in_hand_once_and_lets_go_of_it_once() -> None:
    alert = alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    alerts.acknowledge(alert, by="ana", now=NOW)
    with pytest.raises(alerts.AlertChangedError, match="ana has alert"):
        alerts.acknowledge(alert, by="ben", now=NOW)
    alerts.release(alert)
    with pytest.raises(alerts.AlertChangedError, match="nobody has alert"):
        alerts.release(alert)


def test_what_is_over_is_taken_in_hand_by_nobody() -> None:
    alert = alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    alerts.close(alert, now=NOW)
    with pytest.raises(alerts.AlertChangedError, match="is over since"):
        alerts.acknowledge(alert, by="ana", now=NOW)


def test_a_source_is_in_hand_when_all_its_troubles_are() -> None:
    source = a_source()
    assert not alerts.in_hand("listing")
    blocked = alerts.open_alert("listing", "blocked", "HTTP 403", since=NOW, now=NOW)
    alerts.acknowledge(blocked, by="ana", now=NOW)
    assert source_object(source, now=NOW)["acknowledged"]
    alerts.open_alert("listing", "late", "old", since=NOW, now=NOW)
    assert not source_object(source, now=NOW)["acknowledged"]


def test_who_was_told_stands_with_the_message(mailed: list[str]) -> None:
    alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    deliveries.send_due(now=NOW)
    assert Delivery.objects.get().reached == "ops@example.com"


def test_a_message_that_was_given_up_is_shown_until_somebody_has_the_alert_in_hand(
    settings: Settings,
) -> None:
    settings.ALERT_CHAT_URL = "http://127.0.0.1:9/hook"
    alert = alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    for hour in range(len(deliveries.WAITS) + 2):
        deliveries.send_due(now=NOW + hour * timedelta(hours=2))
    assert len(deliveries.undelivered()) == 1
    alerts.acknowledge(alert, by="ana", now=NOW)
    assert deliveries.undelivered() == []


def test_no_channel_set_up_is_no_error() -> None:
    alerts.open_alert("engine", "disk", "Full", since=NOW, now=NOW)
    assert Delivery.objects.count() == 0
