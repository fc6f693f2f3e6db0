"""Justice's vocabularies, with the counts of its edition of 2026-03-09 (506 rows)."""

from prospect_aggregate.sandbox.chance import Mix, texts, tuples
from prospect_aggregate.sandbox.trades import Trade, trades

BUREAUS = tuples("""
    253 BOP-1540 | 15BRRC--RESIDENTIAL REENTRY - CO; 74 FBI-1549 | 15F067--DIVISION 1200;
    42 USMS-1544 | 15M103--OFFICE OF PROCUREMENT, INFRASTRUCTURE SUPPORT SECTION;
    41 FPI-1542 | 15UC0C--CO BUSINESS OFFICE; 33 OJP-1550 | 15PTDE--OJP OCIO ENT INFRASTRUCTURE;
    27 OBDs-1501 | 15JPSS--JMD-PROCUREMENT SERVICES STAFF; 19 DEA-1524 | 15DDHQ--HEADQUARTERS; 17 ATF-1560 | 15A000--ATF
""")
PRISON_OFFICES = texts("""
    58 15BRRC--RESIDENTIAL REENTRY - CO; 28 15BCTS--COMMUNITY TREATMENT SERVICES - CO; 8 15B700--CENTRAL OFFICE;
    15 15BNAS--NATIONAL ACQUISITIONS - CO; 20 15B121--USP HAZELTON; 18 15B120--USP MCCREARY; 18 15B501--FCI BASTROP;
    18 15B509--FMC FORTH WORTH; 17 15B205--FMC DEVENS; 16 15B313--FCI TALLADEGA; 16 15B101--FPC ALDERSON
""")
DIVISIONS = texts(
    "12 Civil Division; 6 Criminal Division; 5 Justice Management Division; 4 USAO - U.S. Attorney's Office"
)
NAICS = Mix(
    {
        **trades("""
            90 541519; 18 541611; 18 541990; 18 541511; 12 541618; 16 611430; 14 518210; 14 541512; 14 513210;
            12 334516; 14 236220; 8 561611; 10 238220; 8 541612; 8 541690; 6 541930; 6 561612; 6 541330; 6 423430;
            6 334111; 5 811210
        """).weights,
        Trade("623990", "Other Residential Care Facilities", ("RRC and HC",), ("",)): 60,
        Trade(
            "622110", "General Medical and Surgical Hospitals", ("Comprehensive Medical",), ("Services",)
        ): 30,
        Trade("311999", "All Other Miscellaneous Food Manufacturing", ("Subsistence",), ("Q3", "Q4")): 30,
        Trade(
            "621420", "Outpatient Mental Health and Substance Abuse Centers", ("Treatment",), ("Services",)
        ): 28,
        Trade("561320", "Temporary Help Services", ("Dental Assistant", "Nursing"), ("Services",)): 19,
        Trade("311991", "Perishable Prepared Food Manufacturing", ("Kosher Meals",), ("Q3", "Q4")): 9,
        Trade("221320", "Sewage Treatment Facilities", ("Waste Water",), ("Treatment",)): 6,
    }
)
PSC = texts("""
    88 G004---SOCIAL- SOCIAL REHABILITATION; 38 8945---FOOD, OILS AND FATS; 36 Q201---MEDICAL- GENERAL HEALTH CARE;
    36 R499---SUPPORT- PROFESSIONAL: OTHER; 20 7B22---IT AND TELECOM - COMPUTE: SERVERS; 20 Q999---MEDICAL- OTHER;
    16 7A21---IT AND TELECOM - BUSINESS APPLICATION SOFTWARE; 16 R425---SUPPORT- PROFESSIONAL: ENGINEERING/TECHNICAL;
    16 R408---SUPPORT- PROFESSIONAL: PROGRAM MANAGEMENT/SUPPORT; 16 Z2FF---REPAIR OR ALTERATION OF PENAL FACILITIES;
    16 7---IT AND TELECOM - INFORMATION TECHNOLOGY AND TELECOMMUNICATIONS; 16 DA10---IT AND TELECOM - APPLICATIONS;
    16 S112---UTILITIES- ELECTRIC; 16 S114---UTILITIES- WATER; 16 S111---UTILITIES- GAS; 16 8305---TEXTILE FABRICS;
    16 R699---SUPPORT- ADMINISTRATIVE: OTHER; 16 U099---EDUCATION/TRAINING- OTHER; 16 6515---MEDICAL INSTRUMENTS;
    16 U008---EDUCATION/TRAINING- TRAINING/CURRICULUM DEVELOPMENT; 16 R406---SUPPORT- PROFESSIONAL: POLICY REVIEW;
    16 7110---OFFICE FURNITURE; 16 S205---HOUSEKEEPING- TRASH/GARBAGE COLLECTION
""")
CATEGORIES = tuples("""
    134 Other | Other; 80 Professional Services | Other; 36 Professional Services | Social Services;
    58 Information Technology | IT Software; 30 Information Technology | Other; 20 Information Technology | IT Hardware;
    61 Medical | Healthcare Services; 8 Medical | Medical Equipment, Accessories, & Supplies;
    36 Facilities & Construction | Facility Related Services; 8 Security & Protection | Security Services;
    10 Facilities & Construction | Construction Related Services; 8 Industrial Products & Services | Other;
    7 Transportation & Logistics | Transportation Equipment; 5 Office Management | Office Furniture; 5 [TBD] | [TBD]
""")
TYPES = texts("411 Firm-Fixed-Price; 55 [TBD]; 25 Labor-Hour; 8 Cost-Contract; 7 Time-and-Material")
AWARD_TYPES = texts("""
    150 Indefinite Delivery/ Indefinite Quantity (IDIQ); 91 [TBD]; 73 Delivery Order (DO); 72 Purchase Order (PO);
    38 Requirements Contract; 32 Definitive Contract; 26 Blanket Purchase Agreement; 15 BPA Call;
    5 Indefinite Delivery; 4 Basic Ordering Agreement
""")
APPROACHES = tuples("""
    166 Full and Open | Full and Open/Unrestricted; 23 Limited Sources | [TBD]; 18 Sole Source | Other;
    132 [TBD] | [TBD]; 135 Total Small Business Set-Aside | Small Business Total Set-aside;
    6 Sole Source | 8(a) Sole Source; 4 Sole Source | [TBD]; 5 Limited Sources | Full and Open/Unrestricted;
    2 Sole Source | Full and Open/Unrestricted;
    3 Total Small Business Set-Aside | HUBZone Competitive; 2 Total Small Business Set-Aside | SDVOSB Competitive;
    2 [TBD] | Small Business Total Set-aside; 2 Full_and_Open | Full and Open/Unrestricted; 1 [TBD] | Other;
    1 Total Small Business Set-Aside | 8(a) Competitive; 1 Total Small Business Set-Aside | WOSB Competitive
""")
SOLUTIONS = texts("""
    237 Open Market Solutions; 114 [TBD]; 71 Other Government-wide Solutions;
    35 Sources Identified in FAR 8.002 and 8.003;
    21 Small Business Strategy / OMB Preferred BIC Solutions; 16 OMB Mandatory Best-In-Class Solution;
    6 Justice Preferred Solutions; 6 Justice Mandatory Solutions
""")
AVAILABILITY = texts("""
    239 Bureau-wide; 188 Single Office, Board or Division; 50 [TBD]; 15 Other; 11 Government-wide; 3 Department-wide
""")
LENGTHS = texts("""
    339 Base +4 Option Periods; 118 Base Period Only; 29 [TBD]; 9 Greater than Base +4 Option Periods;
    6 Base +2 Option Periods; 5 Base +3 Option Periods
""")
VALUES = Mix(
    {
        (25_000, 500_000): 115,
        (50_000, 1_000_000): 90,
        (1_000_000, 10_000_000): 148,
        (5_000_000, 35_000_000): 100,
    }
    | {(5_000_000, 100_000_000): 32, (50_000_000, 300_000_000): 16, (500_000_000, 2_000_000_000): 5}
)
"""Width of a step, and up to where."""
PLACES = texts("""
    100 Washington, DC; 69 [TBD]; 63 [Nationwide]; 20 Fort Worth, TX; 20 Arlington, VA; 20 Bastrop, TX;
    16 Worcester, MA; 16 Talladega, AL; 16 Bruceton Mills, WV; 16 Green Bay, WI; 15 Lexington, KY; 15 Orlando, FL;
    15 SeaTac, WA; 14 Yazoo City, MS; 14 Brooklyn, NY; 13 Baltimore, MD; 13 Phoenix, AZ; 13 Atwater, CA;
    13 Oklahoma City, OK; 13 Atlanta, GA; 13 Miami, FL; 2 [Many locations across the United States]
""")
SHARED = Mix({1: 480, 2: 5, 3: 2})
NOVELTY = tuples("364 Re-compete Award | named; 139 New Award | -; 3 New Award | named")
LINKS = texts(
    "430 -; 16 N/A; 8 UNK; 6 SAM.GOV; 6 https://www.unisonglobal.com; 40 https://sam.gov/workspace/contract/opp"
)
REMARKS = texts("468 -; 27 N/A; 2 UNK; 3 CURRENT CONTRACT IS EXPIRED.; 6 RCA packet submitted")
AHEAD = Mix({1: 55, 0: 42, 2: 2, 3: 1})  # quarters from entry to solicitation
GAP = Mix({0: 174, 1: 186, 2: 95, 3: 26, 4: 12, 5: 13})  # quarters to the award
RFI = texts("223 Yes; 188 No; 95 TBD")
