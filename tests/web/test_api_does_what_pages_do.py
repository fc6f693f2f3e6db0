"""Everything the pages can do, a program can: each page with the operations that do the same, or why there is none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.filters import OUTLOOKS
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web import invitations, lockout
from prospect_aggregate.web.models import Feed, Invitation
from prospect_aggregate.web.permissions import FROM, Permission, Role
from tests.given import row
from tests.web.api_client import ROOT, Program
from tests.web.doors import somebody
from tests.web.test_permissions import EVERY, VIEWS

pytestmark = pytest.mark.django_db
Lists = Callable[..., Run]

THE_SAME = {
    "prospects": "list_prospects", "prospects-facets": "count_prospects", "prospects-newer": "list_changes",
    "prospect": "get_prospect list_changes_of_prospect get_slip", "provenance": "get_provenance", "fit": "get_fit",
    "compare": "get_prospect", "download": "get_file", "export": "count_prospects", "export-file": "export_prospects",
    "notebook-watch": "watch unwatch list_watched", "notebook-tag": "set_tags list_tags",
    "notebook-note": "write_note list_notes", "notebook-decide": "decide list_decisions",
    "note-edit": "edit_note delete_note", "note-undo": "edit_note delete_note write_note",
    "decision-undo": "take_back_decision", "selection-watch": "watch", "selection-tag": "set_tags",
    "selection-decide": "decide", "overview": "count_prospects list_unseen list_watched list_sources",
    "overview-holding": "list_agencies", "counted": "list_prospects", "calendar": "list_prospects",
    "agencies": "list_agencies", "agency": "list_agencies get_reliability", "coverage": "get_coverage",
    "quality": "get_quality", "changes": "list_unseen", "changes-seen": "mark_seen", "changes-undo": "undo_seen",
    "pairs": "list_pairs", "pair": "list_pairs", "pair-decide": "decide_pair", "reused": "list_reused",
    "reused-decide": "decide_reused", "company": "get_profile set_profile", "company-counts": "count_prospects",
    "saved": "list_searches", "saved-keep": "save_search", "saved-open": "list_prospects",
    "saved-seen": "see_search", "saved-digest": "edit_search", "saved-delete": "delete_search",
    "digest": "get_digest choose_digest", "digest-off": "choose_digest", "feeds": "list_feeds",
    "feed-make": "make_feed", "feed-revoke": "revoke_feed", "feed-restore": "restore_feed",
    "tokens": "list_tokens", "token-revoke": "revoke_token", "sources": "list_sources",
    "source": "get_source", "source-row": "get_source", "collect": "collect_source",
    "check": "check_source", "upload": "upload_list", "runs": "list_runs", "run": "get_run", "run-live": "get_run",
    "run-log": "get_log", "run-cancel": "cancel_run", "review": "get_review accept_run dismiss_run",
    "review-undo": "undo_ruling", "review-leaving": "list_leaving", "alerts": "list_alerts get_alert",
    "alert-acknowledge": "acknowledge_alert", "alert-release": "release_alert", "collect-all": "collect_all",
    "batch": "get_batch", "batch-live": "get_batch", "schedule": "list_schedule", "schedule-edit": "edit_schedule",
    "schedule-at": "edit_schedule", "schedule-code": "edit_schedule", "schedule-pause": "edit_schedule",
    "schedule-resume": "edit_schedule", "schedule-now": "run_schedule", "people": "list_people list_invitations",
    "person": "list_people", "invite": "invite_person", "invitation-take-back": "take_back_invitation",
    "person-role": "edit_person", "person-switch": "edit_person", "person-lift": "edit_person",
    "person-sessions": "end_sessions", "audit": "list_audit",
}  # fmt: skip
IT_HAS_A_TOKEN = "a program comes in by its token"
OF_BROWSERS = "how pages look, and where browsers are signed in"
OPENS_A_DOOR = "what lets somebody in is made and looked at by a person, in a browser"
A_PERSON_ALONE = {
    **dict.fromkeys(
        ("sign-in", "sign-in-link", "sign-out", "invitation", "forgotten", "reset"), IT_HAS_A_TOKEN
    ),
    **dict.fromkeys(("home", "keys", "menu", "preferences", "prospects-columns", "usual"), OF_BROWSERS),
    **dict.fromkeys(("account", "sessions", "password"), OPENS_A_DOOR),
    **dict.fromkeys(("token-make", "token-restore", "person-password", "address-lift"), OPENS_A_DOOR),
    **dict.fromkeys(("feed", "healthz", "readyz", "metrics"), "it is for programs already"),
    "how-counted": "words that explain figures",
    "export-progress": "a program counts the rows that come",
    "sources-process": "one line of what `get_status` says to operators",
}


def test_every_page_is_in_the_table() -> None:
    assert set(THE_SAME) | set(A_PERSON_ALONE) == set(VIEWS)
    assert not set(THE_SAME) & set(A_PERSON_ALONE)


def test_every_operation_of_the_table_is_there() -> None:
    named = {name for names in THE_SAME.values() for name in names.split()}
    assert named <= set(EVERY)


@pytest.mark.parametrize("name", sorted(THE_SAME))
def test_who_may_open_a_page_may_ask_what_does_the_same(name: str) -> None:
    opens: Any = VIEWS[name].callback
    asked = [EVERY[each][2].view_func.needs for each in THE_SAME[name].split()]
    if name != "digest-off":  # whose address is its key
        assert min(map(_least, asked)) <= _least(opens.needs)


def _least(permission: Permission) -> int:
    """The first role that has it, as a number."""
    return list(Role).index(FROM[permission])


def test_what_is_found_is_counted_by_shelf_and_by_filter(lists: Lists) -> None:
    lists(
        row(1),
        row(2, title="Help desk"),
        row(3, title="Help line", solicitation="05/01/2026"),
        at="2026-05-01",
    )
    Prospect.objects.filter(native_id="2").update(set_aside="SBA")
    asked = {"as_of": "2026-05-25", "text": "help"}
    counted = Program().get("/facets", asked)
    assert (counted["count"], counted["shelves"]["upcoming"], counted["shelves"]["passed"]) == (2, 1, 1)
    assert set(counted["shelves"]) == set(OUTLOOKS)
    assert Program().get("/facets", {**asked, "outlook": "passed"})["count"] == 1
    by_source = next(each for each in counted["facets"] if each["filter"] == "source")
    assert by_source["counts"] == {"listing": 2}
    assert "no parameter named 'limit'" in Program().get("/facets", {"limit": "5"}, wants=422)["detail"]


def test_a_program_gets_the_file_that_a_run_read_byte_by_byte(three_prospects: Run) -> None:
    answer = Program().client.get(f"{ROOT}/runs/{three_prospects.pk}/file")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert three_prospects.artifact is not None
    assert len(content) == three_prospects.artifact.size
    assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == (
        "application/octet-stream", "attachment",
    )  # fmt: skip
    Run.objects.update(artifact=None)
    said = Program().get(f"/runs/{three_prospects.pk}/file", wants=404)["detail"]
    assert said == f"run {three_prospects.pk} kept no file"


def test_a_program_sees_open_invitations_and_takes_one_back(reader: Client) -> None:
    program = Program()
    made = program.send("POST", "/invitations", {"role": "analyst", "email": "neil@example.com"})
    (waiting,) = program.get("/invitations")["items"]
    assert (waiting["id"], waiting["role"], waiting["invited_by"]) == (made["id"], "analyst", "ana")
    assert "link" not in waiting
    program.send("DELETE", f"/invitations/{made['id']}", wants=200)
    assert not Invitation.objects.exists()
    said = program.send("DELETE", f"/invitations/{made['id']}", wants=404)["detail"]
    assert said == f"no invitation {made['id']}; `GET /invitations` lists them"


def test_an_invitation_that_was_used_is_not_taken_back() -> None:
    made, _ = invitations.invite(Role.VIEWER, by=None, now=timezone.now())
    Invitation.objects.update(used_at=timezone.now())
    assert "was used" in Program().send("DELETE", f"/invitations/{made.pk}", wants=409)["detail"]


def test_a_program_ends_a_wait_after_wrong_passwords() -> None:
    somebody("vera")
    key = lockout.account_key("vera")
    for _ in range(lockout.ACCOUNT.free):
        lockout.begin([key], now=timezone.now())
    assert Program().get("/people")["items"][-1]["locked_until"]
    assert Program().send("PATCH", "/people/vera", {"lift": True}, wants=200)["locked_until"] is None


def test_a_program_undoes_the_revocation_of_a_feed(reader: Client) -> None:
    program = Program()
    made = program.send("POST", "/feeds", {"view": ""}, wants=201)
    program.send("POST", f"/feeds/{made['id']}/revoke", wants=200)
    assert program.send("POST", f"/feeds/{made['id']}/restore", wants=200)["revoked_at"] is None
    Feed.objects.update(revoked_at="2020-01-01T00:00:00Z")
    said = program.send("POST", f"/feeds/{made['id']}/restore", wants=404)["detail"]
    assert "revoked too long ago" in said


def test_a_program_reads_who_would_leave(halved: Run) -> None:
    found = Program().get(f"/runs/{halved.pk}/review/leaving", {"page": 1})
    review = Program().get(f"/runs/{halved.pk}/review")
    assert found["count"] == review["gone"] == len(found["items"])
    assert {"key", "title", "office", "next_date"} <= set(found["items"][0])
    assert Program().get(f"/runs/{halved.pk}/review/leaving", {"dated": "open"})["count"] <= found["count"]
