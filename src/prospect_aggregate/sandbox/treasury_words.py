"""Vocabularies of Treasury's forecast, with the counts of the download of 2026-05-14 (202 rows).

Where a published text holds a semicolon (in PSC titles), a comma stands here; `-` is an empty cell.
"""

from prospect_aggregate.sandbox.chance import texts, tuples

BUREAUS = tuples("""
    42 FINANCIAL CRIME ENFORCEMENT NETWORK | INFORMATION TECHNOLOGY | FIN;
    38 INTERNAL REVENUE SERVICE | CHIEF INFORMATION OFFICER | IRS-Cyber;
    23 BUREAU OF THE FISCAL SERVICE | ADMINISTRATIVE RESOURCE CENTER | TFS-RQTS;
    18 ALCOHOL AND TOBACCO TAX AND TRADE BUREAU | OFFICE OF ASST ADMIN INFO RES/CIO | TTB-OCIO;
    11 INTERNAL REVENUE SERVICE | HUMAN CAPITAL OFFICER | IRS-HCO1-25;
    9 BUREAU OF ENGRAVING AND PRINTING | OFFICE OF FACILITIES SUPPORT | BEP-25;
    7 INTERNAL REVENUE SERVICE | CRIMINAL INVESTIGATION | IRS-CIDV-25;
    6 FINANCIAL CRIME ENFORCEMENT NETWORK | GENREAL OPERATIONS | FIN-50500-25;
    6 FINANCIAL CRIME ENFORCEMENT NETWORK | - | FIN;
    4 BUREAU OF THE FISCAL SERVICE | BUREAU OF FISCAL SERVICE | TFS-ACQWS1-25;
    3 BUREAU OF ENGRAVING AND PRINTING | OFFICE OF PRODUCT DEVELOPMENT | BEP-25;
    3 INTERNAL REVENUE SERVICE | APPEALS | IRS-APPZ-25;
    3 INTERNAL REVENUE SERVICE | AGENCY WIDE SUPPORT SERVICES | IRS-FMSS-25;
    3 INTERNAL REVENUE SERVICE | PRIVACY, GOVT LIAISON  DISCLOSURE | IRS-PGLD-25;
    4 INTERNAL REVENUE SERVICE | CHIEF FINANCIAL OFFICER | IRS-UNST-25;
    2 INTERNAL REVENUE SERVICE | SMALL BUSINESS/SELF EMPLOYED | IRS-SBSE-25;
    3 OFFICE OF THE INSPECTOR GENERAL FOR TAX ADMINISTRATION | GENERAL INVESTIGATIONS | TGT-TBD-25;
    11 BUREAU OF ENGRAVING AND PRINTING | OFFICE OF MANUFACTURING SUPPORT WCF | BEP-25;
    4 BUREAU OF THE FISCAL SERVICE | FISCAL SERVICE | CIO-20251001-25;
    1 COMMUNITY DEVELOPMENT FINANCIAL INSTITUTIONS | INFORMATION TECHNOLOGY | CDFI;
    1 FINANCIAL CRIME ENFORCEMENT NETWORK | Facilities and Property Management | FIN
""")
STAGES = tuples("""
    68 Market Research | FY 2025 Q4; 36 Market Research | FY 2025 Q3; 11 Closed | FY 2025 Q2;
    7 Market Research | FY 2025 Q2; 7 Closed | FY 2025 Q1; 6 Canceled | FY 2025 Q2; 5 Selection | FY 2025 Q2;
    5 Market Research | FY 2027 Q2; 4 Market Research | FY 2026 Q3; 4 Market Research | FY 2026 Q4;
    4 Market Research | FY 2027 Q4; 4 Market Research | FY 2027 Q3; 3 Evaluation | FY 2025 Q3;
    3 Selection | FY 2025 Q1; 3 IPT - Integrated Product/Project Team | FY 2026 Q1; 3 Market Research | FY 2028 Q2;
    3 Market Research | FY 2026 Q2; 2 Market Research | FY 2025 Q1; 2 Market Research | FY 2026 Q1;
    2 Canceled | FY 2025 Q1; 2 Selection | FY 2025 Q3; 2 Evaluation | FY 2025 Q2; 2 Market Research | FY 2028 Q4;
    1 Solicitation | FY 2025 Q2; 1 Solicitation | FY 2025 Q4; 1 Solicitation | FY 2025 Q3;
    1 Selection | FY 2026 Q1; 1 Canceled | FY 2025 Q4; 1 IPT - Integrated Product/Project Team | FY 2025 Q3;
    1 IPT - Integrated Product/Project Team | FY 2025 Q2; 1 Selection | FY 2025 Q4; 1 Market Research | FY 2028 Q3;
    1 Market Research | FY 2027 Q1; 1 Market Research | FY 2028 Q1; 1 Market Research | FY 2029 Q1;
    1 Market Research | FY 2029 Q2; 1 IPT - Integrated Product/Project Team | FY 2025 Q4
""")
VALUES = texts("""
    99 > $10K to < or = $250K; 30 > $250K to < or = $750K; 18 > $2M to < or = $5M; 12 > $5M to < or = $10M;
    12 > $750K to < or = $2M; 11 > $50M to < or = $100M; 8 > $20M to < or = $50M; 7 > $10M to < or = $20M;
    3 < or = $10K; 2 >  $100M
""")
TERMS = tuples("""
    90 Yes | Full and Open Competition with Set-aside After Exclusion of Sources (see FAR 6.2); 32 No | -;
    44 Yes | Other than Full and Open Competition (Sole-source action, including brand-name, see FAR 6.3);
    17 Yes | Full and Open Competition Non-setaside (see FAR 6.1); 2 Yes | -;
    15 No | Full and Open Competition Non-setaside (see FAR 6.1);
    1 No | Full and Open Competition with Set-aside After Exclusion of Sources (see FAR 6.2);
    1 No | Other than Full and Open Competition (Sole-source action, including brand-name, see FAR 6.3)
""")
"""Whether it is set aside, and the extent; 12 of the 32 without an extent are set aside in the download."""
NAICS = texts("""
    99 541519-Other Computer Related Services; 10 541512-Computer Systems Design Services;
    10 541511-Custom Computer Programming Services; 8 513210-Software Publishers; 6 561440-Collection Agencies;
    9 541611-Administrative Management and General Management Consulting Services;
    5 611430-Professional and Management Development Training; 4 561210-Facilities Support Services;
    4 811210-Electronic and Precision Equipment Repair and Maintenance;
    4 811310-Commercial and Industrial Machinery and Equipment (except Automotive and Electronic) Repair and
    Maintenance; 5 322299-All Other Converted Paper Product Manufacturing; 5 541380-Testing Laboratories and Services;
    4 519210-Libraries and Archives; 4 492110-Couriers and Express Delivery Services; 4 541330-Engineering Services;
    3 518210-Computing Infrastructure Providers, Data Processing, Web Hosting, and Related Services;
    3 325120-Industrial Gas Manufacturing; 3 561621-Security Systems Services (except Locksmiths);
    3 238220-Plumbing, Heating, and Air-Conditioning Contractors; 3 561320-Temporary Help Services;
    3 541930-Translation and Interpretation Services; 3 541990-All Other Professional, Scientific, and Technical
    Services
""")
PSC = texts("""
    33 7A21-IT AND TELECOM - BUSINESS APPLICATION SOFTWARE (PERPETUAL LICENSE SOFTWARE);
    23 7A20-IT AND TELECOM - APPLICATION DEVELOPMENT SOFTWARE (PERPETUAL LICENSE SOFTWARE);
    12 DA01-IT AND TELECOM - BUSINESS APPLICATION/APPLICATION DEVELOPMENT SUPPORT SERVICES (LABOR);
    12 7E20-IT and Telecom - End User: Help Desk, Tier 1-2, Workspace, Print, Output, Productivity Tools (HW/Perp SW);
    9 7J20-IT AND TELECOM - SECURITY AND COMPLIANCE PRODUCTS (HARDWARE AND PERPETUAL LICENSE SOFTWARE);
    9 R408-SUPPORT- PROFESSIONAL: PROGRAM MANAGEMENT/SUPPORT; 6 R705-SUPPORT- MANAGEMENT: DEBT COLLECTION;
    7 7B21-IT AND TELECOM - COMPUTE: MAINFRAME (HARDWARE AND PERPETUAL LICENSE SOFTWARE);
    8 R699-SUPPORT- ADMINISTRATIVE: OTHER; 8 9310-PAPER AND PAPERBOARD; 8 U009-EDUCATION/TRAINING- GENERAL;
    8 H270-EQUIPMENT AND MATERIALS TESTING- ADP EQUIPMENT/SOFTWARE/SUPPLIES/SUPPORT EQUIPMENT;
    8 J036-MAINT/REPAIR/REBUILD OF EQUIPMENT- SPECIAL INDUSTRY MACHINERY; 7 U001-EDUCATION/TRAINING- LECTURES;
    7 7C20-IT AND TELECOM - DATA CENTER PRODUCTS (HARDWARE AND PERPETUAL LICENSE SOFTWARE);
    7 DF01-IT AND TELECOM - IT MANAGEMENT SUPPORT SERVICES (LABOR); 6 R602-SUPPORT- ADMINISTRATIVE: COURIER/MESSENGER;
    6 S216-HOUSEKEEPING- FACILITIES OPERATIONS SUPPORT; 6 J059-MAINT/REPAIR/REBUILD OF EQUIPMENT- ELECTRICAL AND
    ELECTRONIC EQUIPMENT COMPONENTS; 6 DC10-IT AND TELECOM - DATA CENTER AS A SERVICE;
    6 R431-SUPPORT- PROFESSIONAL: HUMAN RESOURCES
""")
VEHICLES = texts("""
    80 NASA SEWP (NASA); 61 Other, not listed here; 37 Standalone Contract; 7 GSA Global Supply (GSA);
    5 8(a) STARS III (GSA); 4 GSA MAS; 2 Human Capital and Training Solutions (HCaTS) (GSA); 1 OASIS (GSA);
    2 NIH Information Technology Acquisition and Assessment Center (NITAAC) (NIH);
    1 Multiple Award Schedule - IT (MAS IT) (GSA); 1 VETERAN TECHNOLOGY SERVICES II (VETS II) (GSA);
    1 Reduced Hazard Training Ammunition II (RHTA II) (DHS)
""")
AWARD_TYPES = texts("""
    121 Order (under IDC, BPA, BOA, FSS, or GWAC); 48 Purchase Order (PO); 19 Blanket Purchase Agreement (BPA);
    13 Definitive Contract; 1 Indefinite Delivery Contract (IDC)
""")
CONTRACT_TYPES = texts("""
    191 Fixed-Price (see FAR 16.2); 4 Labor Hour (see FAR 16.602); 3 Agreement (see FAR 16.7);
    2 Indefinite-Delivery (including Requirements, see FAR 16.5); 1 Cost-Reimbursable (see FAR 16.3);
    1 Time-and-Materials (see FAR 16.601)
""")
PLACES = tuples("""
    73 VA | United States; 42 MD | United States; 31 DC | United States; 30 WV | United States; 9 TX | United States;
    4 CA | United States; 3 GA | United States; 2 - | Germany; 2 FL | United States; 2 CO | United States;
    1 Puerto Rico | United States; 1 KY | United States; 1 OK | United States; 1 PA | United States
""")
