"""Attacks on the pages, each refused: forged forms, frames, redirects, script in published text, paths, sessions."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import models
from django.http import QueryDict
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from lxml import html
from pytest_django.fixtures import Settings

from prospect_aggregate.collection.models import Alert, Artifact, Batch, LogLine, RejectedRow, Run, Source
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.models import Change, Pair, Prospect, Reuse
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web import keyring
from prospect_aggregate.web.ask import ask_of
from prospect_aggregate.web.decided import decide
from prospect_aggregate.web.feeds.subscribing import subscribe
from prospect_aggregate.web.models import Note, Person, SavedSearch, Tag, Watch
from prospect_aggregate.web.permissions import Role
from tests.web.doors import PASSWORD, somebody
from tests.web.pairs import pair
from tests.web.test_audit import PAGES as FORMS
from tests.web.test_permissions import ANYBODY, POSTED, VIEWS, address

__all__ = ["pair"]
pytestmark = pytest.mark.django_db


BY_ADDRESS_ALONE = {"digest-off"}
"""A mailbox posts there without a cookie or a token (RFC 8058): what its address holds is the secret."""


def there(name: str) -> str:
    by_token = {"sign-in-link": "/sign-in/x/", "invitation": "/invitation/x/", "reset": "/password/x/",
                "feed": "/feeds/x/atom.xml", "digest-off": "/digest/off/x/"}  # fmt: skip
    return by_token.get(name) or address(name)


# Forged forms.


@pytest.mark.parametrize("name", sorted(FORMS.keys() - BY_ADDRESS_ALONE))
def test_a_form_without_its_token_is_refused(name: str, person: Person) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    assert careful.post(there(name), {"verdict": "same"}).status_code == 403


@pytest.mark.parametrize("name", ["sign-in", "sign-in-link", "invitation", "forgotten", "reset", "sign-out"])
def test_a_form_of_who_is_signed_out_needs_its_token_too(name: str) -> None:
    assert Client(enforce_csrf_checks=True).post(there(name)).status_code == 403


@pytest.mark.parametrize("token", ["", "a" * 32, "b" * 64])
def test_a_strangers_token_is_none(token: str, person: Person) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    careful.get("/sources/")
    assert careful.post("/sources/dhs/collect/", {"csrfmiddlewaretoken": token}).status_code == 403


def test_a_form_that_another_site_sends_is_refused_even_with_the_right_token(person: Person) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    page = careful.get("/sources/dhs/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    given = {"csrfmiddlewaretoken": found[1], "follow": "run"}
    evil = careful.post("/sources/dhs/collect/", given, headers={"Origin": "https://evil.example"})
    assert evil.status_code == 403
    ours = careful.post("/sources/dhs/collect/", given, headers={"Origin": "http://testserver"})
    assert ours.status_code == 302


def test_the_cookies_are_not_for_scripts_nor_for_other_sites() -> None:
    somebody("vera")
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "vera", "password": PASSWORD})
    assert len(client.cookies) == 3
    for cookie in client.cookies.values():
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax"), cookie.key


# Frames.


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_no_page_stands_in_a_strangers_frame(name: str, reader: Client) -> None:
    answer = reader.get(there(name))
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/v1/docs", "/api/v1/sources", "/api/v1/nothing", "/nothing/"])
def test_nothing_else_does_either(path: str, reader: Client) -> None:
    answer = reader.get(path)
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


# Redirects.

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "http:///evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example",
    "/\t/evil.example", "\x00//evil.example", "https://testserver@evil.example/", "https://testserver.evil.example/",
    "//testserver:80@evil.example", "%2f%2fevil.example%2f..", "http://[::1]@evil.example",
]  # fmt: skip


@pytest.mark.parametrize("there_", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(there_: str) -> None:
    somebody("vera")
    given = {"username": "vera", "password": PASSWORD, "next": there_}
    assert leads_home(Client().post("/sign-in/", given)["Location"])


@pytest.mark.parametrize("there_", ELSEWHERE)
def test_who_is_signed_in_already_is_led_to_no_other_site(there_: str, reader: Client) -> None:
    assert leads_home(reader.get("/sign-in/", {"next": there_})["Location"])


@pytest.mark.parametrize("there_", ELSEWHERE)
def test_preferences_lead_to_no_other_site(there_: str, reader: Client) -> None:
    assert leads_home(reader.post("/you/", {"theme": "dark", "next": there_})["Location"])


def leads_home(location: str) -> bool:
    """A path of ours, as every browser understands it."""
    return bool(re.fullmatch(r"/(?![/\\])[^\\\s\x00]*|%2f[^\\\s]*", location))


def test_a_name_of_a_host_that_is_not_ours_is_refused(reader: Client) -> None:
    assert reader.get("/prospects/", headers={"Host": "evil.example"}).status_code == 400


# Script in published text.

ATTACK = """"'><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>{{7*7}}</textarea></title>"""
ADDRESS = "javascript:alert(1)//" + ATTACK
MISSING = {"edit": (404,), "pause": (404,)}
"""Nothing is planned in these tests, and their page shows nothing that was published."""


def attacked(model: type[models.Model], *, but: set[str] = frozenset()) -> int:  # type: ignore[assignment]
    """Every text of it, as long as it may be; how many."""
    texts = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in but
    ]
    for field in texts:
        text = ADDRESS if "url" in field.name else ATTACK
        longest = getattr(field, "max_length", None) or len(text)
        model._default_manager.update(**{field.name: text[:longest]})
    return len(texts)


@pytest.fixture
def poisoned(pair: Pair, person: Person) -> dict[str, str]:
    """Whatever an agency publishes, or a person writes, is an attack; the pages that show it."""
    run = pair.run
    RejectedRow.objects.create(run=run, number=7, reason=ATTACK, raw={ATTACK: ATTACK})
    LogLine.objects.create(run=run, at=run.queued_at, level="error", text=ATTACK)
    held = Run.objects.exclude(pk=run.pk).latest("pk")
    shape = {"check": ATTACK, "saw": ATTACK, "expected": ATTACK, "passed": False}
    told = dict.fromkeys(["title", "text", "address", "robots", "rule", "type"], ATTACK)
    facts: dict[str, Any] = {
        "verdict": [shape], "evidence": told, "notes": [ATTACK], "headings": [ATTACK, "b"],
        "layout": {"title": [ATTACK]}, "error": ATTACK, "worker": ATTACK[:100],
    }  # fmt: skip
    Run.objects.update(**facts)
    Run.objects.filter(pk=held.pk).update(status="failed")
    Alert.objects.create(
        subject="offices", cause="late", text=ATTACK, since=run.queued_at, opened_at=run.queued_at
    )
    Change.objects.update(old=ATTACK, new=ATTACK)
    assert attacked(Prospect, but={"native_id"}) > 30
    people = [{"role": ATTACK, "name": ATTACK, "email": ADDRESS, "phone": ADDRESS}]
    Prospect.objects.update(contacts=people, raw={ATTACK: ATTACK}, naics_codes=[ATTACK], psc_codes=[ATTACK])
    attacked(Source, but={"key", "url"})  # its address is our code's, not the agency's
    attacked(Artifact, but={"sha256"})
    attacked(Pair, but={"kind", "verdict"})
    Pair.objects.update(evidence={"title": 90, "agree": [ATTACK], "differ": [ATTACK]})
    Person.objects.filter(username="ana").update(first_name=ATTACK, email=ATTACK)
    shown = Prospect.objects.select_related("source").order_by("-pk")[0]
    return {
        "prospect": f"/prospects/{shown.source.key}/{shown.native_id}/",
        "prospects": "/prospects/", "shelf": f"/prospects/?q={ATTACK}", "pair": f"/pairs/{pair.pk}/",
        "pairs": "/pairs/", "run": f"/runs/{run.pk}/", "failed": f"/runs/{held.pk}/", "runs": "/runs/",
        "log": f"/runs/{run.pk}/log/", "source": "/sources/offices/", "sources": "/sources/?state=<script>",
        "quality": "/sources/offices/quality/", "alerts": "/alerts/", "review": f"/runs/{held.pk}/review/",
        "schedule": "/schedule/", "people": "/people/", "person": f"/people/{person.pk}/",
        "audit": "/audit/?by=<script>alert(1)</script>", "account": "/you/account/", "newer": "/prospects/newer/",
        "coverage": f"/coverage/?q={ATTACK}", "upload": "/sources/offices/upload/",
        "cancel": f"/runs/{held.pk}/cancel/",
        **written_about(shown, person), **beside(shown, run, held),
    }  # fmt: skip


def written_about(shown: Prospect, person: Person) -> dict[str, str]:
    """What people write and keep: beside a prospect, of themselves, of the company."""
    now = timezone.now()
    Note.objects.write(shown, ATTACK, by=person, now=now)
    Tag.objects.add(shown, ATTACK[:40], by=person, now=now)
    decide(shown, "go", ATTACK, by=person, now=now)
    SavedSearch.objects.save_as(person, ATTACK[:80], urlencode({"q": ATTACK}), now=now)
    view = ask_of(QueryDict(urlencode({"q": ATTACK, "office": ATTACK})), today=now.date())
    subscribe(person, view, name=ATTACK[:100], now=now)
    keyring.make(person, name=ATTACK[:100], scope="read", days=30, now=now)
    attack = (ATTACK[:100],)
    words = Profile(keywords=attack, agencies=attack, own_names=attack, exclusions=(f"x{ATTACK[:99]}",))
    company.keep(words, by=ATTACK, now=now, read=0)
    view_of = urlencode({"view": view.query})
    return {
        "saved": "/saved/", "feeds": "/feeds/", "a feed": f"/feeds/?{view_of}", "tokens": "/you/tokens/",
        "company": "/company/", "counts": f"/company/counts/?{urlencode({'keywords': ATTACK})}",
        "export": f"/export/?{view_of}", "digest": "/you/digest/", "menu": "/menu/", "keys": "/keys/",
        "password": "/you/password/", "opened": f"/saved/{SavedSearch.objects.get().pk}/", "home": "/",
        "taking": f"/export/progress/?{urlencode({'ticket': ATTACK})}",
    }  # fmt: skip


def beside(shown: Prospect, run: Run, held: Run) -> dict[str, str]:
    """Other pages on which published text stands, and parts of pages."""
    other = Prospect.objects.select_related("source").order_by("pk")[0]
    compared = urlencode({"chosen": [shown.key, other.key]}, doseq=True)
    Reuse.objects.create(
        prospect=shown, run=run, before=ATTACK, after=ATTACK, differ=["naics"], at=timezone.now()
    )
    batch = Batch.objects.create(asked_by=ATTACK[:150])
    return {
        "changes": "/changes/", "group": "/changes/?group=small_edits&office=" + ATTACK, "overview": "/overview/",
        "holding": "/overview/holding/", "calendar": "/calendar/", "agencies": "/agencies/",
        "agency": f"/agencies/{shown.source.key}/", "how": "/agencies/how-counted/", "counted": "/counted/overdue/",
        "facets": "/prospects/facets/?q=&whole=office", "compare": f"/compare/?{compared}", "reused": "/reused/",
        "fit": f"/fit/{shown.pk}/", "provenance": f"/provenance/{shown.pk}/title/", "row": "/sources/offices/row/",
        "process": "/sources/process/", "live": f"/runs/{run.pk}/live/", "batch": f"/batches/{batch.pk}/",
        "batch live": f"/batches/{batch.pk}/live/", "leaving": f"/runs/{held.pk}/review/leaving/",
        "edit": "/schedule/1/edit/", "pause": "/schedule/1/pause/",
    }  # fmt: skip


def test_published_text_is_text_on_every_page(poisoned: dict[str, str], reader: Client) -> None:
    seen = 0
    for name, path in poisoned.items():
        answer = reader.get(path)
        assert answer.status_code in (200, 302, *MISSING.get(name, ())), (name, answer.status_code)
        if answer.status_code == 200:
            assert threats(answer.content.decode()) == [], name
            seen += answer.content.decode().count("alert(1)")
    assert seen > 140  # the attack was on the pages, as text


def test_every_page_is_attacked(poisoned: dict[str, str]) -> None:
    """Those that only take a form show nothing, and those that give a file none that a browser runs."""
    attacked_ = {resolve(path.partition("?")[0]).url_name for path in poisoned.values()}
    assert set(VIEWS) - ANYBODY - POSTED - {"download", "export-file"} == attacked_ - ANYBODY


def test_a_number_that_is_an_attack_is_text_wherever_it_leads(reader: Client, three_prospects: Run) -> None:
    Prospect.objects.filter(native_id="1").update(native_id=ATTACK)
    Watch.objects.set(
        Person.objects.get(), Prospect.objects.get(native_id=ATTACK), on=True, now=timezone.now()
    )
    page = reader.get("/prospects/?as_of=2026-06-01").content.decode()
    here = html.document_fromstring(page).xpath('//a[contains(., "Help desk")]/@href')[0]
    for path in ("/changes/", "/overview/", "/prospects/?as_of=2026-06-01", str(here)):
        answer = reader.get(path)
        assert answer.status_code == 200, path
        assert threats(answer.content.decode()) == [], path
    assert "alert(1)" in answer.content.decode()


def threats(page: str) -> list[str]:
    """What a browser would run of a page, and does not come from us."""
    tree = html.document_fromstring(page)
    ours = re.compile(r"/static/[\w./-]+\.js")
    found = [it.get("src") or it.text or "" for it in tree.iter("script")]
    scripts = [source for source in found if not ours.fullmatch(source)]
    nodes = [it for it in tree.iter() if isinstance(it.tag, str)]
    handlers = [f"{it.tag} {name}" for it in nodes for name in it.attrib if name.startswith("on")]
    addresses = [(it.get("href") or it.get("action") or it.get("src") or "") for it in nodes]
    runs = [it for it in addresses if re.match(r"\s*(javascript|data|vbscript):", it, re.IGNORECASE)]
    images = [it.tag for it in nodes if it.tag in ("img", "iframe", "object", "embed", "base")]
    return [*scripts, *handlers, *runs, *images]


def test_the_check_itself_finds_what_a_browser_would_run() -> None:
    for attack in ("<script>x</script>", "<p onclick=x>", "<a href='JavaScript:x'>", "<img src=x>"):
        assert threats(f"<html><body>{attack}</body></html>")


def test_what_people_write_is_text_too(reader: Client) -> None:
    given = {"role": "viewer", "email": f"{ATTACK}@example.com"}
    assert threats(reader.post("/people/invite/", given).content.decode()) == []
    Person.objects.create_user("x'\"><script>alert(1)</script>", role=Role.VIEWER)
    assert threats(reader.get("/people/").content.decode()) == []


# Paths.


@pytest.mark.parametrize(
    "path",
    ["/files/../settings.py", "/files/..%2f..%2fetc%2fpasswd/", "/files/1/../../etc/passwd", "/files/-1/",
     "/static/../settings.py", "/static/..%2fsettings.py"],
)  # fmt: skip
def test_a_file_is_a_number_and_never_a_path(path: str, reader: Client) -> None:
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "sha256", ["../../etc/passwd", "..", "/etc/passwd", "a" * 63, "A" * 64, f"{'a' * 64}\n"]
)
def test_a_record_that_was_tampered_with_leads_out_of_the_archive_nowhere(
    sha256: str, reader: Client, three_prospects: Run
) -> None:
    Artifact.objects.update(sha256=sha256[:64])
    assert reader.get(f"/files/{Artifact.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    "name", ["../../x.html", 'x"; filename=y.html', "x\r\nSet-Cookie: a=b", "ü.html", ATTACK]
)
def test_a_file_is_given_to_keep_and_never_to_open_whatever_its_name(
    name: str, reader: Client, three_prospects: Run
) -> None:
    Artifact.objects.update(filename=name, media_type="text/html")
    answer = reader.get(f"/files/{Artifact.objects.get().pk}/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer
    b"".join(answer.streaming_content)  # type: ignore[attr-defined]


# Sessions.


def test_a_session_that_was_put_there_before_is_not_the_one_that_is_signed_in() -> None:
    somebody("vera")
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    client.post("/sign-in/", {"username": "vera", "password": PASSWORD})
    assert client.session.session_key != session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    assert client.get("/prospects/").status_code == 302


def test_signing_out_ends_the_session_for_who_copied_its_cookie() -> None:
    somebody("vera")
    client, thief = Client(), Client()
    client.post("/sign-in/", {"username": "vera", "password": PASSWORD})
    name = django_settings.SESSION_COOKIE_NAME
    thief.cookies[name] = client.cookies[name].value
    assert thief.get("/prospects/").status_code == 200
    client.post("/sign-out/")
    assert thief.get("/prospects/").status_code == 302


def test_a_mistake_of_ours_tells_strangers_nothing(
    reader: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr("prospect_aggregate.web.views.prospects.listed", lambda *_, **__: {}["secret place"])
    reader.raise_request_exception = False
    answer = reader.get("/prospects/")
    assert answer.status_code == 500
    assert b"secret place" not in answer.content


@pytest.mark.parametrize("name", sorted(set(VIEWS) - ANYBODY))
def test_nothing_but_what_is_for_anybody_is_shown_to_who_is_signed_out(name: str) -> None:
    assert Client().get(there(name))["Location"].startswith("/sign-in/?next=")
