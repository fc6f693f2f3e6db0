"""What people do from page to page, and what changes before their eyes while the engine works."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from prospect_aggregate.celery_app import app  # noqa: F401  # the policy and the registries come with it
from prospect_aggregate.collection import held
from prospect_aggregate.collection.models import LogLine, Run, Schedule
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.execution import execute
from prospect_aggregate.tasks.loop import tick
from prospect_aggregate.tasks.registry import task_registry
from tests.agency import Site
from tests.browser.conftest import Open
from tests.browser.house import House, following
from tests.browser.keys import press, tab_to
from tests.browser.looks import LIGHT, PHONE
from tests.browser.pages import ASKED, sign_in
from tests.given import a_run, claimed


def test_the_first_address_asks_who_it_is_and_then_shows_the_list(open_page: Open) -> None:
    page = open_page("/prospects/?q=support", signed_in=False).page
    sign_in(page)
    expect(page).to_have_url(re.compile("q=support"))


def test_rows_are_walked_by_keyboard_and_back_returns_to_the_same_row(open_page: Open) -> None:
    page = open_page("/prospects/").page
    press(page, "j", "j", "j", "k")
    title = _focused(page)
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text(title[:40])
    press(page, "u")
    expect(page).to_have_url(re.compile("/prospects/"))
    expect(page.locator("a.row:focus")).to_have_text(title)


def test_words_narrow_the_list_while_they_are_typed(open_page: Open) -> None:
    page = open_page("/prospects/").page
    whole = page.locator("#answer h1").inner_text()
    press(page, "/")
    page.keyboard.type("support")
    expect(page.locator("#answer h1")).not_to_have_text(whole)
    expect(page).to_have_url(re.compile("q=support"))


def test_shelves_are_switched_by_their_numbers(open_page: Open) -> None:
    page = open_page("/prospects/").page
    press(page, "2")
    expect(page).to_have_url(re.compile("shelf=passed"))


def test_the_filters_work_without_script(open_page: Open) -> None:
    page = open_page("/prospects/", script=False).page
    page.fill("#q", "support")
    page.locator("#ask button").click()
    expect(page).to_have_url(re.compile("q=support"))
    page.locator("#facets a").click()
    page.locator("summary", has_text="Source").click()
    page.locator("li a", has_text="Homeland Security").first.click()
    expect(page).to_have_url(re.compile("facets/.*source=dhs"))
    page.locator("p.show a").click()
    expect(page).to_have_url(re.compile("/prospects/.*q=support.*source=dhs"))
    expect(page.locator("tbody a.row").first).to_be_visible()


def test_a_source_collects_before_the_eyes_of_who_asked(
    open_page: Open, settings: Settings, house: House
) -> None:
    watch = open_page("/sources/")
    row = _on_source(watch.page, "dhs")
    press(watch.page, "c")
    expect(row).to_contain_text(ASKED)
    with _working(settings):
        expect(row).to_contain_text("fetch", ignore_case=True)
    expect(row).not_to_contain_text("fetch", ignore_case=True)
    expect(row).to_contain_text("Fresh")
    assert watch.troubles == []


def test_a_source_is_collected_without_script(open_page: Open) -> None:
    page = open_page("/sources/", script=False).page
    page.locator("#source-dhs button", has_text="Collect now").click()
    expect(page.locator("#source-dhs")).to_contain_text(ASKED)


def test_a_killed_worker_is_seen_without_a_reload_and_so_is_the_recovery(
    open_page: Open, settings: Settings
) -> None:
    run = claimed(a_run(scraper_registry.get("dhs")))
    watch = open_page(f"/runs/{run.pk}/")
    live = watch.page.locator("#live")
    expect(live).to_contain_text("In progress")
    _heard(run, ago=settings.LOST_AFTER - timedelta(seconds=20))
    expect(live).to_contain_text("Nothing heard from some worker")
    _heard(run, ago=settings.LOST_AFTER + timedelta(seconds=1))
    tick(task_registry, now=timezone.now())
    expect(live).to_contain_text("Lost")
    expect(live).to_contain_text("Attempt 2")
    assert watch.troubles == []


def test_a_log_goes_on_at_its_end_for_who_reads_there_and_stands_still_for_who_does_not(
    open_page: Open, house: House
) -> None:
    run = Run.objects.get(pk=house.runs["started"])
    _say(run, *map(str, range(40)))
    watch = open_page(f"/runs/{run.pk}/")
    log = watch.page.locator("ol.log")
    _say(run, "more at the end")
    expect(log).to_contain_text("more at the end")
    assert log.evaluate("box => box.scrollHeight - box.scrollTop - box.clientHeight") < 24
    log.evaluate("box => { box.scrollTop = 0 }")
    _say(run, "more beyond")
    expect(log).to_contain_text("more beyond")
    assert log.evaluate("box => box.scrollTop") == 0
    assert watch.troubles == []


def test_a_row_of_the_schedule_is_paused_and_goes_on_by_keyboard(open_page: Open) -> None:
    watch = open_page("/schedule/")
    page, row = watch.page, Schedule.objects.get(name="collect dhs")
    shown = page.locator(f"#row{row.pk}")
    tab_to(page, f'a[href^="/schedule/{row.pk}/pause/"]')
    press(page, "Enter")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type("they move their site")
    press(page, "Enter")
    expect(shown).to_contain_text("they move their site")
    tab_to(page, f"#row{row.pk} form[action$='/resume/'] button")
    press(page, "Enter")
    expect(shown).not_to_contain_text("Paused")
    assert watch.troubles == []


def test_the_schedule_is_paused_without_script_on_a_phone(open_page: Open) -> None:
    page, row = open_page("/schedule/", PHONE, script=False).page, Schedule.objects.get(name="check dhs")
    page.locator(f'a[href^="/schedule/{row.pk}/pause/"]').click()
    page.fill("#reason", "they move their site")
    page.locator("form.inrow button.primary").click()
    expect(page.locator(f"#row{row.pk}")).to_contain_text("Paused")


def test_a_held_edition_is_let_in_by_keyboard_and_taken_back(open_page: Open, house: House) -> None:
    watch = open_page(f"/runs/{house.runs['quarantined']}/")
    page, listed = watch.page, Prospect.objects.of("commerce").listed().count()
    tab_to(page, "a.primary")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("keep out or let in?")
    tab_to(page, "#whole")
    press(page, "Space")
    expect(page.locator(".decide button")).to_have_accessible_name(
        re.compile(r"^Let in; \d+ become missing$")
    )
    tab_to(page, "#reason")
    page.keyboard.type("clean")
    tab_to(page, "#note")
    page.keyboard.type("they closed 2023")
    press(page, "Enter")
    expect(page.locator("#live")).to_contain_text("clean-up by the agency, “they closed 2023”")
    _work(Run.objects.latest("pk").pk, "commerce")
    expect(page.locator("#live")).to_contain_text("Succeeded")
    assert Prospect.objects.of("commerce").listed().count() < listed
    tab_to(page, "#live a.button")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("let in")
    tab_to(page, "form[action$='/undo/'] button")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("keep out or let in?")
    assert Prospect.objects.of("commerce").listed().count() == listed
    assert [run.pk for run in held.waiting()] == [house.runs["quarantined"]]
    assert watch.troubles == []


def test_a_held_edition_is_decided_without_script_on_a_phone(open_page: Open, house: House) -> None:
    page = open_page(f"/runs/{house.runs['quarantined']}/review/", PHONE, script=False).page
    page.locator("#partial").check()
    expect(page.locator(".decide button")).to_have_accessible_name(re.compile("nobody becomes missing$"))
    page.fill("#note", "half of it")
    page.locator(".decide button").click()
    expect(page.locator("#live")).to_contain_text("Let in as a partial list by ana")


def test_the_list_of_a_blocked_source_is_given_by_hand_without_script(open_page: Open) -> None:
    page = open_page("/sources/", PHONE, script=False).page
    page.locator("#source-commerce a.button", has_text="Upload").click()
    page.locator("#file").set_input_files(
        {"name": "list.xlsx", "mimeType": "application/zip", "buffer": following("commerce")}
    )
    page.locator("form.upload button").click()
    expect(page.locator("main")).to_contain_text("list.xlsx is kept")
    run = Run.objects.latest("pk")
    execute(run.pk, scraper_registry.get("commerce").run)
    page.goto("/sources/commerce/")
    expect(page.locator(".verdict")).to_contain_text("Fresh")


def test_a_rows_menu_opens_by_keyboard_and_leads_to_the_source(open_page: Open) -> None:
    page = open_page("/sources/").page
    tab_to(page, "#source-dhs .more summary")
    press(page, "Enter", "Tab", "Enter")
    expect(page).to_have_url(re.compile("/sources/dhs/$"))


def test_changes_are_marked_seen_by_keyboard_and_the_mark_is_undone(open_page: Open) -> None:
    watch = open_page("/prospects/")
    page, count = watch.page, watch.page.locator("a[data-go=c] b")
    press(page, "g", "c")
    expect(page).to_have_url(re.compile("/changes/$"))
    waiting = count.inner_text()
    expect(page.locator("h1 strong")).to_have_text(waiting)
    press(page, "s")
    expect(page.locator("h1 strong")).to_have_text("0")
    expect(count).to_have_count(0)
    tab_to(page, "form[action$='/undo/'] button")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("The mark is undone")
    expect(count).to_have_text(waiting)
    assert watch.troubles == []


def test_changes_are_marked_seen_without_script_on_a_phone(open_page: Open) -> None:
    page = open_page("/changes/", PHONE, script=False).page
    page.locator("button[data-key=s]").click()
    expect(page.locator("h1 strong")).to_have_text("0")
    page.locator("form[action$='/undo/'] button").click()
    expect(page.locator("h1 strong")).not_to_have_text("0")


def test_who_signs_out_sees_nothing_any_more(open_page: Open) -> None:
    page = open_page("/you/password/", LIGHT).page
    page.locator("details.you summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.goto("/runs/")
    expect(page).to_have_url(re.compile("/sign-in/"))


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def _on_source(page: Page, key: str):  # type: ignore[no-untyped-def]
    """The row of a source, with the cursor on it."""
    row = page.locator(f"#source-{key}")
    for _ in range(10):
        press(page, "j")
        if row.locator(":focus").count():
            return row
    raise AssertionError(f"j never reaches {key}")


def _say(run: Run, *texts: str) -> None:
    lines = [LogLine(run=run, at=timezone.now(), level="info", text=text) for text in texts]
    LogLine.objects.bulk_create(lines)


def _heard(run: Run, *, ago: timedelta) -> None:
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now() - ago)


@contextmanager
def _working(settings: Settings) -> Iterator[None]:
    """A worker that takes the queued run of dhs, from an agency that is silent until the block ends."""
    run = Run.objects.filter(source__key="dhs", status=Run.Status.QUEUED).latest("pk")
    released = threading.Event()
    with Site() as agency:
        settings.HOSTS = {"apfs-cloud.dhs.gov": agency.address}
        agency.serve(following("dhs"))
        agency.on_request = lambda: released.wait(20) and None
        worker = threading.Thread(target=_work, args=[run.pk, "dhs"])
        worker.start()
        try:
            yield
        finally:
            released.set()
            worker.join()


def _work(run_id: int, key: str) -> None:
    with suppress(ScraperError):
        execute(run_id, scraper_registry.get_scraper(key))
    connections.close_all()


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    """A worker's heartbeat is as often as a page looks."""
    settings.HEARTBEAT_EVERY = timedelta(seconds=2)
