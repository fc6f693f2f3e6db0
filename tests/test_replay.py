"""The archive read again by today's code: what would differ, and what stands when it is applied."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from prospect_aggregate import review
from prospect_aggregate.collection import archive
from prospect_aggregate.collection.held import CannotRuleError
from prospect_aggregate.collection.history import history_of
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.prospects import pairs
from prospect_aggregate.prospects.models import Change, Pair, Prospect
from prospect_aggregate.replay import accept as writing
from prospect_aggregate.replay.compare import difference_of
from prospect_aggregate.replay.report import Report, report_of
from prospect_aggregate.replay.scratch import read_again
from prospect_aggregate.replay.sightings import CannotReplayError, Sighting, sightings_of
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import Registered, scraper_registry
from prospect_aggregate.tasks.execution import execute
from prospect_aggregate.web.templatetags.changes import kind_words
from tests import mended
from tests.agency import Site
from tests.given import (
    LISTING,
    Listing,
    a_run,
    a_source,
    claimed,
    collected,
    day,
    named,
    published,
    row,
    rows,
)
from tests.offices import OFFICES, lists, purchase
from tests.test_real_editions import given
from tests.test_review import standing

pytestmark = pytest.mark.django_db


def reader(scraper: Listing) -> Registered:
    """The same source, read by another class."""
    return Registered(LISTING.key, LISTING.name, scraper)


SHOUTING, RENUMBERING = reader(mended.Shouting()), reader(mended.Renumbering())


@contextmanager
def read(registered: Registered) -> Iterator[list[Sighting]]:
    sightings = sightings_of(a_source(registered))
    with read_again(registered, sightings, watch=lambda _: None):
        yield sightings


def replayed(registered: Registered = LISTING) -> Report:
    with read(registered) as sightings:
        source = a_source(registered)
        return report_of(source, sightings, difference_of(source))


def accepted(registered: Registered) -> Run:
    with read(registered) as sightings:
        return writing.accept(a_source(registered), sightings, now=timezone.now())


def seen(site: Site, listed: list[dict[str, object]], at: str, **facts: object) -> Run:
    site.serve(published(listed))
    return collected(at=day(at), **facts)


@pytest.fixture
def three_editions(site: Site) -> list[Run]:
    """Of three prospects one moves its date, one is spelt otherwise, one leaves and another comes."""
    return [
        seen(site, rows(3), "2026-05-04"),
        seen(site, [row(1, solicitation="07/01/2026"), row(2, title="PURCHASE 2"), row(3)], "2026-05-11"),
        seen(site, [row(1, solicitation="07/01/2026"), row(2, title="PURCHASE 2"), row(4)], "2026-05-18"),
    ]


def ledger() -> list[tuple[object, ...]]:
    told = ("prospect__native_id", "run", "kind", "field", "old", "new", "shift_days", "significance", "at")
    return sorted(Change.objects.values_list(*told), key=str)


def test_code_that_did_not_change_finds_nothing(site: Site, three_editions: list[Run]) -> None:
    collected(at=day("2026-05-19"), force=True)
    collected(at=day("2026-05-20"))  # the same again
    collected(at=day("2026-05-21"))
    seen(site, [row(2, title="PURCHASE 2", value="$1,000,000 to $2,000,000"), row(4)], "2026-05-25")
    seen(site, [row(2, title="PURCHASE 2"), row(3), row(4)], "2026-06-01")
    collected(at=day("2026-06-02"))
    report = replayed()
    assert not report.differs
    assert (report.editions, report.prospects) == (5, 4)


def test_three_real_editions_find_nothing(real: Path) -> None:
    for edition in ("2026-05-13", "2026-05-18", "2026-05-25"):
        given("dhs", real / "dhs" / f"{edition}.json", at=day(edition))
    report = replayed(scraper_registry.get("dhs"))
    assert (report.differs, report.editions, report.prospects) == (False, 3, 774)


def test_a_mended_reader_shows_the_field_that_it_reads_otherwise(three_editions: list[Run]) -> None:
    before = standing()
    report = replayed(SHOUTING)
    assert (list(report.fields), report.changed, report.new.count, report.gone.count) == (["title"], 3, 0, 0)
    assert [(it.key, it.stored, it.today) for it in report.fields["title"].examples] == [
        (f"listing:{number}", f"Purchase {number}", f"PURCHASE {number}") for number in (1, 3, 4)
    ]
    assert report.changes_new.count == 0
    assert [(it["field"], it["new"]) for it in report.changes_gone.examples] == [("title", "PURCHASE 2")]
    assert standing() == before


def test_applied_what_is_kept_is_what_todays_code_reads(three_editions: list[Run]) -> None:
    pks = dict(Prospect.objects.values_list("native_id", "pk"))
    run = accepted(SHOUTING)
    assert (run.status, run.rows, run.new, run.changed, run.unchanged, run.gone) == (
        "succeeded",
        4,
        0,
        3,
        1,
        0,
    )
    assert Run.objects.filter(purpose="replay").get() == run
    assert set(Prospect.objects.values_list("title", flat=True)) == {f"PURCHASE {n}" for n in range(1, 5)}
    assert dict(Prospect.objects.values_list("native_id", "pk")) == pks
    assert [told[0] for told in ledger() if told[3]] == ["1"]
    assert not replayed(SHOUTING).differs


def test_what_stood_before_is_kept_in_the_archive(three_editions: list[Run]) -> None:
    before = ledger()
    run = accepted(SHOUTING)
    assert run.artifact
    assert run.artifact.filename in run.notes[0]
    former = json.loads(archive.body_of(run.artifact))
    assert (len(former["changes"]), former["changes"][4]["new"]) == (len(before), "PURCHASE 2")
    assert [each["title"] for each in former["prospects"]] == ["Purchase 1", "Purchase 3", "Purchase 4"]


def test_a_number_read_otherwise_comes_in_with_its_whole_history(three_editions: list[Run]) -> None:
    before = ledger()
    run = accepted(RENUMBERING)
    assert (run.new, run.gone) == (4, 4)
    came = Prospect.objects.get(native_id="N4")
    assert (came.state, came.first_run, came.first_seen_at) == (
        "listed",
        three_editions[2],
        day("2026-05-18"),
    )
    assert [told for told in ledger() if told[1] != run.pk] == [(f"N{old[0]}", *old[1:]) for old in before]


def test_a_number_that_is_read_no_more_is_set_aside_and_never_deleted(
    site: Site, three_editions: list[Run]
) -> None:
    run = accepted(RENUMBERING)
    left = Prospect.objects.exclude(native_id__startswith="N")
    assert set(left.values_list("native_id", "state")) == {(str(number), "expired") for number in range(1, 5)}
    told = Change.objects.filter(prospect__in=left)
    assert set(told.values_list("run", "kind", "field", "significance")) == {
        (run.pk, "expired", "native_id", "low")
    }
    assert {kind_words(change) for change in told} == {"No longer read under this number"}
    assert not replayed(RENUMBERING).differs


def test_rows_are_known_by_the_number_that_they_were_read_under_last(
    site: Site, three_editions: list[Run]
) -> None:
    accepted(RENUMBERING)
    accepted(LISTING)  # the code went back: now the other numbers are read no more
    site.serve(published([row(1, solicitation="07/01/2026"), row(2, title="PURCHASE 2"), row(4), row(5)]))
    again = collected()
    assert (again.new, again.changed, again.unchanged, again.gone) == (1, 0, 3, 0)
    assert not Change.objects.filter(kind="reappeared").exists()


def test_later_editions_are_judged_by_todays_reading(three_editions: list[Run]) -> None:
    assert history_of(a_source()).filled[0]["title"] == 1
    accepted(reader(mended.Silent()))
    assert "title" not in history_of(a_source()).filled[0]
    assert "title" not in Prospect.objects.get(native_id="4").last_run.layout


def test_an_edition_that_cannot_be_read_is_named_and_nothing_is_applied(site: Site) -> None:
    first = seen(site, rows(3), "2026-05-04")
    seen(site, [row(1, award="09/01/2026"), row(2, award=""), row(3, award="")], "2026-05-11")
    before = standing()
    with read(reader(mended.Demanding())) as sightings:
        (lost,) = report_of(a_source(), sightings, difference_of(a_source())).unreadable
        with pytest.raises(CannotReplayError, match="cannot read 1 of its editions; nothing was applied"):
            writing.accept(a_source(), sightings, now=timezone.now())
    assert (lost.run, lost.at) == (first.pk, day("2026-05-04"))
    assert "'Award' is missing" in lost.reason
    assert (standing(), Run.objects.filter(purpose="replay").count()) == (before, 0)


def test_nothing_is_applied_beside_a_collection_or_behind_it(site: Site, three_editions: list[Run]) -> None:
    with read(SHOUTING) as sightings:
        busy = claimed(a_run())
        with pytest.raises(CannotReplayError, match="is being collected; nothing was applied"):
            writing.accept(a_source(), sightings, now=timezone.now())
        site.serve(published(rows(3)))
        Run.objects.filter(pk=busy.pk).update(status="failed")
        collected()
        with pytest.raises(CannotReplayError, match="another edition came in meanwhile"):
            writing.accept(a_source(), sightings, now=timezone.now())
    assert Run.objects.filter(purpose="replay").count() == 0


def test_an_edition_let_in_as_partial_is_partial_again(site: Site) -> None:
    ruling = halved(site, partial=True)
    accepted(SHOUTING)
    assert Prospect.objects.listed().count() == 9
    with pytest.raises(CannotRuleError, match="a replay was applied since"):
        review.take_back(ruling, by="ana", now=timezone.now())


def test_an_edition_that_was_taken_back_is_not_read_again(site: Site) -> None:
    ruling = halved(site, partial=False)
    assert collected().status == "unchanged"  # of the edition that is taken back next
    review.take_back(ruling, by="ana", now=timezone.now())
    site.serve(published(rows(8)))
    collected()
    assert Prospect.objects.get(native_id="9").gone_seen_at == day("2026-05-05")
    report = replayed()
    assert (report.differs, report.editions) == (False, 2)


def halved(site: Site, *, partial: bool) -> Ruling:
    """Nine prospects, seen twice, then an edition of four of them that was held and let in."""
    seen(site, rows(9), "2026-05-04")
    collected(at=day("2026-05-05"))
    site.serve(published(rows(4)))
    with pytest.raises(ScraperError):
        collected()
    held, why = Run.objects.latest("pk"), Ruling.Reason.CLEAN_UP
    ruling = review.let_in(held, reason=why, note="n", by="ana", now=timezone.now(), partial=partial)
    assert ruling.admitted
    execute(ruling.admitted.pk, LISTING.run)
    return ruling


def test_a_mistake_in_the_reader_is_told_in_one_line(three_editions: list[Run]) -> None:
    with pytest.raises(CannotReplayError, match=r"broke off: ZeroDivisionError: a mistake in the reader$"):
        replayed(reader(mended.Broken()))


def test_a_source_without_editions_says_how_to_get_one() -> None:
    with pytest.raises(
        CannotReplayError, match="no edition is kept yet; `prospects collect listing` makes one"
    ):
        sightings_of(a_source())


def test_a_function_leaves_no_file_to_read_again() -> None:
    from tests.tasks.test_task_factory import two_drafts

    run = collected(named("Bare", two_drafts))
    with pytest.raises(CannotReplayError, match=f"run {run.pk} kept no file"):
        sightings_of(run.source)


def test_a_file_that_the_archive_lost_is_named(three_editions: list[Run]) -> None:
    artifact = three_editions[1].artifact
    assert artifact
    archive.path_of(artifact.sha256).unlink()
    with pytest.raises(CannotReplayError, match=r"has lost the edition of 2026-05-11 \(run \d+\)"):
        sightings_of(a_source())


def test_of_many_sightings_of_one_edition_the_first_and_the_last_are_enough(
    site: Site, three_editions: list[Run]
) -> None:
    for hour in range(3):
        collected(at=day(f"2026-05-19T0{hour}:00"))
    seen(site, rows(4), "2026-05-25")
    collected(at=day("2026-05-26"))
    told = [(sighting.at, sighting.again) for sighting in sightings_of(a_source())]
    assert told[2:] == [
        (day("2026-05-18"), False),
        (day("2026-05-19T02:00"), True),
        (day("2026-05-25"), False),
    ]


@pytest.fixture
def joined_by_a_person(site: Site) -> Pair:
    """A title edited while its date moved by a month, and called one purchase since."""
    title = "Guard services at the annex of the embassy"
    lists(site, purchase(title), at=day("2026-05-04"))
    lists(site, purchase(f"{title} (re-compete)", solicitation="07/01/2026"), at=day("2026-05-11"))
    said = {"by": "ana", "note": "", "now": timezone.now()}
    return pairs.decide(Pair.objects.with_both().get(), Pair.Verdict.SAME, **said)


def test_what_a_person_joined_is_no_difference(joined_by_a_person: Pair) -> None:
    assert not replayed(OFFICES).differs


def test_what_a_person_joined_stays_joined_when_a_replay_is_applied(joined_by_a_person: Pair) -> None:
    accepted(Registered(OFFICES.key, OFFICES.name, mended.ShoutingOffices()))
    newer = Prospect.objects.get(pk=joined_by_a_person.newer_id)
    assert newer.title == "GUARD SERVICES AT THE ANNEX OF THE EMBASSY (RE-COMPETE)"
    assert (str(newer.first_solicitation_from), newer.solicitation_slip_days) == ("2026-06-01", 30)
    assert not replayed(Registered(OFFICES.key, OFFICES.name, mended.ShoutingOffices())).differs
