"""Every page, in one table: what it is called, where it is, what one does there first, by keyboard alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.house import NAME, PASSWORD, House
from tests.browser.keys import press, tab_to

Act = Callable[[Page], None]
MOST_ROWS = 20
ASKED = re.compile("Queued|Waiting")


@dataclass(frozen=True, slots=True)
class Shown:
    """`path` may hold `{prospect}`, `{run[status]}`, `{link[name]}`; `act` uses the keyboard and says what follows."""

    name: str
    path: str
    act: Act
    public: bool = False

    def at(self, house: House) -> str:
        known = {"prospect": house.prospect, "run": house.runs, "link": house.links, "chosen": house.chosen}
        return self.path.format(**known)

    def __str__(self) -> str:
        return self.name


def sign_in(page: Page) -> None:
    tab_to(page, "#id_username")
    page.keyboard.type(NAME)
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/(overview|sources|prospects)/"))


def search_and_open(page: Page) -> None:
    """Words, then the second row of what they leave."""
    press(page, "/")
    page.keyboard.type("support")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("q=support"))
    expect(page.locator("#answer h1")).to_contain_text("shown")
    expect(page.locator("body")).not_to_have_class(re.compile("busy"))
    press(page, "Escape", "j", "j", "Enter")
    expect(page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))


def back_to_the_list(page: Page) -> None:
    press(page, "u")
    expect(page).to_have_url(re.compile("/prospects/$|/prospects/[?]"))


def collect_a_source(page: Page) -> None:
    """The first one that is not being collected already."""
    here = page.locator("tbody.source:focus-within")
    for _ in range(MOST_ROWS):
        press(page, "j")
        expect(here).to_have_count(1)
        if here.locator("[data-key=c]").is_enabled():
            break
    press(page, "c")
    expect(here).to_contain_text(ASKED)


def open_a_batch(page: Page) -> None:
    at = page.locator("tr.batch:focus-within")
    for _ in range(MOST_ROWS):
        press(page, "j")
        if at.count():
            break
    press(page, "Enter")
    expect(page.locator("tr.inner")).to_have_count(2)
    expect(page.locator("a.row:focus")).to_contain_text("batch")


def open_first_run_of_it(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile(r"/runs/\d+/"))


def open_first_row(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile(r"/runs/\d+/"))


def collect_again(page: Page) -> None:
    press(page, "c")
    expect(page.locator("main")).to_contain_text(ASKED)


def keep_out(page: Page) -> None:
    """The third choice, a note, Enter."""
    tab_to(page, "#whole")
    press(page, "ArrowDown", "ArrowDown")
    expect(page.locator(".decide button")).to_have_accessible_name(re.compile("^Keep out; the list of"))
    tab_to(page, "#note")
    page.keyboard.type("half a file")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("kept out")


def open_first_leaver(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/prospects/commerce/"))


def take_in_hand(page: Page) -> None:
    tab_to(page, "form[action$='/acknowledge/'] button")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("1 in hand")


def cancel_it(page: Page) -> None:
    tab_to(page, "a[href$='/cancel/']")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/runs/\d+/cancel/"))


def cancel_for_a_reason(page: Page) -> None:
    tab_to(page, "#reason")
    page.keyboard.type("not today")
    press(page, "Enter")
    expect(page.locator(".verdict")).to_contain_text("By ana: not today.")


def edit_first_row(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile(r"/schedule/\d+/edit/"))


def give_a_file(page: Page) -> None:
    """Only the browser's own window, in which the file is chosen, is left out."""
    tab_to(page, "#file")
    page.locator("#file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    tab_to(page, "form.upload button.primary")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/runs/\d+/"))
    expect(page.locator("main")).to_contain_text("list.csv is kept")


def mark_seen(page: Page) -> None:
    press(page, "s")
    expect(page.locator("main")).to_contain_text("Marked seen up to here.")
    expect(page.locator("main")).to_contain_text("Nothing new since")


def open_first_changed(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))


def back_to_every_group(page: Page) -> None:
    press(page, "u")
    expect(page).to_have_url(re.compile("/changes/#s-small_edits$"))


def export_the_view(page: Page) -> None:
    """From the list by its key, and on to the file by Enter."""
    with page.expect_download() as coming:
        tab_to(page, "button.primary")
        press(page, "Enter")
    assert coming.value.suggested_filename.endswith(".xlsx")


def make_a_feed(page: Page) -> None:
    tab_to(page, "#name")
    page.keyboard.type("Mine")
    press(page, "Enter")
    expect(page.locator("#made-atom")).to_have_value(re.compile(r"/feeds/[\w-]{43}/atom\.xml$"))


def make_a_token(page: Page) -> None:
    tab_to(page, "#name")
    page.keyboard.type("nightly")
    press(page, "Enter")
    expect(page.locator("#made")).to_have_value(re.compile(r"^jps_[\w-]{43}$"))


def open_pair(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile(r"/pairs/1/"))


def call_them_one(page: Page) -> None:
    press(page, "1")
    expect(page.locator("main")).to_contain_text("one purchase. Decide it again to take that back.")


def go_to_sources(page: Page) -> None:
    if page.locator("input:focus").count():
        press(
            page, "Escape"
        )  # out of the field; elsewhere it would lead back, and these keys to the page that is left
    press(page, "g", "s")
    expect(page).to_have_url(re.compile("/sources/$"))


def follow_coverage(page: Page) -> None:
    tab_to(page, "a[href='/coverage/']")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/coverage/$"))


def back_to_the_prospect(page: Page) -> None:
    press(page, "u")
    expect(page).to_have_url(re.compile(r"/prospects/.*#fields$"))


def open_first_compared(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))


def back_to_sources(page: Page) -> None:
    press(page, "u")
    expect(page).to_have_url(re.compile("/sources/$"))


def find_an_agency(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("corps")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/coverage/[?].*q=corps"))
    expect(page.locator("tbody tr")).to_have_count(2)  # of Engineers, and Peace


def name_an_interest(page: Page) -> None:
    """What it finds is counted while it is typed; Save keeps it."""
    tab_to(page, "#keywords")
    page.keyboard.type("support, data")
    expect(page.locator("#count-keywords")).to_contain_text("support: ")
    tab_to(page, "form.profile button.primary")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("Saved. Every prospect is held against it")


def save_a_search(page: Page) -> None:
    """From the list, by a name; it stands on this page then."""
    press(page, "g", "p")
    expect(page).to_have_url(re.compile("/prospects/"))
    tab_to(page, "#save-as")
    page.keyboard.type("Everything")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/saved/$"))
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/prospects/"))


def choose_every_week(page: Page) -> None:
    tab_to(page, "#id_every")
    page.keyboard.type("Every w")
    tab_to(page, "main form button.primary")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("Your digest: every Monday at 07:00, ")


def end_the_digest(page: Page) -> None:
    tab_to(page, "button.primary")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("No more digests")


def invite_somebody(page: Page) -> None:
    tab_to(page, "#email")
    page.keyboard.type("omar@example.com")
    press(page, "Enter")
    expect(page.locator("#link")).to_have_value(re.compile("/invitation/"))
    expect(page.locator("h1")).to_contain_text("2 invited")


def let_her_try_at_once(page: Page) -> None:
    tab_to(page, "form[action$='/lift/'] button")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("vera may try again at once.")


def find_acts_of_somebody(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("nobody")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("Nobody did that.")


def end_other_sessions(page: Page) -> None:
    tab_to(page, "form.actions button")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("0 other sessions ended.")


def back_to_sign_in(page: Page) -> None:
    tab_to(page, "a[href='/sign-in/']")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/sign-in/$"))


def come_in(page: Page) -> None:
    tab_to(page, "#id_username")
    page.keyboard.type("neil")
    for field in ("#id_password1", "#id_password2"):
        tab_to(page, field)
        page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/overview/"))


def set_a_password(page: Page) -> None:
    for field in ("#id_new_password1", "#id_new_password2"):
        tab_to(page, field)
        page.keyboard.type("five other words of mine")
    press(page, "Enter")
    expect(page.locator("main")).to_contain_text("The new password holds.")


def follow_a_number(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/counted/new/"))


def open_first_counted(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/prospects/(dhs|commerce)/"))


def open_an_agency(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page).to_have_url(re.compile("/agencies/[a-z]+/"))


def back_to_agencies(page: Page) -> None:
    press(page, "u")
    expect(page).to_have_url(re.compile("/agencies/$"))


def turn_a_month(page: Page) -> None:
    press(page, "]")
    expect(page).to_have_url(re.compile(r"/calendar/\?month="))


PAGES = (
    Shown("sign-in", "/sign-in/", sign_in, public=True),
    Shown("overview", "/overview/", follow_a_number),
    Shown("counted", "/counted/overdue/", open_first_counted),
    Shown("agencies", "/agencies/", open_an_agency),
    Shown("agency", "/agencies/dhs/", back_to_agencies),
    Shown("how-counted", "/agencies/how-counted/", back_to_agencies),
    Shown("calendar", "/calendar/", turn_a_month),
    Shown("prospects", "/prospects/", search_and_open),
    Shown("prospects-of-a-question", "/prospects/?shelf=passed&q=it+place:VA", search_and_open),
    Shown("prospects-none", "/prospects/?q=no+such+words+anywhere", go_to_sources),
    Shown("prospect", "{prospect}", back_to_the_list),
    Shown("provenance", "/provenance/1/value/", back_to_the_prospect),
    Shown("compare", "/compare/?{chosen}", open_first_compared),
    Shown("compare-none", "/compare/", go_to_sources),
    Shown("changes", "/changes/", mark_seen),
    Shown("changes-new", "/changes/?group=new", open_first_changed),
    Shown("changes-small", "/changes/?group=small_edits", back_to_every_group),
    Shown("export", "/export/?shelf=passed", export_the_view),
    Shown("feeds", "/feeds/?view=q%3Dsupport", make_a_feed),
    Shown("feeds-none", "/feeds/", go_to_sources),
    Shown("tokens", "/you/tokens/", make_a_token),
    Shown("company", "/company/", name_an_interest),
    Shown("saved", "/saved/", save_a_search),
    Shown("digest", "/you/digest/", choose_every_week),
    Shown("pairs", "/pairs/", open_pair),
    Shown("pair", "/pairs/1/", call_them_one),
    Shown("reused", "/reused/", go_to_sources),
    Shown("sources", "/sources/", collect_a_source),
    Shown("prospects-not-covered", "/prospects/?q=environmental+protection+cloud", follow_coverage),
    Shown("quality", "/sources/commerce/quality/", back_to_sources),
    Shown("quality-none", "/sources/nasa/quality/", back_to_sources),
    Shown("coverage", "/coverage/", find_an_agency),
    Shown("source-well", "/sources/dhs/", collect_again),
    Shown("source-blocked", "/sources/commerce/", give_a_file),
    Shown("source-never", "/sources/navy/", collect_again),
    Shown("upload", "/sources/commerce/upload/", give_a_file),
    Shown("runs", "/runs/", open_first_row),
    Shown("run-succeeded", "/runs/{run[succeeded]}/", collect_again),
    Shown("run-unchanged", "/runs/{run[unchanged]}/", collect_again),
    Shown("run-failed", "/runs/{run[failed]}/", collect_again),
    Shown("run-blocked", "/runs/{run[blocked]}/", collect_again),
    Shown("run-held", "/runs/{run[quarantined]}/", collect_again),
    Shown("review", "/runs/{run[quarantined]}/review/", keep_out),
    Shown("review-leaving", "/runs/{run[quarantined]}/review/leaving/", open_first_leaver),
    Shown("runs-with-a-batch", "/runs/", open_a_batch),
    Shown("runs-with-an-open-batch", "/runs/?open=1", open_first_row),
    Shown("alerts", "/alerts/", take_in_hand),
    Shown("batch", "/batches/1/", open_first_run_of_it),
    Shown("run-going", "/runs/{run[started]}/", cancel_it),
    Shown("run-cancel", "/runs/{run[started]}/cancel/", cancel_for_a_reason),
    Shown("schedule", "/schedule/", edit_first_row),
    Shown("keys", "/keys/", go_to_sources),
    Shown("password", "/you/password/", go_to_sources),
    Shown("account", "/you/account/", end_other_sessions),
    Shown("people", "/people/", invite_somebody),
    Shown("person", "/people/2/", let_her_try_at_once),
    Shown("audit", "/audit/", find_acts_of_somebody),
    Shown("forgotten", "/password/", back_to_sign_in, public=True),
    Shown("invitation", "{link[invitation]}", come_in, public=True),
    Shown("digest-off", "{link[digest]}", end_the_digest, public=True),
    Shown("reset", "{link[reset]}", set_a_password, public=True),
    Shown("api", "/api/v1/docs", go_to_sources),
)
