"""A held edition before a person: let in, kept out, taken back, as on record."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from prospect_aggregate import review
from prospect_aggregate.collection import held
from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.held import CannotRuleError
from prospect_aggregate.collection.history import history_of
from prospect_aggregate.collection.models import Alert, Ruling, Run
from prospect_aggregate.prospects.models import Before, Change, Prospect
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import Collects, Registered
from prospect_aggregate.tasks.execution import execute
from prospect_aggregate.tasks.loop import tick
from prospect_aggregate.tasks.registry import task_registry
from tests.agency import Site
from tests.given import LISTING, Listing, a_source, claimed, collected, published, row, rows

pytestmark = pytest.mark.django_db
Reason = Ruling.Reason


@pytest.fixture
def halved(site: Site) -> Run:
    """Thirty prospects, and an edition of fourteen of them with one more, held."""
    site.serve(published(rows(30)))
    collected()
    return hold(site, [*rows(13), row(14, title="Another title"), row(99)])


def hold(site: Site, listed: list[dict[str, object]]) -> Run:
    site.serve(published(listed))
    with pytest.raises(ScraperError):
        collected()
    return Run.objects.latest("pk")


def let_in(run: Run, scraper: Collects = LISTING.run, *, partial: bool = False) -> Ruling:
    ruling = review.let_in(
        run, reason=Reason.CLEAN_UP, note="they cleaned up", by="ana", now=timezone.now(), partial=partial
    )
    assert ruling.admitted
    execute(ruling.admitted.pk, scraper)
    ruling.admitted.refresh_from_db()
    return ruling


def keep_out(run: Run) -> Ruling:
    return review.keep_out(run, note="half a file", by="ana", now=timezone.now())


def take_back(ruling: Ruling) -> None:
    review.take_back(ruling, by="ana", now=timezone.now())


def standing() -> list[tuple[object, ...]]:
    """Everything of every prospect but its primary key."""
    names = [field.attname for field in Prospect._meta.local_fields if field.attname not in ("id",)]
    return list(Prospect.objects.order_by("native_id").values_list(*names))


def state() -> str:
    return health_of(a_source(), now=timezone.now()).state


def test_what_it_would_do_is_counted_and_nothing_is_written(halved: Run) -> None:
    before = standing()
    would = review.would_do(halved, LISTING.run, day=timezone.now().date())
    assert (would.rows, would.new, would.changed, would.unchanged, would.gone) == (15, 1, 1, 13, 16)
    assert (would.fields, len(would.leaving)) == ({"title": 1}, 16)
    assert [(share.gone, share.listed) for share in would.by_office] == [(16, 30)]
    assert standing() == before


def test_what_a_cut_off_list_lacks_would_not_go(site: Site) -> None:
    capped = Registered(LISTING.key, LISTING.name, CappedListing())
    site.serve(published(rows(30)))
    collected()
    site.serve(published([*rows(17), *[row("")] * 3]))
    with pytest.raises(ScraperError):
        collected(capped)
    half = Run.objects.latest("pk")
    assert review.would_do(half, capped.run, day=timezone.now().date()).gone == 0
    let_in(half, capped.run)
    assert Prospect.objects.listed().count() == 30


class CappedListing(Listing):
    """The same list by a download that is cut off after twenty rows."""

    def layouts(self) -> tuple[Layout, ...]:
        return (replace(super().layouts()[0], cap=20),)


def test_let_in_whole_it_is_the_list(halved: Run) -> None:
    ruling = let_in(halved)
    assert ruling.admitted
    assert (ruling.admitted.status, ruling.admitted.new, ruling.admitted.gone) == ("succeeded", 1, 16)
    assert Prospect.objects.listed().count() == 15
    assert state() == "fresh"
    assert held.waiting() == []


def test_let_in_as_partial_nobody_is_missing(halved: Run) -> None:
    let_in(halved, partial=True)
    assert Prospect.objects.listed().count() == 31
    assert Change.objects.filter(field="title").count() == 1


def test_a_list_let_in_whole_is_a_new_beginning_for_the_gate(halved: Run, site: Site) -> None:
    let_in(halved)
    assert history_of(a_source()).editions == 1
    site.serve(published([*rows(13), row(98), row(99)]))
    assert collected().status == "succeeded"


def test_kept_out_the_last_good_list_stays_and_the_source_stays_held(halved: Run) -> None:
    before = standing()
    keep_out(halved)
    assert standing() == before
    assert state() == "quarantined"
    assert held.waiting() == []


def test_held_bytes_fetched_again_end_as_before_without_a_second_alert(halved: Run, site: Site) -> None:
    again = hold_again(site)
    assert (again.status, again.verdict) == ("quarantined", [])
    assert f"the same bytes as in run {halved.pk}, which is held" in again.error
    assert held.waiting() == [halved]
    assert Alert.objects.count() == 1


def test_dismissed_bytes_stay_out_when_fetched_again(halved: Run, site: Site) -> None:
    keep_out(halved)
    again = hold_again(site)
    assert "which was kept out by a person" in again.error
    assert (held.waiting(), Alert.objects.count()) == ([], 1)
    assert Prospect.objects.listed().count() == 30


def hold_again(site: Site) -> Run:
    with pytest.raises(ScraperError):
        collected()
    return Run.objects.latest("pk")


def test_an_edition_that_passes_ends_the_holding(halved: Run, site: Site) -> None:
    site.serve(published(rows(29)))
    collected()
    assert state() == "fresh"
    assert held.waiting() == []
    assert Alert.objects.filter(closed_at=None).count() == 0


def test_of_several_held_editions_only_the_newest_can_be_decided(halved: Run, site: Site) -> None:
    newest = hold(site, rows(12))
    assert held.waiting() == [newest]
    with pytest.raises(CannotRuleError, match=f"the edition of run {newest.pk} was held after it"):
        keep_out(halved)


def test_what_is_decided_is_not_decided_again(halved: Run) -> None:
    keep_out(halved)
    with pytest.raises(CannotRuleError, match=r"was kept out by ana on .*; undo that first"):
        keep_out(halved)


def test_a_ruling_needs_its_reason_in_words(halved: Run) -> None:
    with pytest.raises(CannotRuleError, match="say why in a note"):
        review.keep_out(halved, note="  ", by="ana", now=timezone.now())
    assert Ruling.objects.count() == 0


def test_a_run_that_is_not_held_is_not_decided(site: Site) -> None:
    site.serve(published(rows(3)))
    with pytest.raises(CannotRuleError, match="is not held; it is succeeded"):
        keep_out(collected())


def test_the_former_list_served_again_ends_the_holding(halved: Run, site: Site) -> None:
    site.serve(published(rows(30)))
    assert collected().status == "unchanged"
    with pytest.raises(CannotRuleError, match="has served its former list again"):
        let_in(halved)


def test_a_dismissal_can_be_taken_back(halved: Run) -> None:
    take_back(keep_out(halved))
    assert held.waiting() == [halved]


def test_letting_in_can_be_taken_back_to_the_last_value(halved: Run) -> None:
    before, changes = standing(), Change.objects.count()
    good = (a_source().last_good_id, a_source().last_good_at)
    take_back(let_in(halved))
    assert standing() == before
    assert Change.objects.count() == changes
    assert (a_source().last_good_id, a_source().last_good_at) == good
    assert (state(), held.waiting()) == ("quarantined", [halved])


def test_what_was_taken_back_can_be_let_in_again(halved: Run) -> None:
    take_back(let_in(halved))
    let_in(halved)
    assert Prospect.objects.listed().count() == 15


def test_letting_in_is_not_taken_back_behind_a_later_edition(halved: Run, site: Site) -> None:
    ruling = let_in(halved)
    site.serve(published([*rows(13), row(98), row(99)]))
    collected()
    with pytest.raises(CannotRuleError, match="a later edition was let in"):
        take_back(ruling)
    assert Before.objects.count() == 0


def test_a_ruling_whose_run_still_waits_is_taken_back_by_cancelling_it(halved: Run) -> None:
    ruling = review.let_in(halved, reason=Reason.OTHER, note="n", by="ana", now=timezone.now())
    take_back(ruling)
    assert ruling.admitted
    ruling.admitted.refresh_from_db()
    assert (ruling.admitted.status, held.waiting()) == ("cancelled", [halved])


def test_nothing_is_taken_back_while_the_source_is_collected(halved: Run) -> None:
    ruling = let_in(halved)
    Run.objects.filter(pk=halved.pk).update(status="started")
    with pytest.raises(CannotRuleError, match="is being collected"):
        take_back(ruling)
    assert Prospect.objects.listed().count() == 15


def test_a_partial_list_that_changed_nothing_is_taken_back_like_any_other(site: Site) -> None:
    site.serve(published(rows(30)))
    collected()
    half = hold(site, rows(14))
    take_back(let_in(half, partial=True))
    assert (state(), held.waiting()) == ("quarantined", [half])


def test_what_was_seen_again_before_it_was_taken_back_leaves_the_source_held(halved: Run) -> None:
    ruling = let_in(halved)
    assert collected().status == "unchanged"
    take_back(ruling)
    assert (state(), held.waiting()) == ("quarantined", [halved])


def test_letting_in_that_needed_a_second_attempt_is_taken_back_whole(halved: Run) -> None:
    before = standing()
    ruling = review.let_in(halved, reason=Reason.OTHER, note="n", by="ana", now=timezone.now())
    assert ruling.admitted
    lose(ruling.admitted)
    ruling.refresh_from_db()
    assert ruling.admitted.attempt == 2
    Run.objects.filter(pk=ruling.admitted.pk).update(not_before=None)
    execute(ruling.admitted.pk, LISTING.run)
    assert Prospect.objects.listed().count() == 15
    ruling.refresh_from_db()
    take_back(ruling)
    assert standing() == before


def lose(run: Run) -> None:
    """Its worker dies, and the loop finds out."""
    long_ago = timezone.now() - settings.LOST_AFTER - timedelta(seconds=1)
    Run.objects.filter(pk=claimed(run).pk).update(heartbeat_at=long_ago)
    tick(task_registry, now=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_of_two_people_who_decide_at_once_the_second_is_told(halved: Run) -> None:
    decided = threading.Event()

    def decide_slowly() -> None:
        with transaction.atomic():
            keep_out(halved)
            decided.set()
            time.sleep(0.5)
        connection.close()

    other = threading.Thread(target=decide_slowly)
    other.start()
    decided.wait(10)
    with pytest.raises(CannotRuleError, match=r"decided just now|was kept out"):
        keep_out(halved)
    other.join()
    assert Ruling.objects.count() == 1
