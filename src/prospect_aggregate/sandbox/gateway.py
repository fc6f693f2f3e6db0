"""The government's shared gateway: what replicas of its slices have in common, pages with their traps above all.

Its bytes were not seen. Shape and traps are told by four independent programs of 2026; the vocabularies are
theirs, the empty cells those counted in July 2025 (of 2,897 rows: NAICS 95, value 632, solicitation date 1,513,
state 184, city 577). All other weights are guesses.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any, BinaryIO, ClassVar
from urllib.parse import parse_qsl

import orjson

from prospect_aggregate.sandbox.chance import names
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.replica import TIMEOUT, Asked, Replica, Reply

AGENCY = "filter[field_result_id_target_id]"
AGENCIES = {
    "General Services Administration": 2, "Department of the Interior": 4, "Department of Labor": 5,
    "Small Business Administration": 6, "Office of Personnel Management": 7,
    "Department of Veterans Affairs": 8, "Department of Commerce": 13, "Social Security Administration": 14,
    "Department of Health and Human Services": 15, "Nuclear Regulatory Commission": 17,
    "Federal Communications Commission": 19, "Department of Transportation": 20, "Department of State": 21,
}  # fmt: skip
"""Their numbers in the filter. Agriculture publishes too; nobody told its number."""
STAMPS = ("created", "changed")
RANGE = 25
TOO_LARGE = 1000
START = b'{"alias":"forecast","title":"Forecast of Contracting Opportunities","banner":"","listing":{"data":['


class GatewayReplica(Replica):
    host = "ag-dashboard.acquisitiongateway.gov"
    path = "/api/v3.0/export/forecast"
    query = "range=500"
    page = "/"
    extension = "json"
    media_type = "application/json"
    paged = True
    renamed = ("field_award_status", "field_acquisition_phase")
    headings = names("""
        nid; title; body; field_result_id; field_organization; field_source_listing_id; field_award_status;
        field_contract_type; field_estimated_award_fy; field_estimated_award_fy_qtr;
        field_estimated_contract_v_max; field_estimated_solicitation_dat; field_naics_code;
        field_acquisition_strategy; field_place_of_performance;
        field_place_of_performance_administrative_area; field_period_of_performance; field_region;
        field_requirement_status; field_type_of_awardee; field_point_of_contact_name;
        field_point_of_contact_email; field_advisor_info_name; field_contractor_name; field_solicitation_link;
        field_extent_competed; field_procurement_method; status; created; changed
    """)
    lists: ClassVar[tuple[str, ...]] = (path, "/api/v3.0/resources/forecast")
    """The export, and the list that the gateway's own page reads."""

    @staticmethod
    def write(listing: Listing, stream: BinaryIO, day: date) -> None:
        """All of it as one page, item by item: what a person could save, had the gateway no largest page."""
        count = 0
        for row in listing.rows:
            fields = dict(zip(listing.headings, row, strict=True))
            stream.write((b"," if count else START) + orjson.dumps(_item(fields, day)))
            count += 1
        stream.write((b"" if count else START) + b"]," + orjson.dumps(_totals(count))[1:])
        stream.write(b',"settings":{"export":{"limit":3000,"batch_size":500}},"default":{"_format":"json"}}')

    def page_size(self, query: str) -> int:
        return _number(dict(parse_qsl(query)).get("range"), RANGE)

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        if asked.path not in self.lists:
            return super().answer(asked, content)
        asked_for = dict(parse_qsl(asked.query))
        size = self.page_size(asked.query)
        if size >= TOO_LARGE:
            return Reply(504, TIMEOUT)
        return Reply(200, _page(orjson.loads(content()), asked_for, size), self.media_type)


def _item(fields: dict[str, Cell], day: date) -> dict[str, Any]:
    """Its rank moves from edition to edition though nothing was edited."""
    nid = int(str(fields["nid"]))
    ranked = int(datetime.combine(day, time(6), UTC).timestamp()) - nid % 86_400
    return {
        "pid": nid,
        "nid": nid,
        "tid": "",
        "alias": f"/forecast/{nid}",
        "type": "node",
        "rank": {"updated": {"value": ranked, "render": f"{day:%m/%d/%Y}"}},
        "render": {name: cell for name, cell in fields.items() if name not in STAMPS},
        "values": {
            "field_result_id": AGENCIES.get(str(fields["field_result_id"])),
            **{stamp: fields[stamp] for stamp in STAMPS},
        },
    }


def _totals(count: int) -> dict[str, object]:
    """The total is a text."""
    return {"count": count, "total": str(count), "view": {"title": {"label": "Title"}}}


def _page(whole: dict[str, Any], asked_for: Mapping[str, str], size: int) -> bytes:
    """`page=1` is the first page again; from the second on, items come as an object by number."""
    items = list(_of_agency(whole["listing"]["data"], asked_for.get(AGENCY)))
    number = max(0, _number(asked_for.get("page"), 0) - 1)
    shown = items[number * size : (number + 1) * size]
    data = {str(item["nid"]): item for item in shown} if number else shown
    listing = {"data": data, **_totals(len(items)), "count": len(shown)}
    return orjson.dumps({**whole, "listing": listing})


def _of_agency(items: list[dict[str, Any]], number: str | None) -> Iterator[dict[str, Any]]:
    for item in items:
        if number is None or str(item["values"]["field_result_id"]) == number:
            yield item


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def marked_up(text: str) -> str:
    """As the content system renders a long text: paragraphs, with entities in them."""
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n")).replace(
        ". ", ".&nbsp;", 1
    )


def moment(day: date) -> str:
    return f'<time datetime="{day.isoformat()}T12:00:00Z">{day:%m/%d/%Y}</time>'


def address(city: str, state: str, country: str = "United States") -> str:
    """An address block, its parts left out where there are none."""
    parts = (("locality", city), ("administrative-area", state), ("country", country))
    spans = (f'<span class="{name}">{escape(part)}</span>' for name, part in parts if part)
    return f'<p class="address" translate="no">{" ".join(spans)}</p>'
