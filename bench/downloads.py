"""Lists as browsers download them: formats that the sandbox's sites do not serve, with the rows that they do."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.inputs import DAY, FOLDER
from bench.stand import ROOT

FROM_JSON = {
    "APFS Number": "apfs_number",
    "NAICS": "naics",
    "Component": "organization",
    "Title": "requirements_title",
    "Contract Type": "contract_type",
    "Contract Vehicle": "contract_vehicle",
    "Dollar Range": "dollar_range",
    "Small Business Set-Aside": "small_business_set_aside",
    "Small Business Program": "small_business_program",
    "Contract Status": "contract_status",
    "Contract Number": "contract_number",
    "Contractor": "contractor",
    "Place of Performance City": "place_of_performance_city",
    "Place of Performance State": "place_of_performance_state",
    "Primary Contact First Name": "requirements_contact_first_name",
    "Primary Contact Last Name": "requirements_contact_last_name",
    "Primary Contact Phone": "requirements_contact_phone",
    "Primary Contact Email": "requirements_contact_email",
    "Description": "requirement",
    "Award Quarter": "award_quarter",
    "Estimated Solicitation Release": "estimated_solicitation_release_date",
    "Forecast Published": "publish_date",
    "Forecast Previously Published": "previous_publish_date",
}
TREASURY_ROWS = 202  # as Treasury's list has


def homeland_security(scale: float) -> Path:
    """Its list as a CSV file."""
    path = FOLDER / f"x{scale:g}" / "dhs.csv"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        with beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(FROM_JSON)
            writer.writerows(_cells(record) for record in _records(scale))
        beside.rename(path)
    return path


def _records(scale: float) -> Iterator[Mapping[str, object]]:
    from prospect_aggregate.sandbox.editions import edition

    listing = edition("dhs", 1, today=DAY, scale=scale, count=1).listing()
    return (dict(zip(listing.headings, row, strict=True)) for row in listing.rows)


def _cells(record: Mapping[str, object]) -> Iterator[object]:
    for name in FROM_JSON.values():
        match record[name]:
            case {"display_name": shown}:
                yield shown
            case bool(is_set_aside):
                yield "Full" if is_set_aside else ""
            case other:
                yield other


def treasury(scale: int) -> Path:
    """Its table of HTML that is called .xls: the rows of the sample, again and again."""
    path = FOLDER / f"x{scale}" / "treasury.xls"
    if not path.exists():
        sample = (ROOT / "tests" / "samples" / "treasury.by_hand.xls").read_text(encoding="utf-8")
        style, headings, *rows = sample.strip().removesuffix("</table>").split("<tr>")
        wanted = (rows[number % len(rows)] for number in range(TREASURY_ROWS * scale))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<tr>".join([style, headings, *wanted]) + "</table>", encoding="utf-8")
    return path
