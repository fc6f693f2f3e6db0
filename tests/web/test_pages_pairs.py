"""Likely pairs as a person sees and decides them."""

import re
from html import unescape

import pytest
from django.test import Client

from prospect_aggregate.prospects.models import Pair, Prospect
from tests.web.pairs import GUARDS, pair

__all__ = ["pair"]
pytestmark = pytest.mark.django_db


def content(reader: Client, path: str) -> str:
    return unescape(reader.get(path).content.decode())


def article(reader: Client, prospect: Prospect) -> str:
    """What its page says of it: days as words, and nothing of how long ago the test did what."""
    page = content(reader, f"/prospects/offices/{prospect.native_id}/")
    timeless = re.sub(r"<time[^>]* title=[^>]*>[^<]*</time>", "", page.split("<article")[1])
    bare = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", timeless)
    return re.sub(r"</?time[^>]*>", "", bare)


def said(reader: Client, pair: Pair, verdict: str, note: str = "") -> str:
    answer = reader.post(f"/pairs/{pair.pk}/decide/", {"verdict": verdict, "note": note}, follow=True)
    pair.refresh_from_db()
    return unescape(answer.content.decode())


def test_nothing_to_look_at_teaches_when_there_is(reader: Client) -> None:
    page = content(reader, "/pairs/")
    assert "No likely pair waits for you" in page
    assert "the same office, the same four digits of NAICS" in page
    assert '<a href="/pairs/">Likely pairs of prospects</a>' in content(reader, "/sources/")


def test_what_waits_is_listed_with_its_evidence(reader: Client, pair: Pair) -> None:
    page = content(reader, "/pairs/")
    assert "<strong>1</strong> likely pair to look at" in page
    assert (
        "same office and NAICS 5616; the whole NAICS code, value, contacts agree; solicitation differs"
        in page
    )
    assert f'href="/pairs/{pair.pk}/"' in page
    assert "1 likely pair of prospects" in content(reader, "/sources/")


def test_a_source_narrows_the_list(reader: Client, pair: Pair) -> None:
    assert GUARDS in content(reader, "/pairs/?source=offices")
    assert GUARDS not in content(reader, "/pairs/?source=dhs")


def test_the_two_stand_side_by_side(reader: Client, pair: Pair) -> None:
    page = reader.get(f"/pairs/{pair.pk}/").content.decode()
    marks = re.findall(r'<th scope="row">(\w+)</th><td><span title="[\w ]+" aria-hidden="true">(.)<', page)
    assert dict(marks) | {"Title": "≈", "Value": "=", "Solicitation": "≠"} == dict(marks)
    assert page.count('class="differs"') == 1
    assert "(&lt;b&gt;)" in page
    assert 'data-key="1"' in page


def test_the_same_joins_two_pages_into_one_history(reader: Client, pair: Pair) -> None:
    page = said(reader, pair, "same", note="the same post")
    assert "one purchase. Decide it again to take that back" in page
    assert (pair.verdict, pair.by, pair.note) == ("same", "ana", "the same post")
    newer, older = article(reader, pair.newer), article(reader, pair.older)
    assert f'Known as <a href="/prospects/offices/{pair.older.native_id}/">{GUARDS}</a>' in newer
    assert "until 11 May 2026" in newer
    promised = newer.split('class="promises"')[1].split("</ol>")[0]
    assert promised.index("1 Jun") < promised.index("1 Jul") < promised.index("+30 d")
    assert "1 move of the solicitation date" in newer
    history = newer.split('class="history"')[1]
    assert history.index(f"Listed as <code>{pair.newer.native_id}</code> from now on") < history.index(
        "First seen"
    )
    assert "Listed since 11 May 2026 as" in older
    assert "Left the list between" not in older


def test_deciding_again_takes_it_back(reader: Client, pair: Pair) -> None:
    before = article(reader, pair.newer)
    said(reader, pair, "same")
    assert "Called one purchase by ana" in content(reader, f"/pairs/{pair.pk}/")
    assert "They are not suggested again" in said(reader, pair, "different")
    assert article(reader, pair.newer) == before
    assert "<strong>different</strong> by ana" in content(reader, "/pairs/?show=decided")


def test_the_next_one_that_waits_follows(reader: Client, pair: Pair) -> None:
    facts = {"kind": "renamed", "run": pair.run, "evidence": pair.evidence, "suggested_at": pair.suggested_at}
    other = Pair.objects.create(older=pair.newer, newer=pair.older, **facts)
    Pair.objects.filter(pk=other.pk).update(kind="twin")
    assert f"Pair {other.pk}: one purchase or two?" in said(reader, pair, "different")
    assert f'href="/pairs/{other.pk}/">[ previous' in content(reader, f"/pairs/{pair.pk}/")


def test_what_cannot_be_is_refused_with_its_reason(reader: Client, pair: Pair) -> None:
    facts = {"kind": "renamed", "run": pair.run, "evidence": pair.evidence, "suggested_at": pair.suggested_at}
    Prospect.objects.filter(title="Roof").update(state="missing")
    third = Prospect.objects.get(title="Roof")
    other = Pair.objects.create(older=third, newer=pair.newer, **facts)
    said(reader, other, "same")
    assert f"Pair {other.pk} says already" in said(reader, pair, "same")
    assert pair.verdict is None


@pytest.mark.parametrize("verdict", ["", "maybe"])
def test_no_verdict_is_no_decision(reader: Client, pair: Pair, verdict: str) -> None:
    assert f"Pair {pair.pk}: one purchase or two?" in said(reader, pair, verdict)
    assert pair.verdict is None


def test_an_unknown_pair_is_not_found(reader: Client) -> None:
    assert reader.get("/pairs/7/").status_code == 404
    assert reader.post("/pairs/7/decide/").status_code == 404
    assert reader.get("/pairs/7/decide/").status_code == 405
