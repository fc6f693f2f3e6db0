"""Held editions for programs: looked at, let in, kept out, taken back."""

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.collection.objects import ruling_object
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.objects import held_object
from prospect_aggregate.web.api import review_schemas as schemas
from prospect_aggregate.web.evidence import difference_of
from tests.agency import Site
from tests.given import a_run
from tests.web.api_client import Program
from tests.web.broker import Broker
from tests.web.held import carried_out, halved_rows, let_in, rows, serve

pytestmark = pytest.mark.django_db
WHOLE = {"reason": "clean_up", "note": "they cleaned up"}


@pytest.fixture
def program() -> Program:
    return Program()


def test_held_editions_are_listed_with_what_they_would_do(program: Program, halved: Run) -> None:
    items = program.get("/reviews")["items"]
    assert items == [program.get(f"/runs/{halved.pk}/review")]
    assert (items[0]["run"], items[0]["source"], items[0]["gone"]) == (halved.pk, "dhs", 16)
    assert sum(share["gone"] for share in items[0]["by_office"]) == 16
    assert [it["check"] for it in items[0]["checks"] if not it["passed"]] == ["gone"]


def test_one_whose_file_is_lost_is_named_beside_the_others(program: Program, halved: Run) -> None:
    assert halved.artifact
    archive.path_of(halved.artifact.sha256).unlink()
    told = program.get("/reviews")
    assert told["items"] == []
    (lost,) = told["unreadable"]
    assert (lost["run"], lost["source"]) == (halved.pk, "dhs")
    assert lost["unreadable"] == (
        f"the archive has lost the file of run {halved.pk}; restore it from a backup, or keep the edition out"
    )


def test_nothing_of_a_review_or_a_ruling_is_lost_on_its_way(halved: Run) -> None:
    would = difference_of(halved, day=timezone.now().date())
    assert set(held_object(halved, would)) == set(schemas.Review.model_fields)
    assert set(ruling_object(let_in(halved))) == set(schemas.Ruling.model_fields)


def test_letting_in_sends_its_run_to_a_worker_and_says_where_to_look(
    program: Program,
    halved: Run,
    broker: Broker,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        address = f"/api/v1/runs/{halved.pk}/accept"
        answer = program.client.post(address, WHOLE, content_type="application/json")
    said = answer.json()
    assert (answer.status_code, answer["Location"]) == (202, f"/api/v1/runs/{said['admitted']['id']}")
    assert (said["verdict"], said["by"], said["admitted"]["purpose"]) == ("whole", "ana", "admit")
    assert broker.taken("collections") == ["run_dhs_scraper_task"]


def test_a_partial_list_needs_no_reason(program: Program, halved: Run) -> None:
    said = program.send("POST", f"/runs/{halved.pk}/accept", {"partial": True, "note": "half of it"})
    assert (said["verdict"], said["reason"]) == ("partial", "partial_list")
    carried_out(Ruling.objects.get())
    assert Prospect.objects.listed().count() == 31


def test_kept_out_it_is_listed_no_more_until_that_is_taken_back(program: Program, halved: Run) -> None:
    said = program.send("POST", f"/runs/{halved.pk}/dismiss", {"note": "half a file"}, wants=200)
    assert (said["verdict"], said["admitted"]) == ("out", None)
    assert program.get("/reviews") == {"items": [], "unreadable": []}
    undone = program.send("POST", f"/runs/{halved.pk}/undo", wants=200)
    assert undone["undone_by"] == "ana"
    assert len(program.get("/reviews")["items"]) == 1


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("accept", {"note": "x"}, 422, "say reason with one of new_fiscal_year, clean_up, other, or partial"),
        ("accept", {**WHOLE, "reason": "because"}, 422, "reason: Input should be 'new_fiscal_year'"),
        ("accept", {"reason": "other"}, 422, "note: Field required"),
        ("dismiss", {"note": " "}, 409, "say why in a note"),
        ("dismiss", {"note": "x", "reason": "other"}, 422, "reason: Extra inputs are not permitted"),
        ("undo", None, 409, "`GET /reviews` lists what is held"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(
    program: Program, halved: Run, path: str, body: Any, status: int, said: str
) -> None:
    assert said in program.send("POST", f"/runs/{halved.pk}/{path}", body, wants=status)["detail"]
    assert not Ruling.objects.exists()


def test_a_run_that_is_not_held_is_said_so(program: Program) -> None:
    run = a_run()
    said = f"run {run.pk} of listing is not held; it is queued"
    assert program.get(f"/runs/{run.pk}/review", wants=409)["detail"] == said
    assert program.send("POST", f"/runs/{run.pk}/accept", WHOLE, wants=409)["detail"] == said
    assert "the newest is" in program.get("/runs/99999/review", wants=404)["detail"]


def test_only_the_newest_can_be_decided(program: Program, halved: Run, dhs: Site) -> None:
    newest = serve(dhs, list(rows()[:12]))
    said = program.send("POST", f"/runs/{halved.pk}/dismiss", {"note": "x"}, wants=409)["detail"]
    assert f"the edition of run {newest.pk} was held after it" in said


def test_the_same_bytes_again_are_no_edition_to_decide(program: Program, halved: Run, dhs: Site) -> None:
    again = serve(dhs, halved_rows())
    said = program.get(f"/runs/{again.pk}/review", wants=409)["detail"]
    assert said == f"run {again.pk} kept no edition of its own; `GET /reviews` names the one that is held"


def test_a_held_file_that_the_archive_lost_is_said_so(program: Program, halved: Run) -> None:
    assert halved.artifact
    archive.path_of(halved.artifact.sha256).unlink()
    assert (
        "the archive has lost the file of run"
        in program.get(f"/runs/{halved.pk}/review", wants=409)["detail"]
    )
