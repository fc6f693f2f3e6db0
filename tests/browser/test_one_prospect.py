"""One prospect in front of a person: what is copied, followed, printed."""

from playwright.sync_api import Page, expect

from prospect_aggregate.prospects.models import Change, Prospect
from tests.browser.conftest import Open
from tests.browser.house import House
from tests.browser.keys import press, tab_to
from tests.browser.test_layout import box


def shown(house: House) -> Prospect:
    return Prospect.objects.get(native_id=house.prospect.split("/")[-2])


def reachable(house: House) -> Prospect:
    """One whose contact has a mail address and a telephone number."""
    known = {"role": "requirement", "name": "Pat Doe", "email": "pat@example.gov", "phone": "(202) 555-0100"}
    prospect = shown(house)
    Prospect.objects.filter(pk=prospect.pk).update(contacts=[known])
    return prospect


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_contact_and_a_digest_are_copied_by_key_and_it_is_said(open_page: Open, house: House) -> None:
    reachable(house)
    watch = open_page(house.prospect)
    page = watch.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    file = shown(house).last_run.artifact
    assert file
    for text in ("pat@example.gov", "(202) 555-0100", file.sha256):
        tab_to(page, f".copy[data-copy='{text}']")
        press(page, "Enter")
        expect(page.locator("#announce")).to_have_text("Copied")
        assert copied(page) == text
    assert [*watch.troubles, *watch.violations()] == []


def test_the_digest_in_the_panel_of_a_value_is_copied_whole(open_page: Open, house: House) -> None:
    watch = open_page(house.prospect)
    page = watch.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".facts .source-of").first.click()
    page.locator("#source-panel .copy").click()
    expect(page.locator("#announce")).to_have_text("Copied")
    assert len(copied(page)) == 64
    assert watch.troubles == []


def test_who_refuses_to_let_a_page_copy_is_told_so(open_page: Open, house: House) -> None:
    page = open_page(house.prospect).page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); }")
    page.locator("[aria-labelledby=where] .copy").click()
    expect(page.locator("#announce")).to_have_text("Not copied: the browser refused")


def test_without_script_there_is_no_dead_button(open_page: Open, house: House) -> None:
    reachable(house)
    page = open_page(house.prospect, script=False).page
    assert page.locator(".copy").count() >= 3
    assert not [it for it in page.locator(".copy").all() if it.is_visible()]


SEEN = "all => all.filter(it => it.checkVisibility({ contentVisibilityAuto: true })).length"


def test_paper_shows_what_the_screen_folds(open_page: Open, house: House) -> None:
    """Without script as well: the sheet does it."""
    page = open_page(house.prospect, script=False).page
    folded = page.locator(".on-paper dd, .on-paper li")
    assert folded.count() > 20
    assert folded.evaluate_all(SEEN) == 0
    page.emulate_media(media="print")
    expect(folded.first).to_be_visible()  # a busy browser takes its time with another sheet
    assert folded.evaluate_all(SEEN) == folded.count()
    for section in ("fields", "where", "history", "described"):
        assert page.locator(f"[aria-labelledby={section}]").evaluate_all(SEEN) == 1


def test_browsers_whose_sheets_cannot_unfold_are_helped_and_folded_again(
    open_page: Open, house: House
) -> None:
    page = open_page(house.prospect).page
    page.locator(".on-paper summary").first.click()
    everything, opened = page.locator(".on-paper"), page.locator(".on-paper[open]")
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    expect(opened).to_have_count(everything.count())
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    expect(opened).to_have_count(1)


def test_words_of_the_picture_are_crossed_by_no_line_and_stand_inside_it(
    open_page: Open, house: House
) -> None:
    """One promise was over when it was seen; the other has the longest words and ends the scale."""
    moved = Change.objects.get(prospect=shown(house), field="solicitation")
    moved.old, moved.new = "2025-12-24/2025-12-28", "2028-12-22/2029-12-28"
    moved.save()
    page = open_page(house.prospect).page
    lines, words = page.locator(".timeline .wait").all(), page.locator(".timeline .words").all()
    assert len(lines) == len(words) == 2
    for line, text in zip(map(box, lines), map(box, words), strict=True):
        assert line["x"] + line["width"] <= text["x"] or text["x"] + text["width"] <= line["x"]
    edge = box(page.locator("svg.timeline"))
    for text in map(box, page.locator(".timeline text").all()):
        assert edge["x"] <= text["x"] < text["x"] + text["width"] <= edge["x"] + edge["width"]
