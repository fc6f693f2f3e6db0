"""What somebody must know of: shown, taken in hand, and let go of."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import alerts, deliveries, runs
from prospect_aggregate.collection.models import Alert, Source
from prospect_aggregate.collection.outcomes import Decision
from prospect_aggregate.scrapers.errors import BlockedError
from tests.given import a_run, a_source, claimed

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def content(reader: Client, path: str) -> str:
    return reader.get(path).content.decode()


@pytest.fixture
def told(settings: Settings) -> Alert:
    """A blocked source; ops were told by mail, and the chat did not take it."""
    settings.ALERT_MAIL = ["ops@example.com"]
    settings.ALERT_CHAT_URL = "http://127.0.0.1:9/hook"
    blocked = Decision(status="blocked", kind="blocked", tell=True)
    runs.fail(claimed(a_run()), BlockedError("HTTP 403 <b>"), blocked, now=NOW)
    deliveries.send_due(now=NOW)
    return Alert.objects.get()


def test_an_open_alert_says_who_was_told_and_who_was_not(reader: Client, told: Alert) -> None:
    page = content(reader, "/alerts/")
    assert "<strong>1</strong> open alert" in page
    assert "HTTP 403 &lt;b&gt;" in page
    assert "told ops@example.com" in page
    assert "chat failed (no answer (ConnectError)), next try" in page
    assert f'href="/runs/{told.run_id}/"' in page


def test_an_alert_is_taken_in_hand_by_a_button_and_let_go_of_by_another(reader: Client, told: Alert) -> None:
    page = reader.post(f"/alerts/{told.pk}/acknowledge/", follow=True).content.decode()
    told.refresh_from_db()
    assert told.acknowledged_by == "ana"
    assert "1 in hand" in page
    assert f'action="/alerts/{told.pk}/release/"' in page
    reader.post(f"/alerts/{told.pk}/release/")
    told.refresh_from_db()
    assert (told.acknowledged_by, told.acknowledged_at) == ("", None)


def test_the_second_of_two_is_told_who_has_it(reader: Client, told: Alert) -> None:
    alerts.acknowledge(told, by="ben", now=NOW)
    page = reader.post(f"/alerts/{told.pk}/acknowledge/", follow=True).content.decode()
    assert f"Nothing was changed: ben has alert {told.pk} of listing in hand." in page


def test_what_is_over_stands_below(reader: Client, told: Alert) -> None:
    alerts.close(told, now=NOW + timedelta(minutes=1))
    page = content(reader, "/alerts/")
    assert "<strong>0</strong> open alerts" in page
    assert "blocked, over" in page
    assert f"/alerts/{told.pk}/acknowledge/" not in page


def test_nobody_set_up_is_said_so(reader: Client) -> None:
    page = content(reader, "/alerts/")
    assert "Nobody is told by message" in page
    assert "Nothing is wrong that somebody must know of." in page


def test_a_source_in_trouble_says_who_was_told_and_who_has_it(reader: Client, told: Alert) -> None:
    alerts.acknowledge(told, by="ben", now=NOW)
    page = content(reader, "/sources/listing/row/")
    assert "told ops@example.com" in page
    assert "acknowledged by ben" in page
    assert "1 open alert</a>" in content(reader, "/sources/")


def test_a_message_that_did_not_arrive_stands_on_the_board(reader: Client, told: Alert) -> None:
    assert "chat did not take the alert of listing: blocked" in content(reader, "/sources/process/")
    alerts.close(told, now=NOW)
    told.deliveries.update(ended_at=NOW)
    assert "did not take" not in content(reader, "/sources/process/")


def test_many_sources_cost_no_more_questions(reader: Client, django_assert_max_num_queries: object) -> None:
    a_source()
    for number in range(30):
        key = f"s{number}"
        Source.objects.create(key=key, name=key, last_good_at=NOW)
        alerts.open_alert(key, "late", "old", since=NOW, now=NOW)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        reader.get("/sources/")
