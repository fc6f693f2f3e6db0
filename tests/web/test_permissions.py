"""Who may do what: every page and every operation against every role, in one table."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.api import api
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import FROM, READING, Permission, Role, permissions_of
from tests.web.api_client import ROOT

pytestmark = pytest.mark.django_db

ANYBODY = {"healthz", "readyz", "metrics", "sign-in", "sign-in-link", "sign-out", "invitation", "forgotten",
          "reset", "feed", "digest-off"}  # fmt: skip
"""Pages that a reader who is signed out may ask for; /metrics asks for itself."""
PAGES = {
    "viewer": """home keys menu account sessions password preferences prospects prospects-facets prospects-columns
        overview overview-holding counted calendar agencies
        agency how-counted changes changes-seen changes-undo reused prospects-newer prospect download pairs pair sources
        sources-process source source-row quality coverage run run-live run-log
        export export-file export-progress feeds feed-make feed-revoke feed-restore tokens token-make token-revoke
        token-restore fit provenance compare selection-watch company company-counts notebook-watch usual saved
        saved-keep saved-open saved-seen saved-digest saved-delete digest""",
    "analyst": """pair-decide reused-decide notebook-tag notebook-note notebook-decide note-edit note-undo
        decision-undo selection-tag selection-decide""",
    "operator": """upload collect check runs review review-undo review-leaving run-cancel alerts alert-acknowledge
        alert-release collect-all batch batch-live schedule schedule-edit schedule-at schedule-code schedule-pause
        schedule-resume schedule-now""",
    "administrator": """people person audit invite invitation-take-back address-lift person-role person-switch
        person-lift person-sessions person-password""",
}
OPERATIONS = {
    "viewer": """list_prospects get_prospect list_changes_of_prospect list_changes
        list_agencies get_reliability list_unseen mark_seen undo_seen get_slip get_provenance
        list_reused list_sources get_source get_run
        get_log get_file get_quality get_coverage list_pairs count_prospects export_prospects list_feeds make_feed
        revoke_feed restore_feed
        list_tokens revoke_token get_profile get_fit list_tags list_notes list_decisions
        list_watched watch unwatch list_searches save_search see_search edit_search delete_search
        get_digest choose_digest""",
    "analyst": """decide_pair decide_reused set_profile set_tags write_note edit_note delete_note decide
        take_back_decision""",
    "operator": """collect_source check_source upload_list list_runs list_schedule edit_schedule run_schedule
        list_tasks get_status list_reviews get_review list_leaving accept_run dismiss_run undo_ruling cancel_run
        list_batches get_batch collect_all list_alerts get_alert acknowledge_alert release_alert""",
    "administrator": """list_people edit_person end_sessions list_invitations invite_person take_back_invitation
        list_audit""",
}
"""By the first role that may; those after it may too."""
GIVEN: dict[str, Any] = {
    "number": 1, "key": "dhs", "source": "dhs", "native_id": "F1", "artifact": 1, "name": "collect dhs",
    "figure": "overdue", "field": "value",
}  # fmt: skip
POSTED = {
    "pair-decide", "reused-decide", "prospects-columns", "changes-seen", "changes-undo",
    "collect", "check", "preferences", "review-undo", "alert-acknowledge", "alert-release",
    "collect-all", "sessions", "invite", "invitation-take-back", "address-lift",
    "person-role", "person-switch", "person-lift", "person-sessions", "person-password",
    "schedule-at", "schedule-code", "schedule-resume", "schedule-now",
    "feed-make", "feed-revoke", "feed-restore", "token-make", "token-revoke", "token-restore",
    "notebook-watch", "notebook-tag", "notebook-note", "notebook-decide", "note-edit", "note-undo", "decision-undo",
    "usual", "saved-keep", "saved-seen", "saved-digest", "saved-delete", "selection-watch", "selection-tag",
    "selection-decide",
}  # fmt: skip
"""Pages that take nothing but a form."""


def least(table: dict[str, str]) -> dict[str, Role]:
    return {name: Role(role) for role, names in table.items() for name in names.split()}


def patterns(below: Any = None) -> Iterator[URLPattern]:
    """Every address of ours but the API's, which has a table of its own."""
    for each in (below or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from () if each.app_name == "ninja" else patterns(each)
        else:
            yield each


def operations() -> dict[str, tuple[str, str, Any]]:
    """By their names: method, path, what is done."""
    return {
        it.operation_id or it.view_func.__name__: (it.methods[0], f"{prefix}{path}", it)
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for it in view.operations
    }


VIEWS = {str(it.name): it for it in patterns()}
EVERY = operations()
UNLISTED = {"nothing_here", "nothing_at_root"}
PAGES_BY_ROLE = [(role, name, first) for role in Role for name, first in least(PAGES).items()]
OPERATIONS_BY_ROLE = [(role, name, first) for role in Role for name, first in least(OPERATIONS).items()]


def as_a(role: str) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("somebody", role=role))
    return client


def may(role: Role, first: Role) -> bool:
    return list(Role).index(role) >= list(Role).index(first)


def address(name: str) -> str:
    wanted = VIEWS[name].pattern.converters  # type: ignore[union-attr]
    return reverse(name, kwargs={word: GIVEN[word] for word in wanted})


def test_the_table_has_every_page() -> None:
    assert set(VIEWS) == ANYBODY | set(least(PAGES))


def test_the_table_has_every_operation() -> None:
    assert set(EVERY) - UNLISTED == set(least(OPERATIONS))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_page_names_the_permission_it_needs_or_is_for_anybody(name: str) -> None:
    view = VIEWS[name].callback
    is_open = not getattr(view, "login_required", True)
    assert (name in ANYBODY) is is_open
    assert is_open or isinstance(view.needs, Permission)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_an_operation_names_the_permission_it_needs(name: str) -> None:
    method, _, operation = EVERY[name]
    assert isinstance(operation.view_func.needs, Permission)
    assert method == "GET" or name in UNLISTED or operation.view_func.needs not in READING


@pytest.mark.parametrize(("role", "name", "first"), PAGES_BY_ROLE, ids=lambda it: str(it))
def test_a_page_is_shown_to_the_roles_of_the_table_and_refused_to_the_others(
    role: Role, name: str, first: Role
) -> None:
    ask = as_a(role).post if name in POSTED else as_a(role).get
    answer = ask(address(name))
    assert (answer.status_code == 403) is not may(role, first)
    assert answer.status_code != 405


@pytest.mark.parametrize(("role", "name", "first"), OPERATIONS_BY_ROLE, ids=lambda it: str(it))
def test_an_operation_is_done_for_the_roles_of_the_table_and_refused_to_the_others(
    role: Role, name: str, first: Role
) -> None:
    method, path, _ = EVERY[name]
    for word in ("key", "name", "int:number", "number"):
        path = path.replace(f"{{{word}}}", str(GIVEN[word.removeprefix("int:")]))
    answer = as_a(role).generic(method, ROOT + path)
    assert (answer.status_code == 403) is not may(role, first)
    if answer.status_code == 403:
        assert answer["Content-Type"] == "application/problem+json"
        assert f"the role {role} does not have the permission" in answer.json()["detail"]


def test_a_form_of_an_operators_page_is_refused_as_the_page_is() -> None:
    viewer = as_a(Role.VIEWER)
    for name in ("upload", "review", "run-cancel", "schedule-edit", "schedule-pause"):
        assert viewer.post(address(name)).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("analyst", 302), ("operator", 302)])
def test_the_company_profile_is_shown_to_all_and_changed_by_who_decides(role: str, status: int) -> None:
    client = as_a(role)
    page = client.get("/company/")
    assert page.status_code == 200
    assert ("Count without saving" in page.content.decode()) is (status == 302)
    assert client.post("/company/", {"keywords": "support", "read": "0"}).status_code == status


def test_a_viewer_reads_the_notebook_and_watches_but_decides_nothing(three_prospects: Run) -> None:
    prospect = Prospect.objects.all()[0]
    address = f"/prospects/{prospect.source.key}/{prospect.native_id}/"
    acts = ("Decide</button>", 'id="tag-it"', 'id="note-it"', 'href="#decide"')
    page, other = (client.get(address).content.decode() for client in (as_a_viewer(), as_a(Role.ANALYST)))
    assert "Nobody has decided yet." in page
    assert "☆ Watch" in page
    assert [word for word in acts if word in page] == []
    assert [word for word in acts if word not in other] == []


def test_a_refused_page_says_who_one_is_and_what_is_missing() -> None:
    page = as_a(Role.VIEWER).get("/schedule/").content.decode()
    assert "somebody" in page
    assert "viewer" in page
    assert "see-engine" in page


def test_every_permission_stands_in_the_table_and_reading_changes_nothing() -> None:
    assert set(FROM) == set(Permission)
    assert permissions_of(Role.ADMINISTRATOR) == set(Permission)
    assert permissions_of("owner") == frozenset()


def test_who_came_in_by_less_than_a_session_has_what_is_left_of_the_role() -> None:
    person = Person(username="program", role=Role.OPERATOR)
    person.only = READING
    assert person.may(Permission.SEE_ENGINE)
    assert not person.may(Permission.RUN_SOURCES)
    assert not person.may(Permission.SEE_PEOPLE)


def test_who_was_switched_off_may_nothing() -> None:
    assert not Person(role=Role.ADMINISTRATOR, is_active=False).may(Permission.SEE)


def test_a_new_role_holds_from_the_next_page_on() -> None:
    client = as_a(Role.OPERATOR)
    assert client.get("/schedule/").status_code == 200
    Person.objects.update(role=Role.VIEWER)
    assert client.get("/schedule/").status_code == 403


HIDDEN = ("Collect now", "Collect all", "Check now", "Upload", "/schedule/", 'href="/runs/"', "/alerts/")


def test_pages_hide_what_a_reader_may_not_do() -> None:
    for path in ("/sources/", "/sources/dhs/", "/menu/", "/prospects/"):
        page = as_a_viewer().get(path).content.decode()
        assert [word for word in HIDDEN if word in page] == [], path


def as_a_viewer() -> Client:
    client = Client()
    client.force_login(Person.objects.get_or_create(username="vera")[0])
    return client


def test_an_operator_sees_all_of_it_and_begins_at_the_sources() -> None:
    client = as_a(Role.OPERATOR)
    page = client.get("/sources/").content.decode() + client.get("/sources/dhs/").content.decode()
    assert [word for word in HIDDEN if word not in page] == []
    assert client.get("/")["Location"] == "/sources/"


def test_numbers_for_prometheus_are_for_who_may_see_the_engine() -> None:
    assert as_a(Role.OPERATOR).get("/metrics").status_code == 200
    assert as_a_viewer().get("/metrics").status_code == 403
    assert Client().get("/metrics").status_code == 401


def test_people_of_before_there_were_roles_keep_what_they_could() -> None:
    keep = import_module("prospect_aggregate.web.migrations.0002_roles").keep_what_they_could
    Person.objects.create_superuser("old", role=Role.VIEWER)
    Person.objects.create_user("other", role=Role.VIEWER)
    keep(apps, None)
    assert dict(Person.objects.values_list("username", "role")) == {
        "old": "administrator",
        "other": "operator",
    }
