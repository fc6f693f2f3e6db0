"""A held edition on its page: the evidence, the decision, what is shown afterwards, and taking it back."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from prospect_aggregate import review
from prospect_aggregate.collection import archive, held
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.evidence import difference_of
from prospect_aggregate.web.headings import Heading, headings_of
from prospect_aggregate.web.sentences import sentence
from prospect_aggregate.web.states import states
from tests.agency import Answer, Site
from tests.given import collected, published, rows
from tests.web.broker import Broker
from tests.web.held import carried_out, collect, halved_rows, let_in, serve
from tests.web.held import rows as dhs_rows

pytestmark = pytest.mark.django_db
WHOLE = {"verdict": "whole", "reason": "clean_up", "note": "they cleaned up"}
OUT = {"verdict": "out", "note": "half a file"}


def content(reader: Client, path: str) -> str:
    """Its words, without markup."""
    page = reader.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def page_of(run: Run) -> str:
    return f"/runs/{run.pk}/review/"


def decide(reader: Client, run: Run, given: dict[str, str]) -> Ruling:
    reader.post(page_of(run), given)
    return Ruling.objects.get()


def test_the_page_says_what_would_happen_and_why_it_is_held(reader: Client, halved: Run) -> None:
    page = content(reader, page_of(halved))
    assert "16 of 30 would leave the list" in page
    assert "new 1 · changed 1 · gone 16 · unchanged 13" in page
    assert "16 of 30 listed prospects gone at once, expected at most a third" in page
    assert "title 1" in page


def test_who_goes_is_told_by_date_office_and_year_and_each_adds_up(reader: Client, halved: Run) -> None:
    page = reader.get(page_of(halved)).context
    for shares in (page["dates"], page["would"].by_office, page["years"]):
        assert sum(each.gone for each in shares) == 16
    assert sum(each.listed for each in page["dates"]) == page["listed"] == 30
    assert [each.name for each in page["years"]] == sorted(each.name for each in page["years"])


def test_the_button_restates_what_each_choice_does(reader: Client, halved: Run) -> None:
    page = content(reader, page_of(halved))
    assert "Let in; 16 become missing" in page
    assert "Let in 1 new, 1 changed; nobody becomes missing" in page
    assert "Keep out; the list of" in page


def test_every_count_leads_to_a_table_of_exactly_those(reader: Client, halved: Run) -> None:
    facts = reader.get(page_of(halved)).context
    for name, shares in (
        ("dated", facts["dates"]),
        ("office", facts["would"].by_office),
        ("year", facts["years"]),
    ):
        for share in shares:
            table = reader.get(f"{page_of(halved)}leaving/", {name: share.name})
            assert table.context["page"].paginator.count == share.gone, share


def test_the_table_of_all_who_would_leave_has_the_latest_date_first(reader: Client, halved: Run) -> None:
    table = reader.get(f"{page_of(halved)}leaving/")
    dates = [it.last for _, it in table.context["rows"] if it.last]
    assert len(table.context["rows"]) == 16
    assert dates == sorted(dates, reverse=True)
    numbers = {prospect.native_id for prospect, _ in table.context["rows"]}
    assert numbers == {row["apfs_number"].lstrip("*") for row in dhs_rows()[14:30]}


def test_letting_in_asks_a_worker_and_leads_to_its_run(
    reader: Client,
    halved: Run,
    broker: Broker,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = reader.post(page_of(halved), WHOLE)
    admitted = Run.objects.get(purpose="admit")
    assert answer["Location"] == f"/runs/{admitted.pk}/"
    assert broker.taken("collections") == ["run_dhs_scraper_task"]
    assert "by ana" in content(reader, f"/runs/{admitted.pk}/")
    assert "clean-up by the agency, “they cleaned up”" in content(reader, f"/runs/{admitted.pk}/")


def test_afterwards_the_page_shows_who_decided_what_and_when(reader: Client, halved: Run) -> None:
    ruling = decide(reader, halved, WHOLE)
    admitted = carried_out(ruling)
    page = content(reader, page_of(halved))
    assert "Let in by ana: clean-up by the agency, “they cleaned up”" in page
    assert f"Run {admitted.pk} lets it in: Succeeded" in page
    assert "Undo" in page
    assert Prospect.objects.listed().count() == 15


def test_let_in_as_a_partial_list_nobody_becomes_missing(reader: Client, halved: Run) -> None:
    ruling = decide(reader, halved, {"verdict": "partial", "note": "half of it"})
    carried_out(ruling)
    assert Prospect.objects.listed().count() == 31
    assert "Let in as a partial list by ana: “half of it”" in content(reader, page_of(halved))


def test_kept_out_the_strip_and_the_row_of_the_source_say_by_whom(reader: Client, halved: Run) -> None:
    assert f'href="{page_of(halved)}"' in reader.get("/prospects/").content.decode()
    decide(reader, halved, OUT)
    assert "Kept out by ana →" in content(reader, "/prospects/")
    assert "kept out by ana" in content(reader, "/sources/dhs/row/")


def test_what_is_missing_from_a_decision_is_said_and_what_was_typed_stays(
    reader: Client, halved: Run
) -> None:
    for given, said in (
        ({"verdict": "whole", "note": "typed"}, "choose the reason"),
        ({"note": "typed"}, "choose one of the three"),
        ({"verdict": "out", "note": " "}, "say why in a note"),
    ):
        answer = reader.post(page_of(halved), given)
        assert answer.status_code == 409
        assert said in answer.content.decode()
    answer = reader.post(page_of(halved), {"verdict": "whole", "note": "typed"}).content.decode()
    assert 'value="typed"' in answer
    assert 'value="whole" required checked' in answer
    assert not Ruling.objects.exists()


def test_a_second_click_decides_nothing_more(reader: Client, halved: Run) -> None:
    decide(reader, halved, WHOLE)
    answer = reader.post(page_of(halved), OUT)
    assert (answer.status_code, answer["Location"]) == (302, page_of(halved))
    assert Ruling.objects.get().verdict == "whole"


def test_a_decision_is_taken_back_and_can_be_made_again(reader: Client, halved: Run) -> None:
    carried_out(decide(reader, halved, WHOLE))
    reader.post(f"{page_of(halved)}undo/")
    assert Prospect.objects.listed().count() == 30
    page = content(reader, page_of(halved))
    assert "keep out or let in?" in page
    assert "taken back by ana" in page


def test_what_cannot_be_taken_back_any_more_has_no_button(reader: Client, halved: Run, dhs: Site) -> None:
    let_in(halved)
    serve(dhs, [*halved_rows(), dhs_rows()[41]])
    assert "A later edition was let in; this decision stands." in content(reader, page_of(halved))
    answer = reader.post(f"{page_of(halved)}undo/", follow=True)
    assert "a later edition was let in" in answer.content.decode()


def test_an_older_held_edition_leads_to_the_newest(reader: Client, halved: Run, dhs: Site) -> None:
    newest = serve(dhs, list(dhs_rows()[:12]))
    answer = reader.get(page_of(halved)).content.decode()
    assert f"run {halved.pk} is not the newest".capitalize() in answer
    assert f'href="{page_of(newest)}"' in answer
    assert "See its review" in content(reader, f"/runs/{halved.pk}/")
    refused = reader.post(page_of(halved), OUT)
    assert (refused.status_code, Ruling.objects.count()) == (409, 0)
    assert "1 more edition held before it" in content(reader, page_of(newest))


def test_the_same_bytes_fetched_again_lead_to_the_edition_they_are(
    reader: Client, halved: Run, dhs: Site
) -> None:
    again = serve(dhs, halved_rows())
    assert f'href="{page_of(halved)}"' in reader.get(page_of(again)).content.decode()
    assert "`prospects" not in content(reader, page_of(again))
    assert "these bytes came 1 more time since" in content(reader, page_of(halved))


def test_a_run_that_is_not_held_says_so(reader: Client, site: Site) -> None:
    site.serve(published(rows(3)))
    run = collected()
    assert "is not held; it is succeeded" in content(reader, page_of(run))
    assert reader.get(f"{page_of(run)}leaving/")["Location"] == page_of(run)
    assert reader.get("/runs/999/review/").status_code == 404


def test_a_held_file_that_cannot_be_read_any_more_can_still_be_kept_out(reader: Client, halved: Run) -> None:
    assert halved.artifact
    archive.path_of(halved.artifact.sha256).unlink()
    page = content(reader, page_of(halved))
    assert "The archive has lost the file of run" in page
    assert "Let in all of it" not in page
    assert decide(reader, halved, OUT).verdict == "out"


def test_the_difference_is_read_once_until_the_list_changes(halved: Run, dhs: Site) -> None:
    day = timezone.now().date()
    first = difference_of(halved, day=day)
    assert halved.artifact
    path = archive.path_of(halved.artifact.sha256)
    kept = path.rename(path.with_suffix(".away"))
    assert difference_of(halved, day=day) == first
    kept.rename(path)
    serve(dhs, list(dhs_rows()[:29]))
    newest = serve(dhs, halved_rows()[:14])
    assert difference_of(newest, day=day).gone == 15


def test_runs_that_wait_for_a_person_are_linked_from_everywhere(reader: Client, halved: Run) -> None:
    for path in ("/runs/", f"/runs/{halved.pk}/", "/sources/", "/sources/dhs/row/"):
        assert f'href="{page_of(halved)}"' in reader.get(path).content.decode(), path


def test_an_edition_that_waits_is_not_forgotten_behind_a_later_failure(
    reader: Client, halved: Run, dhs: Site
) -> None:
    dhs.answer = Answer(status=403)
    collect()
    page = content(reader, "/sources/dhs/row/")
    assert "Blocked" in page
    assert f"the edition of run {halved.pk} waits for you" in page


def test_runs_say_who_let_in_what_and_who_took_it_back(reader: Client, halved: Run) -> None:
    ruling = let_in(halved)
    assert ruling.admitted
    letting = "15 rows: 1 new, 1 changed, 16 gone. Let in by ana: clean-up by the agency, “they cleaned up”"
    assert sentence(ruling.admitted) == f"{letting}."
    review.take_back(ruling, by="bo", now=timezone.now())
    undone = Run.objects.get(purpose="undo")
    assert sentence(ruling.admitted) == f"{letting}; taken back by bo."
    told = f"bo took back what run {ruling.admitted.pk} had let in: 16 listed again, 1 not listed any more."
    assert sentence(undone) == told
    assert told in content(reader, "/runs/")


def test_a_source_whose_edition_was_taken_back_is_held_on_all_pages_alike(halved: Run) -> None:
    review.take_back(let_in(halved), by="ana", now=timezone.now())
    state = next(it for it in states(now=timezone.now()) if it.source.key == "dhs")
    assert state.health.state == "quarantined"
    assert held.waiting() == [halved]


def test_headings_stand_side_by_side_and_what_is_gone_stands_last() -> None:
    assert headings_of(["Number", "Title", "Value", ""], ["TITLE", "Number ", "Status", ""]) == [
        Heading("TITLE", 2, 1),
        Heading("Number", 1, 2),
        Heading("Status", None, 3),
        Heading("", 4, 4),
        Heading("Value", 3, None),
    ]
