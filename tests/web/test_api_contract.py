"""What holds for every operation: who may ask, how errors look, what the description says."""

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from prospect_aggregate.collection.models import Batch
from prospect_aggregate.collection.objects import run_object, source_object
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.prospects.objects import change_object, prospect_object
from prospect_aggregate.prospects.search import Filters, by_key
from prospect_aggregate.web.api import api
from prospect_aggregate.web.api import collection_schemas as collection
from prospect_aggregate.web.api import prospect_schemas as prospects
from prospect_aggregate.web.api.questions import ProspectsAsked
from tests.agency import Site
from tests.given import collected, published, rows
from tests.web.api_client import ROOT, Program

pytestmark = pytest.mark.django_db

# DESIGN §7: fields that others rely on.
PROSPECT = """source key native_id title title_derived description agency component office program_office naics_code
    naics_codes psc_code psc_codes set_aside set_aside_text competition competition_text contract_type contract_vehicle
    contract_vehicle_text award_type requirement_type phase phase_text basis value_min value_max value_basis value_text
    solicitation_from solicitation_to solicitation_precision solicitation_text award_from award_to award_precision
    award_text performance_from performance_to performance_precision performance_text place_city place_state
    place_country place_text incumbent_name incumbent_contract incumbent_ends_from incumbent_ends_to contacts clearance
    solicitation_number solicitation_url agency_updated_at state outlook next_date next_date_kind first_seen_at
    last_seen_at solicitation_first_seen solicitation_moves solicitation_slip_days overdue_days url"""
CHANGE = "source key kind field old new shift_days significance at run"
RUN = """id source status trigger attempt batch rows new changed unchanged gone rejected error_kind error notes artifact
    edition_date complete queued_at started_at finished_at observed_at"""
SOURCE = """key name agency url coverage cadence_minutes freshness_limit_minutes state reason since acknowledged
    list_date last_good_at next_run_at prospects"""
SCHEDULE = "name task cron enabled last_run_at next_run_at"
TASK = "name kind source"


def described() -> dict[str, Any]:
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, it) for path, methods in described()["paths"].items() for method, it in methods.items()
    ]


EVERY = operations()
NAMED = [pytest.param(*each, id=each[2]["operationId"]) for each in EVERY]


def test_every_operation_is_there() -> None:
    """A new one is documented, guarded and named here, or this fails."""
    assert {it["operationId"] for _, _, it in EVERY} == {
        "list_prospects", "get_prospect", "list_changes_of_prospect", "list_changes", "list_sources", "get_source",
        "collect_source", "check_source", "upload_list", "list_runs", "get_run", "list_schedule", "edit_schedule",
        "run_schedule", "list_tasks", "get_status", "get_quality", "get_coverage", "list_reviews", "get_review",
        "list_agencies", "get_reliability", "accept_run", "dismiss_run", "undo_ruling", "list_pairs", "decide_pair",
        "list_leaving", "cancel_run", "get_log", "get_file", "list_batches", "get_batch", "collect_all",
        "list_unseen", "mark_seen", "undo_seen", "get_slip", "get_provenance", "list_reused", "decide_reused",
        "count_prospects", "export_prospects", "list_feeds", "make_feed", "revoke_feed", "restore_feed",
        "list_tokens", "revoke_token",
        "list_alerts", "get_alert", "acknowledge_alert", "release_alert",
        "get_profile", "set_profile", "get_fit", "list_watched", "watch", "unwatch", "list_tags", "set_tags",
        "list_notes", "write_note", "edit_note", "delete_note", "list_decisions", "decide", "take_back_decision",
        "list_searches", "save_search", "see_search", "edit_search", "delete_search", "get_digest", "choose_digest",
        "list_people", "edit_person", "end_sessions", "list_invitations", "invite_person", "take_back_invitation",
        "list_audit",
    }  # fmt: skip


@pytest.mark.parametrize(("method", "path", "operation"), NAMED)
def test_an_operation_says_what_it_is_for(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"].endswith((".", ")"))
    for parameter in operation["parameters"]:
        assert parameter["description"], parameter["name"]
    assert "401" in operation["responses"]


@pytest.mark.parametrize(("method", "path", "operation"), NAMED)
def test_an_operation_is_refused_to_who_is_signed_out(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    address = path.removeprefix(ROOT).replace("{key}", "dhs").replace("{name}", "x").replace("{number}", "1")
    said = Program(signed_in=False).send(method.upper(), address, wants=401)
    assert said["detail"].startswith("sign in first")


@pytest.mark.parametrize(("method", "path", "operation"), [each for each in NAMED if each.values[0] != "get"])
def test_a_write_without_the_token_of_its_session_is_refused(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(get_user_model().objects.create(username="bo", role="operator"))
    address = path.replace("{key}", "dhs").replace("{name}", "x").replace("{number}", "1")
    answer = careful.generic(method.upper(), address)
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_a_write_with_the_token_is_done() -> None:
    token = "a" * 32
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(get_user_model().objects.create(username="bo", role="operator"))
    careful.cookies[_csrf_cookie()] = token
    how = {"content_type": "application/json", "headers": {"X-CSRFToken": token}}
    assert careful.post(f"{ROOT}/sources/dhs/collect", {"force": True}, **how).status_code == 202  # type: ignore[arg-type]


def _csrf_cookie() -> str:
    from django.conf import settings

    return str(settings.CSRF_COOKIE_NAME)


@pytest.mark.parametrize(
    ("shape", "names"),
    [
        (prospects.Prospect, PROSPECT),
        (prospects.Change, CHANGE),
        (collection.Run, RUN),
        (collection.Source, SOURCE),
        (collection.Slot, SCHEDULE),
        (collection.Task, TASK),
    ],
)
def test_an_object_has_the_fields_of_the_design(shape: Any, names: str) -> None:
    assert set(names.split()) <= set(shape.model_fields)
    for name, field in shape.model_fields.items():
        assert field.description, name


def test_nothing_of_an_object_is_lost_on_its_way_into_the_api(site: Site) -> None:
    site.serve(published(rows(1)))
    run = collected()
    day = date(2026, 5, 25)
    assert set(prospect_object(by_key("listing:1", day=day), day=day)) == set(prospects.Prospect.model_fields)
    change = Change.objects.select_related("prospect__source").get()
    assert set(change_object(change)) == set(prospects.Change.model_fields)
    assert set(run_object(run)) == set(collection.Run.model_fields)
    shown = source_object(run.source, now=run.queued_at)
    assert set(shown) == set(collection.Source.model_fields)


def test_every_filter_of_the_search_can_be_asked() -> None:
    filters = {field.name for field in dataclasses.fields(Filters)}
    assert set(ProspectsAsked.model_fields) == filters | {"as_of", "cursor", "limit"}


def test_the_description_is_openapi_31_and_every_reference_leads_somewhere() -> None:
    schema = described()
    assert schema["openapi"] == "3.1.0"
    text = json.dumps(schema)
    for part in text.split('"$ref": "#/components/schemas/')[1:]:
        assert part.split('"')[0] in schema["components"]["schemas"]


def test_every_field_has_an_example() -> None:
    for name, shape in described()["components"]["schemas"].items():
        for field, facts in shape.get("properties", {}).items():
            nested = "$ref" in json.dumps(facts)
            assert facts.get("examples") or nested or name.endswith("Page") or "cursor" in field, (
                name,
                field,
            )


def test_an_address_that_no_operation_has_is_a_problem() -> None:
    said = Program().get("/prospect", wants=404)["detail"]
    assert said == "there is no /api/v1/prospect; the operations are listed in openapi.json and docs"
    assert Program().get("/", wants=404)["title"] == "Not Found"


@pytest.mark.parametrize("act", ["check", "collect"])
@pytest.mark.parametrize("name", ["!!", "%C3%88", "%14"])
def test_a_name_without_a_letter_or_digit_is_of_no_source(name: str, act: str) -> None:
    assert "named" in Program().send("POST", f"/sources/{name}/{act}", wants=404)["detail"]


@pytest.mark.parametrize("path", ["/prospects/%0A", "/prospects/a%0Ab/changes", "/%0A"])
def test_an_address_with_a_line_break_is_a_problem(path: str) -> None:
    assert Program().get(path, wants=404)["title"] == "Not Found"


def test_a_method_that_an_address_does_not_take_is_a_problem() -> None:
    assert Program().send("DELETE", "/runs", wants=405)["detail"] == "/api/v1/runs takes GET"


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_body_that_is_no_json_is_a_problem(media_type: str) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(get_user_model().objects.create(username="bo", role="operator"))
    careful.cookies[_csrf_cookie()] = token = "a" * 32
    headers = {"X-CSRFToken": token}
    answer = careful.generic("POST", f"{ROOT}/sources/dhs/collect", b"{", media_type, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("body", [b"[null]", b"3", b'"x"', b"null"])
def test_a_body_that_is_no_object_is_not_obeyed(body: bytes) -> None:
    answer = Program().client.generic("POST", f"{ROOT}/batches", body, "application/json")
    assert (answer.status_code, answer.json()["detail"]) == (
        400, "Cannot parse request body: it must be an object, { … }",
    )  # fmt: skip
    assert Batch.objects.count() == 0


@pytest.mark.parametrize(
    "asked", ["/prospects?as_of=0", "/changes?since=0.5", "/prospects?solicitation_to=1e9"]
)
def test_a_number_is_no_date(asked: str) -> None:
    assert "write 2026-05-13" in Program().get(asked, wants=422)["detail"]


def test_a_mistake_of_ours_is_a_problem_with_a_reference_and_stands_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("prospect_aggregate.web.api.engine.status_lines", lambda: 1 / 0)
    said = Program().get("/status", wants=500)["detail"]
    assert said.split()[-1] in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_the_description_is_for_readers_only() -> None:
    signed_out = Program(signed_in=False)
    assert (
        signed_out.client.get(f"{ROOT}/openapi.json", headers={"Accept": "application/json"}).status_code
        == 401
    )
    page = signed_out.client.get(f"{ROOT}/docs", headers={"Accept": "text/html"})
    assert (page.status_code, page["Location"]) == (302, "/sign-in/?next=/api/v1/docs")
    assert Program().client.get(f"{ROOT}/openapi.json").json()["openapi"] == "3.1.0"


def test_the_page_of_the_description_names_every_operation() -> None:
    page = Program().client.get(f"{ROOT}/docs").content.decode()
    assert all(operation["summary"] in page for _, _, operation in EVERY)
    assert "<script" not in page.split("</head>")[1]
