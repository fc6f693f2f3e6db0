"""Acquisition Gateway: GSA's shared list, where GSA, Interior, Labor, VA and others publish what they plan to buy.

Not verified on real bytes: the endpoint, its pages and its vocabularies are told by four independent programs of 2026,
the download's columns by a validation of July 2025 (2,897 rows, 44 columns) and one witness of September 2026 (47).
`gateway.py` and `gateway_columns.py` say which is which; the sample is built from those descriptions. Verified by
nobody: that `listing.total` counts exactly what pages serve. An edition that falls short of it adds and changes, and
shows no absence.

The rows of the Department of Transportation are left to the source that reads its own numbers; a note counts them.
"""

from prospect_aggregate.scrapers.gateway import GatewayList


class AcquisitionGateway(GatewayList):
    name = "Acquisition Gateway"
    agency = "General Services Administration"
    coverage = (
        "Agencies that publish here, each row with its own: GSA, Interior, Labor, VA, SBA, OPM, NRC, FCC and parts of "
        "others, without Transportation, which is a source of its own."
    )
    leaves = ("Department of Transportation", "Department of Transportation (DOT)", "DOT")
