"""Acquisition Gateway: the whole list of about 2,900, Transportation's slice among it, as in July 2025 (2,897).

Which agencies publish there and the shapes of their numbers are told (`PBS_R02_FY250004`, `IBCAQDFY26_12`,
`AGBOR14010255`, `FY26_007106`, `NRC_26_0001`); how many rows each has is a guess.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import ClassVar

from prospect_aggregate.sandbox.chance import tuples
from prospect_aggregate.sandbox.gateway import GatewayReplica
from prospect_aggregate.sandbox.gateway_rows import fiscal_year, habits, number_in_year, shown
from prospect_aggregate.sandbox.listing import Cell
from prospect_aggregate.sandbox.lives import Standing
from prospect_aggregate.sandbox.replicas.transportation import Transportation
from prospect_aggregate.sandbox.trades import trades

INTERIOR = "Department of the Interior"
AGENCIES = tuples("""
    380 General Services Administration | Public Buildings Service | PBS_R02_FY{short}{number:04};
    150 General Services Administration | Federal Acquisition Service | FAS_FY{short}{number:04};
    260 Department of the Interior | Interior Business Center | IBCAQDFY{short}_{number};
    210 Department of the Interior | Bureau of Reclamation | AGBOR{number:08};
    180 Department of the Interior | National Park Service | NPS{short}{number:05};
    150 Department of the Interior | Bureau of Land Management | BLM{short}{number:05};
    330 Department of Agriculture | Forest Service | FY{short}_{number:06};
    320 Department of Veterans Affairs | Veterans Health Administration | VA-{short}-{number:05};
    170 Department of Labor | Office of the Assistant Secretary for Administration | DOL{short}-{number:04};
    110 Department of Labor | Employment and Training Administration | ;
    90 Nuclear Regulatory Commission | Office of Administration | NRC_{short}_{number:04};
    80 Office of Personnel Management | Office of Procurement Operations | OPM-{short}-{number:03};
    60 Federal Communications Commission | Office of Managing Director | FCC{short}{number:04};
    60 Small Business Administration | Office of the Chief Financial Officer | ;
    30 Department of State | Bureau of Administration | ;
    20 Department of Commerce | National Weather Service | NWS-{short}-{number:03}
""")
TRADES = trades("""
    330 541519; 260 236220; 210 541330; 190 541611; 170 541512; 140 561720; 110 561210; 110 541511; 90 238220;
    80 541620; 80 541370; 80 513210; 80 541990; 70 561612; 70 518210; 60 237990; 60 238160; 60 238210; 50 541690;
    50 811210; 50 611430; 40 334516; 40 541715; 40 562910; 30 423430; 30 541618; 20 541219; 20 721110; 10 511210
""")


class AcquisitionGateway(GatewayReplica):
    key = "acquisition_gateway"
    slice: ClassVar = Transportation()
    """Its rows are the same here and there."""
    habits: ClassVar = habits(5.46)

    def row(self, standing: Standing) -> dict[str, Cell]:
        agency, organization, pattern = standing.draw(AGENCIES.pick)
        year, number = fiscal_year(standing), number_in_year(standing)
        return {
            "nid": str(2 * standing.serial),
            "field_result_id": agency,
            "field_organization": organization,
            "field_source_listing_id": pattern.format(short=year % 100, number=number),
            **shown(standing, standing.draw(TRADES.pick), short=agency == INTERIOR),
        }

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        yield from chain(super()._rows(seed, day, scale), self.slice.listing(seed, day, scale).rows)
