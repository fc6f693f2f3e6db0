"""What every test stands on: a home of its own, and a site that plays an agency's server."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, connections
from hypothesis import settings as hypothesis_settings
from pytest_django.fixtures import Settings

import prospect_aggregate.celery_app  # noqa: F401  # discovers the sources, as every process of ours does
from tests.agency import Site
from tests.browser.screenshots import pytest_terminal_summary  # noqa: F401  # names the folder at the end
from tests.given import nobody_waits

REAL = Path(__file__).parents[2] / "shared" / "data"
"""Real editions, where they are at hand; they are not part of the repository."""

hypothesis_settings.register_profile("suite", max_examples=120, deadline=None)  # a busy machine is no failure
hypothesis_settings.register_profile("long", max_examples=3_000, deadline=None)  # --hypothesis-profile=long
hypothesis_settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # pytest-django's own, done before
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite's tests have a file, as users do: in memory, threads do not wait for one another but fail."""
    database = connections.databases["default"]
    if "sqlite3" in database["ENGINE"]:
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    """Nothing that a test writes outlives it, and nobody waits for politeness towards a loopback server."""
    settings.HOME = tmp_path
    settings.REQUEST_PAUSE = timedelta(0)
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"  # nobody attacks a test
    settings.PASSWORD_HASHERS = [quick, *settings.PASSWORD_HASHERS]
    for name in settings.CACHES:
        caches[name].clear()  # numbers of runs come again in every test
    return tmp_path


@pytest.fixture(autouse=True)
def threads_do_not_wait(request: pytest.FixtureRequest) -> Iterator[None]:
    """In a test that is one transaction, and ends after them: what they wait for, they never get."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
    with nobody_waits() if connection.in_atomic_block else nullcontext():
        yield


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    """An agency's server: `list.example.gov` leads to it."""
    with Site() as server:
        settings.HOSTS = {"list.example.gov": server.address}
        yield server


@pytest.fixture
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip("real editions are not at hand (../shared/data)")
    return REAL
