"""Vocabularies of NASA's forecast, with the counts of 2026-05-13 (145 rows).

Where a published text holds a semicolon (in PSC titles), a comma stands here.
"""

from prospect_aggregate.sandbox.chance import texts, tuples

OFFICES = tuples("""
    22 KSC | OPCS0; 13 JSC | BH; 9 AFRC | 210; 8 KSC | OPMS0; 6 ARC | JAI; 6 NSSC | ; 6 NSSC | XD041; 6 SSC | ;
    5 KSC | OPLS0; 5 ARC | JAC; 5 ITPO | Software; 4 MSFC | PS50; 4 KSC | OPOS0; 4 ITPO | Enterprise;
    4 GRC | CHC0; 3 LaRC | B102; 3 GSFC | 178; 3 GRC | CHB0; 2 GSFC | ; 2 GSFC | 174; 2 ITPO | ; 2 ARC | JAZ;
    2 JSC | BL; 2 HQ | 173; 2 JSC | BR; 2 LaRC | B103; 2 SSC | XD047; 1 MSFC | ; 1 MSFC | PS30; 1 JSC | BG;
    1 HQ | ; 1 MSFC | PS20; 1 MSFC | PS70; 1 GSFC | 171; 1 MSFC | PS32; 1 GRC | ; 1 JSC | BC; 1 AFRC |
""")
LIVE = tuples(
    "96 Revised | Acquisition Planning; 18 New | Acquisition Planning; 8 Revised | Evaluation Stage"
)
OUTCOMES = tuples("""
    108 N/A | ; 7 Awarded | Awarded; 4 Awarded | Acquisition Planning; 3 Awarded | Evaluation Stage;
    5 Withdrawn | Cancelled; 3 Withdrawn | Acquisition Planning; 1 Withdrawn | Awarded
""")
"""Of rows that have been on the list for a while; 23 of 145 have one."""
REASONS = texts("""
    4 Not Open Market; 1 This is not a competitive requirement.; 1 Funding Availability; 1 Insourcing;
    2 This requirement is being withdrawn due to the extension of the current contract.
""")
PLACES = tuples("""
    22 KSC | FL | United States; 15 TBD | Nationwide US | United States; 10 | Nationwide US | United States;
    9 Stennis Space Center | MS | United States; 8 Houston | TX | United States;
    8 Moffett Field | CA | United States; 5 Kennedy Space Center | FL | United States;
    4 Edwards | CA | United States; 3 Greenbelt | MD | United States; 3 Huntsville | AL | United States;
    3 TBD | To Be Determined | United States; 3 TBD | FL | United States; 3 TBD | OH | United States;
    3 | VA | United States; 3 N/A | Not Applicable | Not Applicable; 2 Hampton | VA | United States;
    2 TBD | To Be Determined | To Be Determined; 2 ksc | FL | United States; 2 Edwards AFB | CA | United States;
    1 TBD | CO | United States; 1 TBD | CA | United States; 1 TBD | AL | United States;
    1 TBD | Nationwide US | To Be Determined; 1 Not Applicable | Not Applicable | United States;
    1 Multiple | Nationwide US | United States; 1 TBD | | ; 1 TBD | TX | United States;
    1 greenbelt | MD | United States; 1 Las Cruces | NM | United States; 1 TBD | MS | United States;
    1 TBD | DC | United States; 1 Fairmont | WV | United States; 1 Downers Grove | IL | United States;
    1 MOFFETT FIELD | CA | United States; 1 Washington | DC | United States; 1 Middleton | WI | United States;
    1 Mountain View | CA | United States; 1 Multiple | FL | United States; 1 Madison | WI | United States;
    1 Salt Lake City | UT | United States; 1 Moffett Field, CA | CA | United States; 1 | AL | United States;
    1 | To Be Determined | United States; 1 MSFC Huntsville | AL | United States; 1 Huntsville | | ;
    1 To Be Determined | To Be Determined | To Be Determined; 1 Boulder | CO | United States;
    1 Nationawide US City | Nationwide US | United States; 1 Cleveland | OH | United States;
    1 | AZ | United States; 1 | CA | United States; 1 Nationwide | Nationwide US | United States
""")
NAICS = tuples("""
    35 541715 | Research and Development in the Physical, Engineering, and Life Sciences (except Nanotechnology and
    Biotechnology); 18 236220 | Commercial and Institutional Building Construction; 7 541330 | Engineering Services;
    6 513210 | Software Publishers; 5 927110 | Space Research and Technology; 4 561210 | Facilities Support Services;
    4 334511 | Search, Detection, Navigation, Guidance, Aeronautical, and Nautical System and Instrument Manufacturing;
    3 541512 | Computer Systems Design Services; 3 541511 | Custom Computer Programming Services;
    3 541519 | Other Computer Related Services; 5 325120 | Industrial Gas Manufacturing;
    3 541614 | Process, Physical Distribution, and Logistics Consulting Services;
    3 541990 | All Other Professional, Scientific, and Technical Services; 3 541380 | Testing Laboratories and Services;
    4 336414 | Guided Missile and Space Vehicle Manufacturing; 3 238160 | Roofing Contractors;
    3 621999 | All Other Miscellaneous Ambulatory Health Care Services; 3 517810 | All Other Telecommunications;
    4 541513 | Computer Facilities Management Services; 4 236210 | Industrial Building Construction;
    2 811310 | Commercial and Industrial Machinery and Equipment (except Automotive and Electronic) Repair and
    Maintenance; 2 541620 | Environmental Consulting Services; 2 561612 | Security Guards and Patrol Services;
    3 334515 | Instrument Manufacturing for Measuring and Testing Electricity and Electrical Signals;
    3 237310 | Highway, Street, and Bridge Construction; 3 561920 | Convention and Trade Show Organizers;
    3 336419 | Other Guided Missile and Space Vehicle Parts and Auxiliary Equipment Manufacturing;
    3 481212 | Nonscheduled Chartered Freight Air Transportation; 1 |
""")
PSC = tuples("""
    12 R425 | SUPPORT- PROFESSIONAL: ENGINEERING/TECHNICAL; 11 Y1 | CONSTRUCTION OF BUILDINGS;
    9 DA10 | IT AND TELECOM - BUSINESS APPLICATION/APPLICATION DEVELOPMENT SOFTWARE AS A SERVICE;
    8 AR11 | SPACE R&D SERVICES, SPACE FLIGHT, RESEARCH AND SUPPORTING ACTIVITIES, BASIC RESEARCH;
    6 R499 | SUPPORT- PROFESSIONAL: OTHER; 6 R706 | SUPPORT- MANAGEMENT: LOGISTICS SUPPORT;
    6 V126 | TRANSPORTATION/TRAVEL/RELOCATION- TRANSPORTATION: SPACE TRANSPORTATION/LAUNCH;
    6 AR12 | SPACE R&D SERVICES, SPACE FLIGHT, RESEARCH AND SUPPORTING ACTIVITIES, APPLIED RESEARCH;
    6 AS11 | TRANSPORTATION R&D SERVICES, SURFACE TRANSPORTATION, PUBLIC TRANSIT, AND RAIL, BASIC RESEARCH;
    5 AR15 | SPACE R&D SVCS, SPACE FLIGHT, RESEARCH & SUPPORTING ACTIVITIES, R&D FACILITIES & MAJ EQUIP;
    5 J059 | MAINT/REPAIR/REBUILD OF EQUIPMENT- ELECTRICAL AND ELECTRONIC EQUIPMENT COMPONENTS;
    5 AJ13 | GENERAL SCIENCE & TECHNOLOGY R&D SVCS, GENERAL SCIENCE & TECHNOLOGY, EXPERIMENTAL DEVELOPMENT;
    3 66 | INSTRUMENTS AND LABORATORY EQPT; 5 Z2JZ | REPAIR OR ALTERATION OF MISCELLANEOUS BUILDINGS;
    5 AJ11 | GENERAL SCIENCE AND TECHNOLOGY R&D SERVICES, GENERAL SCIENCE AND TECHNOLOGY, BASIC RESEARCH;
    4 R699 | SUPPORT- ADMINISTRATIVE: OTHER; 4 R408 | SUPPORT- PROFESSIONAL: PROGRAM MANAGEMENT/SUPPORT;
    2 R | SUPPORT SVCS (PROF, ADMIN, MGMT); 4 Y1EZ | CONSTRUCTION OF OTHER INDUSTRIAL BUILDINGS;
    4 7030 | ADP SOFTWARE; 4 4210 | FIRE FIGHTING EQUIPMENT; 4 S206 | HOUSEKEEPING- GUARD;
    4 1555 | SPACE VEHICLES; 4 R799 | SUPPORT- MANAGEMENT: OTHER; 1 25 | VEHICULAR EQUIPMENT COMPONENTS;
    1 C1 | ARCH-ENG SVCS - CONSTRUCTION; 1 43 | PUMPS AND COMPRESSORS; 4 K099 | MODIFICATION OF EQUIPMENT-
    MISCELLANEOUS; 4 S112 | UTILITIES- ELECTRIC; 1 |
""")
DIRECTORATES = texts("""
    37 Mission Support Directorate (MSD); 20 Science Mission Directorate (SMD);
    18 Exploration Systems Development Mission Directorate; 12 Aeronautics Research Mission Directorate (ARMD);
    11 Space Technology Mission Directorate (STMD); 9 Mission Support Directorate;
    8 Office of the Chief Information Officer (OCIO); 7 Space Operations Mission Directorate (SOMD);
    4 Human Exploration and Operations Mission Directorate; 4 Office of Strategic Infrastructure;
    2 Science Mission Directorate; 2 Office of the Chief Engineer; 5 Office of Safety and Mission Assurance (OSMA);
    3 Space Operations Mission Directorate (SOMD)#Exploration Systems Development Mission Directorate;
    3 Office of Communications (OCOMM)#Mission Support Directorate (MSD)
""")
"""A `#` stands for SharePoint's `;#` between several."""
QUARTERS = {
    "closed": tuples("""
        1 -8 | -3; 1 -6 | -3; 1 -5 | -3; 1 -5 | -1; 2 -4 | -3; 1 -4 | -2; 2 -3 | -3; 2 y-1 | -5; 1 -2 | -1;
        4 -1 | 0; 1 -1 | 1; 1 0 | 2; 2 y0 | 3; 1 4 | 5
    """),
    "under way": tuples("""
        1 -12 | 0; 1 -9 | 0; 1 -9 | -1; 1 -6 | -6; 1 -6 | 0; 1 -6 | -3; 2 -4 | 0
    """),
    "live": tuples("""
        1 -26 | -1; 1 -6 | -2; 1 -5 | 0; 1 -4 | 0; 1 -4 | 2; 1 -4 | 1; 3 -3 | 0; 1 -3 | 4; 1 -3 | 3; 1 -3 |
        1; 1 y-1 | y0; 1 y-1 | -6; 1 y-1 | -1; 2 -2 | -1; 1 -2 | 4; 1 -2 | -2; 6 -1 | 0; 4 -1 | 1; 2 -1 |
        -1; 1 -1 | y0; 1 -1 | 2; 1 -1 | 5; 1 -1 | 3; 10 0 | 1; 5 0 | 0; 1 0 | 2; 1 0 | 7; 1 0 | 3; 5 1 | 1;
        2 1 | 2; 2 1 | 3; 1 1 | 5; 1 1 | y1; 4 y0 | y0; 4 y0 | 1; 3 y0 | y1; 2 y0 | 0; 1 y0 | 4; 1 y0 | 8; 1
        y0 | 5; 1 y0 | 2; 1 2 | 11; 1 2 | y2; 1 2 | 3; 1 3 | 3; 1 3 | 6; 1 3 | 7; 1 3 | 5; 1 4 | 4; 1 4 | 8;
        1 4 | 7; 2 y1 | y2; 2 y1 | 5; 2 y1 | 7; 1 y1 | 6; 1 6 | 7; 1 6 | 10; 1 6 | 9; 1 7 | 9; 1 8 | 16; 1 8
        | 12; 1 y2 | 12; 1 y2 | 11; 1 11 | 14; 1 12 | 16; 1 12 | 14; 1 12 | 15; 1 13 | 13; 1 y3 | y4; 1 y3 |
        13; 1 22 | 28
    """),
}
"""Solicitation and award in quarters from now, or `y1`: some time in the fiscal year after this one.

By solicitation, so that drawing by turns keeps the share of those that are past."""
VALUES = texts("""
    27 $250M - $500M; 22 $20.1M - $50M; 13 $50.1M - $100M; 12 $2.1M - $5M; 12 $10.1M - $20M; 11 $100M - $250M;
    10 $1.1M - $2M; 9 $5.1M - $10M; 8 $251K - $500K; 7 $501K - $1M; 4 Over $1B; 2 >$100M; 2 $5M - $25M;
    2 $500M - $999M; 1 $25M - $50M; 1 $250K - $1M
""")
SET_ASIDES = tuples("""
    36 To Be Determined | To Be Determined; 22 No set aside used | Full and Open Competition;
    12 To Be Determined | Full and Open Competition; 10 Small Business Set Aside - Total | To Be Determined;
    7 Small Business Set Aside - Total | Full and Open Competition; 7 Small Business Set Aside - Total | Not Competed;
    6 8a Competed | To Be Determined; 5 To Be Determined | Competed under SAP; 4 To Be Determined | Not Competed;
    3 8a Competed | Full and Open Competition; 3 SBA Small Business Set Aside - Total | To Be Determined;
    3 Small Business Set Aside - Total | Full and Open Competition after exclusion of sources;
    3 No set aside used | To Be Determined; 2 SBA Small Business Set Aside - Total | Full and Open Competition;
    2 8a Competed | Full and Open Competition after exclusion of sources; 1 No set aside used. | To Be Determined;
    3 Women-Owned Small Business | Full and Open Competition after exclusion of sources;
    2 To Be Determined | Full and Open Competition after exclusion of sources; 2 No set aside used | Not Competed;
    1 No set aside used | Competed under SAP; 3 Full and Open with SB Reserves | Full and Open Competition;
    1 Small Business Set Aside - Partial | Full and Open Competition after exclusion of sources;
    1 Service-Disabled Veteran-Owned Small Business Set Aside | Full and Open Competition;
    1 SDVOSB Sole Source | Not Competed; 1 8(a) Sole Source | Not Competed; 1 8a Competed | Not Competed;
    1 Small Business Set Aside - Total | Not Available for Competition;
    1 No set aside used | Not Available for Competition
""")
OPTIONS = tuples("""
    57 No | | ; 34 To be determined | | ; 13 Yes | 2 years | 3 years; 12 Yes | 1 year | 4 years;
    7 Yes | 1 year | 1 year; 3 Yes | 1 year | 5 years; 3 Yes | 2 years | 2 years; 3 Yes | 2 years | 1 year;
    2 Yes | 2 years | More than 5 years; 3 Yes | 5 years | 2 years; 3 Yes | 3 years | 2 years;
    2 Yes | More than 5 years | 1 year; 1 Yes | 3 years | 5 years
""")
LENGTHS = texts("""
    73 5 years; 18 Less than 1 year; 15 2 years; 13 1 year; 13 More than 5 years; 6 3 years; 5 4 years
""")
CONTRACT_TYPES = texts("""
    83 Firm Fixed Price; 28 To Be Determined; 20 Cost Plus Fixed Fee; 4 Cost Plus Award Fee; 2 N/A;
    3 Order Dependent (IDV allows pricing arrangement to be determined separately for each order);
    2 Fixed Price Level of Effort; 1 Fixed Price with Economic Price Adjustment
""")
AWARD_TYPES = texts("""
    39 TBD; 28 New Single Award IDIQ contract; 20 Purchase Order; 16 Definitive Contract;
    15 New contract other than IDIQ; 14 New Multiple Award IDIQ contract; 5 New BPA awarded pursuant to FAR 13.303-2;
    2 New Blanket Purchase Agreement (BPA) awarded against a Federal Supply Schedule (FAR 8.405-3);
    1 Order against a Federal Supply Schedule or other Government Wide Contract Vehicle; 1 Cooperative Agreement;
    1 Contract award pursuant to FAR 13.5; 1 New Basic Ordering Agreement (BOA); 1 Delivery Order; 1 BPA Call
""")
SERVICE_LINES = texts("""
    58 N/A; 23 Construction; 20 Engineering; 8 Facilities Operations; 7 Software; 6 IT Services;
    3 Protective Services; 3 Occupational Health; 3 A&E Services; 3 Logistics; 2 Administrative Services;
    2 Communication Services; 2 Propellants; 2 Acquisition Support Services; 1 Environmental Remediation
""")
REQUIREMENTS = texts("""
    54 Services; 29 To Be Determined; 23 Construction (Incl. A&E); 16 Supplies (Incl. Equipment);
    14 Research & Development; 2 Other
""")
FUNDING = texts("126 Agency Funded; 13 To Be Determined; 4 Other Agency Funded")
