"""Vocabularies of the Navy's two sheets, with the counts of 2025-12-19 (50 and 16 rows).

Where a published text holds a semicolon, a comma stands here; `-` is an empty cell.
"""

from prospect_aggregate.sandbox.chance import Mix, texts, tuples

OFFICES = {
    "ONR": texts("""
        7 ONR Code 34, Warfighter Performance; 5 ONR Code 32, Ocean Battlespace and Expeditionary Access;
        4 ONR Code 02, Contracts, Grants and Acquisitions; 4 ONR Code 332, Advanced Naval Materials & Systems Division;
        4 ONR Code 53, Command Information Office; 4 ONR Global; 3 ONR Code 08, Comptroller; 2 ONR Code 07, Counsel;
        2 ONR Code 52, Corporate Strategic Communications; 2 NavalX - DoN SBIR/Special Programs Division;
        2 ONR Code 35, Aviation, Force Protection, and Integrated Defense; 11 ONR Code 56, Executive Secretariat
    """),
    "NRL": texts("""
        4 7600 - 7600 - Space Science DIV - NRL; 3 7300 - 7300 - Ocean Sciences DIV - NRL;
        3 7500 - 7500 - Marine Meteorology DIV - NRL; 2 6100 - 6100 - Chemistry DIV - NRL;
        2 8100 - 8100 - Space Systems Development DIV - NRL; 1 5500 - 5500 - Information Technology DIV - NRL;
        1 5700 - 5700 - Tactical Electronic Warfare DIV - NRL
    """),
}
VALUES = {
    "ONR": texts("""
        20 > $7.5M - < $50M; 17 > $2M - < $7.5M; 5 < $2M; 4 > $50M - < $100M; 1 <$2M; 1 > $1B; 1 > $250M - < $1B; 1 TBD
    """),
    "NRL": texts("7 $7.5M - $50M; 4 $50M - $100M; 3 $100M - $250M; 1 < $2M; 1 $2M - $7.5M"),
}
METHODS = {
    "ONR": texts("""
        15 8(a) Sole Source; 11 Small Business Set-Aside; 10 Full and Open Competition; 6 TBD; 3 Sole-Source;
        1 Service-Disabled Veteran-Owned Small Business Set-Aside; 1 8(a) Competitive; 1 Limited Source;
        1 Service-Disabled Veteran-Owned Small Business Sole Source; 1 SDVOSB Set-Aside
    """),
    "NRL": texts("9 Full and Open Competition; 3 TBD; 3 Sole Source; 1 Small Business Set-Aside"),
}
CONTRACT_TYPES = {
    "ONR": texts("38 Fixed-Price; 10 Cost-Reimbursement; 2 TBD"),
    "NRL": texts("9 Cost-Reimbursement; 4 TBD; 2 Fixed-Price; 1 Labor-hour"),
}
INSTRUMENTS = {
    "ONR": texts("""
        19 Delivery Order/Task Order; 18 "C" Type Contract; 7 Single-Award Indefinite-Delivery; 3 Purchase Order;
        1 Other Transaction Authority; 1 FSS Order; 1 Contract Action under Broad Agency Announcement
    """),
    "NRL": texts('6 "C" Type Contract; 5 TBD; 4 Single-Award Indefinite-Delivery; 1 Purchase Order'),
}
BUYERS = {"ONR": texts("49 N00014; 1 N68171"), "NRL": texts("16 N00173 - NRL")}
QUARTERS = {
    "ONR": tuples("""
        1 TBD | TBD; 2 -4 | 1; 1 -3 | 1; 1 -3 | 0; 2 -2 | 2; 4 -1 | 3; 1 0 | 4; 1 0 | TBD; 1 0 | 5; 1 0 | 0;
        5 1 | 3; 1 1 | 2; 1 1 | 4; 3 3 | 7; 1 3 | 1; 2 4 | 8; 1 4 | 6; 1 5 | 8; 1 5 | 10; 1 5 | 9; 1 6 | 9;
        1 6 | 10; 2 8 | 12; 1 9 | 12; 2 11 | 14; 1 11 | 15; 2 13 | 17; 1 13 | 18; 1 14 | 18; 1 14 | 58;
        1 14 | 15; 1 15 | 18; 1 15 | 19; 1 16 | 20; 1 24 | 24
    """),
    "NRL": tuples(
        "1 -6 | 2; 1 -3 | 2; 2 -1 | 2; 1 TBD | 1; 1 1 | 3; 1 TBD | 3; 2 TBD | 4; 1 TBD | 10; 6 TBD | TBD"
    ),
}
"""Solicitation and award in quarters from the first of the list's fiscal year, by the one that is told first.

In order, so that drawing by turns keeps the share of those that are past."""
LENGTHS = {
    "ONR": texts("40 60; 2 126; 2 36; 2 48; 1 84; 1 120; 1 12; 1 72"),
    "NRL": texts("9 TBD; 5 60; 2 60.0"),
}
NOVELTY = {"ONR": texts("47 Follow-on; 3 New"), "NRL": texts("10 Follow-on; 3 N/A; 3 New")}
PLACES = {
    "ONR": texts("""
        37 TBD; 7 ONR HQ; 2 -; 1 Off Site; 1 Secret; 1 Quantico, VA, Washington Navy Yard, & ONR HQ;
        1 541611: Administrative Management and General Management Consulting Services
    """),
    "NRL": texts("13 Washington, DC; 3 Stennis Space Center, MS"),
}
NAICS = {
    "ONR": texts("""
        21 541330: Engineering Services; 6 541611: Administrative Management and General Management Consulting Services;
        5 541715: Research and Development in the Physical, Engineering, and Life Sciences (except Nanotechnology and
        Biotechnology); 2 TBD;
        3 541519: Other Computer Related Services; 2 541618: Other Management Consulting Services;
        1 511210: Software Publishers; 1 541611.0; 1 541512:  Computer Systems Design Services;
        1 541690: Other Scientific and Technical Consulting Services; 1 561210: Facilities Support Services;
        2 517112: Wireless Telecommunications Carriers (except Satellite); 1 541199: All Other Legal Services;
        1 541511: Custom Computer Programming Services: Custom Computer Programming Services;
        1 611430: Professional and Management Development Training;
        1 541990: All Other Professional, Scientific, and Technical Services
    """),
    "NRL": texts("""
        6 541715 - Research and Development in the Physical, Engineering, and Life Sciences (except Nanotechnology and
        Biotechnology); 4 TBD - TBD;
        3 541513 - Computer Facilities Management Services; 2 541712 - Engineering in the Physical Sciences;
        1 541990 - All Other Professional, Scientific, and Technical Services
    """),
}
PSC = {
    "ONR": texts("""
        25 R408: Support-Professional: Program Management/Support; 2 TBD; 2 R699: Support- Administrative: Other;
        4 AE33: R&D- Economic Growth: Manufacturing Technology (Advanced Development); 2 R704;
        2 7A21: Machine Predictions for Product Service Codes; 2 DA01: IT and Telecom: Business;
        3 R425: Support- Professional: Engineering/Technical; 2 U099: Education/Training- Other;
        2 R499: Support-Professional: Other; 2 DG10:  IT and Telecom: Network As A Service;
        2 R431: Support- Professional: Human Resources
    """),
    "NRL": texts("""
        5 TBD - TBD; 3 AJ12 - GENERAL SCIENCE AND TECHNOLOGY R&D SERVICES, APPLIED RESEARCH;
        2 AJ13 - GENERAL SCIENCE & TECHNOLOGY R&D SVCS, EXPERIMENTAL DEVELOPMENT;
        2 DF01 - IT AND TELECOM - IT MANAGEMENT SUPPORT SERVICES (LABOR);
        2 DG01 - IT AND TELECOM - NETWORK SUPPORT SERVICES (LABOR);
        2 AR13 - SPACE R&D SERVICES, EXPERIMENTAL DEVELOPMENT
    """),
}
CLEARANCES = {
    "ONR": tuples("""
        20 N/A | N/A; 12 Secret | Secret; 6 TBD | TBD; 5 Secret | N/A; 4 Top Secret | NACI/Confidential;
        3 Top Secret | Top Secret
    """),
    "NRL": tuples("""
        6 TBD | TBD; 3 Unclassified | Unclassified; 3 Top Secret | Top Secret; 2 Secret | Secret;
        1 Confidential | Confidential; 1 Unclassified | TBD
    """),
}
CONTRACTS = {
    "ONR": Mix({"own": 27, "order": 19, "sentence": 2, "stray": 2}),
    "NRL": Mix({"own": 9, "": 1, "N/A": 6}),
}
