"""What of a list is read: small lists with one oddity each."""

from typing import Any

import pytest

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize import codes, dates
from prospect_aggregate.prospects.quality import DISTINCT, EXAMPLES, FieldQuality, quality_of, summary
from prospect_aggregate.prospects.standing import PARTS
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.agency import Site
from tests.given import LISTING, Listing, collected, day, named, published, row, rows
from tests.sources.copies import SAMPLES
from tests.sources.editions import taken

pytestmark = pytest.mark.django_db


class Wide(Listing):
    """With fields that are read from several cells."""

    name = "Wide"
    columns = {"native_id": "Number", "title": "Title"}
    optional = {
        "set_aside": "Program",
        "solicitation": column("Quarter", "Year", read=dates.any_window),
        "place": ("City", "State", "Country"),
        "contacts": ("Who", "Mail"),
        "incumbent_name": "Holder",
        "phase": column("Awarded", read=lambda cell: codes.phase("Awarded" if cell == "Yes" else None)),
    }


WIDE = named("Wide", Wide())


def counted(site: Site, *rows: dict[str, Any], registered: Any = WIDE) -> dict[str, FieldQuality]:
    site.serve(published(rows))
    collected(registered)
    return {field.name: field for field in quality_of(Source.objects.get(key=registered.key))}


def counts(field: FieldQuality) -> tuple[int | None, ...]:
    return field.published, field.read, field.placeholder, field.unread


def wide(number: int, **cells: Any) -> dict[str, Any]:
    return {"Number": number, "Title": f"Purchase {number}", **cells}


def test_what_is_published_is_read_a_placeholder_or_unread(site: Site) -> None:
    values = ("$1M to $2M", "TBD", "a lot", "")
    listed = [row(number, value=value) for number, value in enumerate(values)]
    assert counts(counted(site, *listed, registered=LISTING)["value"]) == (3, 1, 1, 1)


def test_a_field_without_a_heading_is_not_published_which_is_not_zero(site: Site) -> None:
    fields = counted(site, *rows(2), registered=LISTING)
    assert counts(fields["naics_codes"]) == (None, None, None, None)
    assert counts(fields["award"]) == (None, None, None, None)
    assert fields["naics_codes"].listed == 2


def test_an_undecided_set_aside_is_a_placeholder_and_none_is_a_fact(site: Site) -> None:
    programs = ("TBD", "None", "8(a)", "N/A", "lunar")
    field = counted(site, *(wide(at, Program=program) for at, program in enumerate(programs)))["set_aside"]
    assert counts(field) == (5, 2, 2, 1)


def test_a_cell_that_only_completes_a_blank_one_publishes_nothing(site: Site) -> None:
    listed = [
        wide(1, Quarter="Q3", Year="FY26"),
        wide(2, Quarter="", Year="FY26"),
        wide(3, Quarter="TBD", Year="FY26"),
    ]
    assert counts(counted(site, *listed)["solicitation"]) == (2, 1, 1, 0)


def test_a_cell_that_says_something_else_publishes_nothing(site: Site) -> None:
    assert counts(counted(site, wide(1, Awarded="Yes"), wide(2, Awarded="No"))["phase"]) == (1, 1, 0, 0)


def test_contacts_are_read_when_any_of_them_is(site: Site) -> None:
    listed = [
        wide(1, Who="TBD", Mail="a@example.gov"),
        wide(2, Who="TBD", Mail="N/A"),
        wide(3, Who="", Mail="555"),
    ]
    assert counts(counted(site, *listed)["contacts"]) == (3, 1, 1, 1)


def test_the_state_is_counted_by_itself_and_abroad_there_is_none_to_read(site: Site) -> None:
    listed = [
        wide(1, City="Norfolk", State="VA", Country="USA"),
        wide(2, City="Rome", State="Lazio", Country="Italy"),
        wide(3, City="", State="Nationwide US", Country="USA"),
        wide(4, City="Norfolk", State="", Country="USA"),
        wide(5, City="Multiple", State="NA", Country=""),
    ]
    fields = counted(site, *listed)
    assert counts(fields["place"]) == (5, 4, 1, 0)
    assert counts(fields["place_state"]) == (4, 2, 1, 1)
    assert fields["place_state"].headings == ("State",)


def test_words_for_nobody_are_no_unread_name(site: Site) -> None:
    listed = [wide(1, Holder="Acme"), wide(2, Holder="None"), wide(3, Holder="New requirement")]
    assert counts(counted(site, *listed)["incumbent_name"]) == (3, 1, 2, 0)


def test_examples_are_the_most_frequent_unread_texts_with_their_headings(site: Site) -> None:
    words = [word for times, word in enumerate(("a", "b", "c", "d", "e", "f", "g"), 1) for _ in range(times)]
    listed = [wide(at, Quarter=f"when {word}", Year="FY26") for at, word in enumerate(words)]
    field = counted(site, *listed)["solicitation"]
    assert (field.unread, len(field.examples)) == (28, EXAMPLES)
    assert (field.examples[0].count, field.examples[0].cells) == (7, {"Quarter": "when g", "Year": "FY26"})


def test_more_texts_than_are_told_apart_are_still_counted(site: Site) -> None:
    listed = [wide(at, Quarter=f"when {at}") for at in range(DISTINCT + 20)]
    assert counted(site, *listed)["solicitation"].unread == DISTINCT + 20


def test_only_what_is_on_the_list_is_counted(site: Site) -> None:
    site.serve(published(rows(3)))
    collected(at=day("2026-05-01"))
    site.serve(published(rows(2)))
    collected(at=day("2026-05-08"))
    assert quality_of(Source.objects.get())[0].listed == 2


def test_headings_of_older_editions_count_for_the_rows_that_have_them(site: Site) -> None:
    site.serve(published([row(1, award="09/01/2026"), row(2, award="some day")]))
    collected(at=day("2026-05-01"))
    site.serve(published([row(1, award="09/01/2026"), row(2, award="09/02/2026")]))
    collected(at=day("2026-05-08"))
    fields = {field.name: field for field in quality_of(Source.objects.get())}
    assert counts(fields["award"]) == (2, 2, 0, 0)


def test_a_field_that_is_looked_for_in_a_description_is_published_where_it_is_found() -> None:
    taken("hud", SAMPLES / "hud.xlsx")
    fields = {field.name: field for field in quality_of(Source.objects.get(key="hud"))}
    published, read, placeholder, unread = counts(fields["incumbent_contract"])
    assert 0 < (published or 0) < fields["description"].listed
    assert (read, placeholder, unread) == (published, 0, 0)


def test_drafts_of_a_bare_function_have_no_headings_to_count_by(site: Site) -> None:
    bare = named("Bare", lambda: [ProspectDraft(native_id="1", title="A purchase")])
    collected(bare)
    assert all(field.published is None for field in quality_of(Source.objects.get(key="bare")))


def test_nothing_listed_is_counted_as_nothing() -> None:
    fields = quality_of(Source(key="none", name="None"))
    assert {field.listed for field in fields} == {0}
    assert len(fields) == len(PARTS)


def test_the_sentence_says_how_many_fields_and_how_many_are_not_whole(site: Site) -> None:
    site.serve(published([row(1), row(2, value="a lot")]))
    collected()
    assert summary(quality_of(Source.objects.get())) == (
        "2 listed; 4 of 30 fields are published, and in 1 of them something is not read."
    )


def test_every_field_of_every_source_is_counted() -> None:
    scrapers = [entry.run for entry in scraper_registry if isinstance(entry.run, Scraper)]
    declared = {name for scraper in scrapers for layout in scraper.layouts() for name in layout.fields()}
    assert declared <= {part.field for part in PARTS}
