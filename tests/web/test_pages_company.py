"""The company profile: its form, and what the list shows by it."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.company import Company
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web.models import Person, SavedSearch
from tests.given import row
from tests.web.test_pages_prospects import AS_OF, Lists, page, titles

pytestmark = pytest.mark.django_db
DESK = Profile(keywords=("help desk", "bold"), vehicles=("GSA Schedule",))


@pytest.fixture
def profile(three_prospects: Run) -> Profile:
    """Help desk support is possible: which vehicle is not published."""
    company.keep(DESK, by="ana", now=timezone.now(), read=0)
    return DESK


def test_without_a_profile_the_list_asks_for_one_and_shows_no_fit(
    reader: Client, three_prospects: Run
) -> None:
    content = reader.get("/prospects/", AS_OF).content.decode()
    assert "Tell us your NAICS codes" in content
    assert "fit-possible" not in content
    assert "The company has no profile yet" in page(reader, "/prospects/listing/1/")


def test_the_form_keeps_what_was_entered(reader: Client, three_prospects: Run) -> None:
    given = {
        "naics": "541519, 5416",
        "eligibilities": ["SB", "8A"],
        "value_max": "5M",
        "states": "Virginia",
        "read": "0",
    }
    assert reader.post("/company/", given, follow=True).status_code == 200
    kept = Company.objects.current()
    expected = Profile(
        naics=("541519", "5416"), eligibilities=("SB", "8A"), value_max=Decimal(5_000_000), states=("VA",)
    )
    assert kept.profile == expected
    assert (kept.version, kept.edited_by) == (1, "ana")
    assert "541519, 5416" in page(reader, "/company/")


def test_a_field_that_cannot_be_is_named_and_nothing_is_kept(reader: Client) -> None:
    answer = reader.post("/company/", {"naics": "541519, 999999", "states": "Atlantis", "read": "0"})
    content = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "'999999' is no NAICS code" in content
    assert "'Atlantis' is no state" in content
    assert "541519, 999999" in content
    assert not Company.objects.exists()


def test_a_profile_that_somebody_else_saved_meanwhile_is_not_overwritten(
    reader: Client, profile: Profile
) -> None:
    content = reader.post("/company/", {"keywords": "mapping", "read": "0"}).content.decode()
    assert "somebody else saved" in content
    assert Company.objects.current().profile == DESK


def test_counts_follow_what_is_entered_and_keep_nothing(reader: Client, three_prospects: Run) -> None:
    Prospect.objects.filter(native_id="1").update(solicitation_to="2099-01-01", naics_codes=["541519"])
    counted = reader.get("/company/counts/", {"naics": "541519, 99", "keywords": "desk"}).content.decode()
    assert "'99' is no NAICS code" in unescape(counted)
    assert "desk: 1 upcoming" in counted
    again = reader.get("/company/counts/", {"naics": "541519"}).content.decode()
    assert "541519: 1 upcoming" in again
    assert "<strong>1</strong> fit" in again
    assert not Company.objects.exists()


def test_a_bare_address_opens_what_fits_and_says_so_in_the_address(reader: Client, profile: Profile) -> None:
    assert reader.get("/prospects/")["Location"] == "/prospects/?fit=possible&competed=1"
    assert reader.get("/prospects/", AS_OF).status_code == 200


def test_rows_are_narrowed_by_fit_and_every_row_says_its_own(reader: Client, profile: Profile) -> None:
    everything = page(reader, shelf="passed")
    assert titles(everything) == ["Coastal mapping"]
    assert "fit-no" in everything
    assert titles(page(reader, shelf="passed", fit="possible")) == []
    found = page(reader, fit="possible")
    assert titles(found) == ["Help desk support"]
    assert "fit-possible" in found
    assert titles(page(reader, fit="fits")) == []
    assert "fit-no" in page(reader, shelf="closed", fit="no")


def test_a_chip_taken_off_stays_off_for_this_person(reader: Client, profile: Profile) -> None:
    query = "fit=possible&competed=1"
    answer = reader.post("/usual/", {"chip": "fit", "on": "0", "query": query})
    assert answer["Location"] == "/prospects/?fit=any&competed=1"
    assert reader.get("/prospects/")["Location"] == "/prospects/?fit=any&competed=1"
    reader.post("/usual/", {"chip": "competed", "on": "0", "query": "fit=any&competed=1"})
    assert reader.get("/prospects/")["Location"] == "/prospects/?fit=any"
    reader.post("/usual/", {"chip": "fit", "on": "1", "query": "fit=any"})
    assert reader.get("/prospects/")["Location"] == "/prospects/?fit=possible"


def test_every_link_of_the_list_keeps_its_chips(reader: Client, profile: Profile) -> None:
    content = page(reader, fit="any", q="desk")
    shelves = content.split('id="shelves"')[1].split("</nav>")[0]
    assert shelves.count("fit=any") == 7


def test_the_evidence_stands_on_the_page_and_in_a_part(reader: Client, profile: Profile) -> None:
    number = Prospect.objects.get(native_id="1").pk
    for content in (page(reader, "/prospects/listing/1/"), reader.get(f"/fit/{number}/").content.decode()):
        assert "“help desk” stands in its title" in content
        assert "vehicle not published" in content


def test_a_search_is_kept_by_name_and_tells_what_is_new(reader: Client, profile: Profile) -> None:
    reader.post("/saved/keep/", {"name": "Desks", "query": "q=desk&fit=possible&page=7&shelf=passed"})
    kept = SavedSearch.objects.get()
    assert kept.query == "shelf=passed&q=desk&fit=possible"
    SavedSearch.objects.update(seen_at="2026-01-01T00:00:00Z", query="shelf=passed&fit=no")
    content = page(reader, "/saved/")
    assert '<td class="num" data-label="now">' in content
    assert reader.get(f"/saved/{kept.pk}/")["Location"] == "/prospects/?shelf=passed&fit=no"
    reader.post(f"/saved/{kept.pk}/seen/")
    assert SavedSearch.objects.get().seen_at > kept.seen_at
    reader.post(f"/saved/{kept.pk}/delete/")
    assert "Nothing is saved yet." in page(reader, "/saved/")


def test_what_came_in_late_is_new_however_old_its_edition(
    reader: Client, profile: Profile, lists: Lists
) -> None:
    """A file that was downloaded yesterday and given today: nobody can have seen it before."""
    reader.post("/saved/keep/", {"name": "Chairs", "query": "q=chairs&fit=any&as_of=2026-06-01"})
    lists(row(1), row(2), row(3), row(9, title="Chairs", solicitation="07/01/2099"), at="2026-05-20")
    assert '<td class="num" data-label="new">1</td>' in page(reader, "/saved/")
    reader.post(f"/saved/{SavedSearch.objects.get().pk}/seen/")
    assert '<td class="num" data-label="new">0</td>' in page(reader, "/saved/")


def test_a_saved_search_says_by_which_feeds_it_is_followed_and_revokes_them(
    reader: Client, profile: Profile
) -> None:
    reader.post("/saved/keep/", {"name": "Desks", "query": "q=desk&fit=any"})
    assert 'href="/feeds/?view=q%3Ddesk%26fit%3Dany"' in page(reader, "/saved/")
    reader.post("/feeds/make/", {"view": "q=desk&fit=any", "name": "My desks"})
    reader.post("/feeds/make/", {"view": "q=other&fit=any", "name": "Others"})
    content = page(reader, "/saved/")
    assert "Others" not in content
    assert "My desks</button>" in content
    reader.post(re.search(r'action="(/feeds/\d+/revoke/)"', content)[1])  # type: ignore[index]
    assert "My desks" not in page(reader, "/saved/")


def test_a_saved_search_is_ones_own(reader: Client, profile: Profile) -> None:
    reader.post("/saved/keep/", {"name": "Desks", "query": "q=desk"})
    number = SavedSearch.objects.get().pk
    other = Client()
    other.force_login(Person.objects.create_user("bo"))
    assert other.get(f"/saved/{number}/").status_code == 404
    assert other.post(f"/saved/{number}/delete/").status_code == 404
    assert SavedSearch.objects.exists()
