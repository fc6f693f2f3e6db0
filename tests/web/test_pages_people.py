"""Nothing is readable without signing in; the first person comes in by a link that works once."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Run
from prospect_aggregate.settings import secret_key
from prospect_aggregate.web.first_start import ensure_administrator
from prospect_aggregate.web.models import Person, SignInLink
from prospect_aggregate.web.secret import ensure_secret_key

pytestmark = pytest.mark.django_db

PAGES = (
    "/", "/prospects/", "/prospects/dhs/F1/", "/prospects/newer/", "/sources/", "/sources/process/",
    "/sources/dhs/row/", "/runs/", "/runs/1/", "/runs/1/live/", "/schedule/", "/schedule/1/edit/",
    "/schedule/1/pause/", "/files/1/", "/changes/", "/reused/", "/keys/", "/menu/", "/you/password/",
)  # fmt: skip
ACTS = (
    "/sources/dhs/collect/", "/sources/dhs/check/", "/schedule/1/edit/", "/schedule/1/pause/",
    "/schedule/1/resume/", "/schedule/1/now/", "/schedule/1/code/", "/you/", "/changes/seen/", "/changes/seen/1/undo/",
    "/reused/1/decide/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_signed_out_leads_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", ACTS)
def test_an_act_signed_out_leads_to_sign_in(client: Client, path: str) -> None:
    assert client.post(path)["Location"].startswith("/sign-in/")


def test_a_part_signed_out_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get("/sources/process/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?next=/sources/process/")


def test_only_the_sign_of_life_is_public(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("path", ACTS)
def test_an_act_needs_the_forms_token(person: Person, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(path).status_code == 403


@pytest.mark.parametrize("path", [path for path in ACTS if not path.endswith(("edit/", "pause/"))])
def test_an_act_is_no_link(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 405


def test_who_signs_in_gets_what_they_asked_for(client: Client, person: Person) -> None:
    given = {"username": "ana", "password": "long enough for us", "next": "/runs/?status=failed"}
    assert client.post("/sign-in/", given)["Location"] == "/runs/?status=failed"


def test_a_wrong_password_says_so(client: Client, person: Person) -> None:
    answer = client.post("/sign-in/", {"username": "ana", "password": "no"})
    assert answer.status_code == 200
    assert b'role="alert"' in answer.content


def test_signing_out_clears_what_the_browser_kept(reader: Client) -> None:
    assert reader.post("/sign-out/")["Clear-Site-Data"] == '"cache"'
    assert reader.get("/prospects/").status_code == 302


def test_the_first_start_makes_the_administrator_and_a_link() -> None:
    path = ensure_administrator()
    admin = Person.objects.get()
    assert path is not None
    assert path.startswith("/sign-in/")
    assert (admin.username, admin.is_superuser, admin.has_usable_password()) == ("admin", True, False)


def test_opening_the_link_uses_nothing_and_its_button_signs_in_once(client: Client) -> None:
    path = ensure_administrator() or ""
    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == "/you/password/"
    assert client.get("/prospects/").status_code == 200
    assert Client().post(path).status_code == 410


def test_a_link_ends_with_its_hour(client: Client) -> None:
    path = ensure_administrator() or ""
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(path).status_code == 410


def test_a_new_link_voids_the_one_before(client: Client) -> None:
    first, second = ensure_administrator() or "", ensure_administrator() or ""
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_the_database_does_not_hold_the_link() -> None:
    token = (ensure_administrator() or "").split("/")[2]
    assert token not in str(SignInLink.objects.values())


def test_the_administrator_sets_a_password_and_no_link_is_made_again(client: Client) -> None:
    client.post(ensure_administrator() or "")
    chosen = "four words of mine"
    answer = client.post("/you/password/", {"new_password1": chosen, "new_password2": chosen})
    assert answer["Location"] == "/"
    assert client.get("/prospects/").status_code == 200
    assert ensure_administrator() is None


def test_where_somebody_else_administers_nobody_is_made(person: Person) -> None:
    assert ensure_administrator() is None
    assert Person.objects.count() == 1


def test_a_password_is_changed_only_by_who_knows_the_old_one(reader: Client, person: Person) -> None:
    given = {
        "old_password": "no",
        "new_password1": "four words of mine",
        "new_password2": "four words of mine",
    }
    assert b'role="alert"' in reader.post("/you/password/", given).content
    person.refresh_from_db()
    assert person.check_password("long enough for us")


def test_a_theme_is_kept_with_the_person(reader: Client) -> None:
    assert reader.post("/you/", {"theme": "dark", "next": "/runs/"})["Location"] == "/runs/"
    assert b'data-theme="dark"' in reader.get("/runs/").content


def test_preferences_lead_back_to_our_own_pages_only(reader: Client) -> None:
    assert reader.post("/you/", {"theme": "pink", "next": "//elsewhere.example/"})["Location"] == "/"
    assert b'data-theme="system"' in reader.get("/runs/").content


def test_single_keys_can_be_switched_off(reader: Client) -> None:
    reader.post("/you/", {"keys": "off"})
    assert b'data-keys="off"' in reader.get("/runs/").content


def test_a_browser_is_told_to_run_nothing_but_ours(reader: Client) -> None:
    answer = reader.get("/prospects/")
    rules = set(answer["Content-Security-Policy"].split("; "))
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= rules
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Strict-Transport-Security" not in answer


def test_a_sample_home_says_so_on_every_page(reader: Client) -> None:
    assert b"Sample data." not in reader.get("/runs/").content
    homes.claim(homes.Kind.SAMPLE)
    assert b"Sample data." in reader.get("/runs/").content


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    ensure_secret_key(tmp_path / "home")
    kept = tmp_path / "home" / "secret.key"
    first = kept.read_text()
    ensure_secret_key(tmp_path / "home")
    assert kept.read_text() == first == secret_key(tmp_path / "home")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_pages_without_a_key_are_not_fit_to_be_served(settings: Settings) -> None:
    settings.SECRET_KEY = settings.NO_SECRET_KEY
    assert "web.E001" in {found.id for found in run_checks(include_deployment_checks=True)}


def test_no_page_of_this_house_is_made_of_inline_script_or_style(
    reader: Client, three_prospects: Run
) -> None:
    for path in (
        "/prospects/",
        "/sources/",
        "/runs/",
        f"/runs/{three_prospects.pk}/",
        "/schedule/",
        "/changes/",
        "/keys/",
        "/menu/",
    ):
        content = reader.get(path).content.decode()
        assert " style=" not in content
        assert "<script>" not in content
        assert " onclick" not in content
