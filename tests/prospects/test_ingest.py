"""What editions make of prospects: listed, changed, missing, gone, back."""

import pytest

from prospect_aggregate.collection.models import Edition, Run
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import Registered
from tests.agency import Site
from tests.given import RepeatingListing, collected, day, published, row, rows

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD, FOURTH = (day(f"2026-05-{number:02}") for number in (4, 11, 18, 25))
FUTURE, PAST = "12/01/2026", "01/15/2026"


def test_a_moved_date_is_one_change_with_its_days(site: Site) -> None:
    site.serve(published([row(1, solicitation="06/01/2026")]))
    collected(at=FIRST)
    site.serve(published([row(1, solicitation="07/01/2026")]))
    collected(at=SECOND)
    change = Change.objects.get(kind="changed")
    assert (change.field, change.old, change.new, change.shift_days) == (
        "solicitation",
        "2026-06-01",
        "2026-07-01",
        30,
    )
    assert (change.significance, change.at) == ("high", SECOND)


def test_the_slip_is_counted_from_the_first_promise(site: Site) -> None:
    for at, promise in ((FIRST, "06/01/2026"), (SECOND, "07/01/2026"), (THIRD, "06/15/2026")):
        site.serve(published([row(1, solicitation=promise)]))
        collected(at=at)
    prospect = Prospect.objects.get()
    assert (prospect.solicitation_moves, prospect.solicitation_slip_days) == (2, 14)
    assert str(prospect.first_solicitation_from) == "2026-06-01"


def test_another_spelling_of_the_same_date_is_no_change(site: Site) -> None:
    site.serve(published([row(1, solicitation="06/01/2026")]))
    collected(at=FIRST)
    site.serve(published([row(1, solicitation="06/01/26")]))
    assert collected(at=SECOND).changed == 0
    assert Prospect.objects.get().solicitation_text == "06/01/26"


def test_a_star_before_a_number_is_no_part_of_it(site: Site) -> None:
    site.serve(published([row("*F1", title="one")]))
    collected(at=FIRST)
    site.serve(published([row("F1", title="one")]))
    run = collected(at=SECOND)
    assert (run.new, run.changed, run.gone) == (0, 0, 0)
    assert Prospect.objects.get().native_id == "F1"


def test_a_value_that_cannot_be_read_keeps_its_words(site: Site) -> None:
    site.serve(published([row(1, value="ask us")]))
    collected()
    prospect = Prospect.objects.get()
    assert (prospect.value_min, prospect.value_max, prospect.value_text) == (None, None, "ask us")


def test_one_absence_is_missing_and_no_change(site: Site) -> None:
    site.serve(published(rows(9)))
    collected(at=FIRST)
    site.serve(published(rows(8)))
    assert collected(at=SECOND).gone == 1
    assert Prospect.objects.get(native_id="9").state == "missing"
    assert not Change.objects.exclude(kind="listed").exists()


@pytest.mark.parametrize(
    ("solicitation", "award", "phase", "state"),
    [
        (PAST, None, None, "expired"),
        (FUTURE, None, None, "withdrawn"),
        (PAST, FUTURE, None, "withdrawn"),
        (FUTURE, PAST, None, "expired"),
        (FUTURE, None, "Cancelled", "expired"),
        ("TBD", None, None, "expired"),
    ],
)
def test_two_absences_declare_it_gone(
    site: Site, solicitation: str, award: str | None, phase: str | None, state: str
) -> None:
    leaving = row(9, solicitation=solicitation, award=award, phase=phase)
    site.serve(published([*rows(8), leaving]))
    collected(at=FIRST)
    for at, title in ((SECOND, "b"), (THIRD, "c")):
        site.serve(published([row(1, title=title, award=None, phase=None), *rows(8)[1:]]))
        collected(at=at)
    assert Prospect.objects.get(native_id="9").state == state
    assert Change.objects.get(prospect__native_id="9", kind=state).at == THIRD


def test_an_unchanged_edition_is_no_second_absence(site: Site) -> None:
    site.serve(published(rows(9)))
    collected(at=FIRST)
    site.serve(published(rows(8)))
    collected(at=SECOND)
    assert collected(at=THIRD).status == "unchanged"
    assert Prospect.objects.get(native_id="9").state == "missing"


def test_the_same_list_in_new_bytes_is_no_second_absence(site: Site) -> None:
    site.serve(published(rows(9)))
    collected(at=FIRST)
    site.serve(published(rows(8)))
    collected(at=SECOND)
    site.serve(published(rows(8)) + b"\n")
    assert collected(at=THIRD).status == "succeeded"
    assert Prospect.objects.get(native_id="9").state == "missing"
    assert Edition.objects.count() == 2


def test_back_after_one_absence_is_as_if_nothing_happened(site: Site) -> None:
    for at, count in ((FIRST, 9), (SECOND, 8), (THIRD, 9)):
        site.serve(published(rows(count)))
        collected(at=at)
    assert Prospect.objects.get(native_id="9").state == "listed"
    assert not Change.objects.exclude(kind="listed").exists()


def test_back_after_it_was_declared_gone_is_news(site: Site) -> None:
    lists = [rows(9), rows(8), [row(1, title="b"), *rows(8)[1:]], rows(9)]
    for at, listed in zip((FIRST, SECOND, THIRD, FOURTH), lists, strict=True):
        site.serve(published(listed))
        collected(at=at)
    assert Prospect.objects.get(native_id="9").state == "listed"
    assert Change.objects.get(kind="reappeared").significance == "high"


def test_last_seen_is_kept_when_it_leaves(site: Site) -> None:
    site.serve(published(rows(9)))
    collected(at=FIRST)
    collected(at=SECOND)  # unchanged: seen again
    site.serve(published(rows(8)))
    collected(at=THIRD)
    gone, still = Prospect.objects.get(native_id="9"), Prospect.objects.get(native_id="1")
    assert (gone.last_seen_at, gone.left_at) == (SECOND, THIRD)
    assert still.last_seen_at == THIRD


def test_a_held_edition_is_no_absence(site: Site) -> None:
    site.serve(published(rows(9)))
    collected(at=FIRST)
    site.serve(published(rows(2)))
    with pytest.raises(ScraperError):
        collected(at=SECOND)
    assert Run.objects.latest("pk").status == "quarantined"
    assert Prospect.objects.listed().count() == 9


def test_everything_gone_is_known_by_the_run_that_showed_it(site: Site) -> None:
    site.serve(published(rows(30)))
    collected(at=FIRST)
    site.serve(published([*rows(25)[1:], row(1, value="$5M to $10M"), row(99)]))
    run = collected(at=SECOND)
    assert (run.new, run.changed, run.unchanged, run.gone) == (1, 1, 24, 5)
    assert set(Change.objects.filter(run=run).values_list("kind", flat=True)) == {"listed", "changed"}


REPEATING = Registered("repeating", "Repeating", RepeatingListing())


def numbers() -> dict[str, str | None]:
    return dict(Prospect.objects.listed().values_list("native_id", "title"))


def test_rows_that_share_a_number_are_kept_apart(site: Site) -> None:
    site.serve(published([row(7, title="a"), row(7, title="b"), row(7, title="b")]))
    run = collected(REPEATING, at=FIRST)
    assert (run.new, run.rejected) == (3, 0)
    assert numbers() == {"7": "a", "7~2": "b", "7~3": "b"}


def test_rows_that_share_a_number_may_change_places(site: Site) -> None:
    site.serve(published([row(7, title="a"), row(7, title="b")]))
    collected(REPEATING, at=FIRST)
    site.serve(published([row(7, title="b"), row(7, title="a")]))
    assert collected(REPEATING, at=SECOND).changed == 0
    assert numbers() == {"7": "a", "7~2": "b"}


def test_a_changed_row_takes_the_number_that_nobody_else_has(site: Site) -> None:
    site.serve(published([row(7, title="a"), row(7, title="b")]))
    collected(REPEATING, at=FIRST)
    site.serve(published([row(7, title="c"), row(7, title="a")]))
    run = collected(REPEATING, at=SECOND)
    assert (run.new, run.changed, run.gone) == (0, 1, 0)
    assert numbers() == {"7": "a", "7~2": "c"}


def test_a_layout_that_does_not_publish_a_field_says_nothing_of_it(site: Site) -> None:
    site.serve(published([row(1, award="09/01/2026")]))
    collected(at=FIRST)
    site.serve(published([row(1, title="Another title")]))
    assert collected(at=SECOND).changed == 1
    assert str(Prospect.objects.get().award_to) == "2026-09-01"
    assert list(Change.objects.filter(kind="changed").values_list("field", flat=True)) == ["title"]


def test_a_field_that_is_published_empty_is_a_removal(site: Site) -> None:
    site.serve(published([row(1, award="09/01/2026")]))
    collected(at=FIRST)
    site.serve(published([row(1, award=None)]))
    collected(at=SECOND)
    assert Prospect.objects.get().award_to is None
    assert Change.objects.get(kind="changed").field == "award"
