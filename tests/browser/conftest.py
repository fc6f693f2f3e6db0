"""A browser, and the product in front of it: the real application over a copy of a made home."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tests.browser import server
from tests.browser.chromium import ARGUMENTS, NoChromiumError, executable
from tests.browser.database import database_at
from tests.browser.house import House, build
from tests.browser.looks import LIGHT, Look
from tests.browser.watching import Watch
from tests.shared import once

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "1"  # Playwright's loop runs in this thread; our queries are not in it
)
PATIENCE = 15_000  # milliseconds for anything that a page is to show

Open = Callable[..., Watch]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def found(playwright: Playwright) -> Path | NoChromiumError:
    try:
        return executable(playwright)
    except NoChromiumError as error:
        return error


@pytest.fixture(scope="session")
def launched(playwright: Playwright, found: Path | NoChromiumError) -> Iterator[Browser | None]:
    if isinstance(found, NoChromiumError):
        yield None
        return
    expect.set_options(timeout=PATIENCE)
    with playwright.chromium.launch(executable_path=found, args=ARGUMENTS) as browser:
        yield browser


@pytest.fixture
def browser(
    request: pytest.FixtureRequest, launched: Browser | None, found: Path | NoChromiumError
) -> Browser:
    """Without one, each test is left out by its own name: a summary folds equal reasons into one line."""
    if launched is None:
        pytest.skip(f"{request.node.name}: {found}")
    return launched


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> House:
    with django_db_blocker.unblock():
        return once(tmp_path_factory, "house", build)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return server.application(once(tmp_path_factory, "static", server.gather))


@pytest.fixture
def house(
    browser: Browser, model: House, tmp_path: Path, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    """A home of this test's own; the test and the server's threads use its database."""
    mine = model.copied(tmp_path / "home")
    settings.HOME = mine.folder
    with django_db_blocker.unblock(), database_at(mine.database):
        yield mine


@pytest.fixture
def address(house: House, application: Any) -> Iterator[str]:
    with server.serving(application) as base:
        yield base


@pytest.fixture
def open_page(browser: Browser, house: House, address: str) -> Iterator[Open]:
    """Opens `path` in a browser of its own, signed in unless told otherwise; closes them all at the end."""
    contexts = []

    def opened(path: str, look: Look = LIGHT, *, signed_in: bool = True, script: bool = True) -> Watch:
        context = browser.new_context(
            base_url=address,
            color_scheme=look.scheme,
            viewport={"width": look.width, "height": look.height},
            java_script_enabled=script,
            device_scale_factor=look.scale,
            forced_colors=look.colours,
            reduced_motion="reduce",
            has_touch=look.width < 500,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if signed_in:
            cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": house.session, "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        watch = Watch(context.new_page())
        watch.page.goto(path)
        return watch

    yield opened
    for context in contexts:
        context.close()
