"""Alerts on the command line: listed, taken in hand, let go of."""

import getpass
import json

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.models import Alert

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def command(*words: str) -> Result:
    return CliRunner().invoke(prospects, words)


@pytest.fixture
def alert() -> Alert:
    return alerts.open_alert("commerce", "quarantined", "1,654 rows", since=NOW, now=NOW)


def test_open_alerts_are_listed_and_those_that_are_over_when_asked(alert: Alert) -> None:
    alerts.close(alerts.open_alert("engine", "disk", "full", since=NOW, now=NOW), now=NOW)
    assert [it["id"] for it in json.loads(command("alerts", "--json").stdout)] == [alert.pk]
    assert len(json.loads(command("alerts", "--all", "--json").stdout)) == 2
    assert "commerce\tquarantined" in command("alerts").stdout


def test_an_alert_is_taken_in_hand_and_let_go_of(alert: Alert) -> None:
    done = command("acknowledge", str(alert.pk))
    assert done.stdout == f"{getpass.getuser()} has alert {alert.pk} of commerce in hand\n"
    assert command("acknowledge", str(alert.pk), "--undo").exit_code == 0
    alert.refresh_from_db()
    assert alert.acknowledged_at is None


def test_nothing_wrong_and_nothing_known_say_so() -> None:
    assert "--all lists what was" in command("alerts").stderr
    assert str(command("acknowledge", "7").exception) == "no alert 7; `prospects alerts` lists them"
