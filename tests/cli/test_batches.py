"""Every source collected by one command, as one batch."""

import json
import re
import signal
import threading
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from prospect_aggregate.cli.main import prospects
from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Batch, Run
from tests.agency import Site
from tests.cli.test_cli import served


def command(*words: str) -> Result:
    return CliRunner().invoke(prospects, words)


@pytest.fixture
def only_dhs(site: Site, settings: Settings, transactional_db: None) -> Site:
    """A home that reaches nobody but one agency."""
    homes.claim(homes.Kind.SAMPLE)
    settings.HOSTS = {"apfs-cloud.dhs.gov": site.address}
    served(site, 3)
    return site


def test_all_sources_are_one_batch_that_says_what_it_came_to(only_dhs: Site) -> None:
    done = command("collect", "--all")
    batch = Batch.objects.get()
    assert done.exit_code == 1
    assert re.search(rf"^batch {batch.pk}: failed, \d+ of \d+ good$", done.output, re.MULTILINE)
    assert set(Run.objects.values_list("batch", flat=True)) == {batch.pk}
    listed = json.loads(command("batches", "--json").stdout)
    assert (listed[0]["outcome"], listed[0]["asked_by"]) == ("failed", "the command line")
    assert "dhs" not in listed[0]["failed"]
    runs = json.loads(command("runs", "--batch", str(batch.pk), "--json").stdout)
    assert len(runs) == batch.runs.count()


@pytest.fixture
def keyboard() -> Iterator[None]:
    """Ctrl-C stops, also where tests were started in the background, by a shell that has them ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_command_that_is_stopped_leaves_nothing_waiting(only_dhs: Site, keyboard: None) -> None:
    main = threading.main_thread().ident
    only_dhs.on_request = lambda: signal.pthread_kill(main, signal.SIGINT)  # which waits for the answer
    command("collect", "--all")
    assert not Run.objects.filter(status__in=["queued", "started"]).exists()
    assert Run.objects.filter(source__key="dhs", error="stopped from the keyboard").exists()
    assert Run.objects.filter(error="the command that asked for it ended before").exists()


@pytest.mark.django_db
def test_no_batches_say_what_makes_one() -> None:
    done = command("batches")
    assert (done.stdout, "prospects collect --all" in done.stderr) == ("", True)
