"""Transportation: its slice of the government's gateway, agency 20, which the whole list holds too.

The numbers' shapes (`FHWA_2026_102`, `FAA_REG_FY26_146`, `MARAD_2026_005`) are told; the weights of the
administrations, and that some rows have no number or one like the department's own file, are guesses. About 300 rows.
"""

from typing import ClassVar

from prospect_aggregate.sandbox.chance import Mix, tuples
from prospect_aggregate.sandbox.gateway import AGENCY, GatewayReplica
from prospect_aggregate.sandbox.gateway_rows import fiscal_year, habits, number_in_year, shown
from prospect_aggregate.sandbox.listing import Cell
from prospect_aggregate.sandbox.lives import Standing
from prospect_aggregate.sandbox.trades import Trade, trades

ADMINISTRATIONS = tuples("""
    120 Federal Aviation Administration | FAA_REG_FY{short}_{number};
    62 Federal Highway Administration | FHWA_{year}_{number:03};
    38 Maritime Administration | MARAD_{year}_{number:03};
    22 Federal Railroad Administration | FRA_{year}_{number:03};
    20 National Highway Traffic Safety Administration | NHTSA_{year}_{number:03};
    16 Office of the Secretary | OST_{year}_{number:03}; 12 Volpe Center | VOLPE_{year}_{number:03};
    10 Federal Transit Administration | FTA_{year}_{number:03};
    8 Federal Motor Carrier Safety Administration | FMCSA_{year}_{number:03};
    6 Pipeline and Hazardous Materials Safety Administration | {year}-{number:03}; 4 Office of the Secretary |
""")
ROADS = Trade(
    "237310",
    "Highway, Street, and Bridge Construction",
    ("Bridge Deck", "Park Road", "Guardrail", "Culvert", "Pavement", "Retaining Wall", "Trailhead Parking"),
    ("Rehabilitation", "Replacement", "Overlay", "Repair", "Construction"),
)
TRADES = Mix(
    trades("""
        30 541330; 32 541519; 26 541611; 14 541512; 20 334511; 16 488190; 14 236220; 18 336611; 12 541690;
        10 541370; 12 541990; 8 541715; 8 561210; 8 334220; 6 518210; 6 561612; 5 611430; 4 541618
    """).weights
    | {ROADS: 48}
)


class Transportation(GatewayReplica):
    key = "transportation"
    query = f"range=500&{AGENCY}=20"
    asks: ClassVar = {AGENCY: "20"}
    habits: ClassVar = habits(0.61)

    def row(self, standing: Standing) -> dict[str, Cell]:
        """Odd numbers are this slice's, so that the whole list has each number once."""
        organization, pattern = standing.draw(ADMINISTRATIONS.pick)
        year, number = fiscal_year(standing), number_in_year(standing)
        return {
            "nid": str(2 * standing.serial + 1),
            "field_result_id": "Department of Transportation",
            "field_organization": organization,
            "field_source_listing_id": pattern.format(year=year, short=year % 100, number=number),
            **shown(standing, standing.draw(TRADES.pick), short=False),
        }
