"""What agencies buy: NAICS codes with their official titles, and invented things bought under each."""

from collections.abc import Iterator
from typing import NamedTuple

from prospect_aggregate.sandbox.chance import Mix, names, texts


class Trade(NamedTuple):
    code: str
    text: str
    things: tuple[str, ...]
    works: tuple[str, ...]


def trades(counted: str) -> Mix[Trade]:
    """`97 541519; 88 336611`: how often an agency buys under which code."""
    return Mix({TRADES[code]: weight for code, weight in texts(counted).weights.items()})


def _family(things: str, works: str, codes: str) -> Iterator[Trade]:
    for item in names(codes):
        code, text = item.split(" ", 1)
        yield Trade(code, text, names(things), names(works))


# 511210 and 517919 were retired in 2022 and are still published.
_ALL = (
    *_family(
        things="""
            Case Management System; Identity Governance Platform; Network Monitoring Licenses; Data
            Warehouse; Help Desk Portal; Records Digitization Tool; Endpoint Security Suite;
            Geospatial Viewer; Grants Workflow; Cloud Hosting; Video Analytics Software; Travel
            Ledger Interface; Model Output Archive; Storage Array; Directory Services
        """,
        works="""
            Renewal; Modernization; Operations and Maintenance; Migration; Licenses and Support;
            Development; Refresh
        """,
        codes="""
            541519 Other Computer Related Services; 541512 Computer Systems Design Services; 541511
            Custom Computer Programming Services; 511210 Software Publishers; 513210 Software
            Publishers; 518210 Computing Infrastructure Providers, Data Processing, Web Hosting, and
            Related Services; 519290 Web Search Portals and All Other Information Services; 517810
            All Other Telecommunications; 517919 All Other Telecommunications; 423430 Computer and
            Computer Peripheral Equipment and Software Merchant Wholesalers
        """,
    ),
    *_family(
        things="""
            Mass Spectrometer; Tide Gauge; Radiosonde; Cryogenic Probe; X-Ray Scanner; Spectrum
            Analyzer; Weather Radar; Scanning Microscope; Etch Chamber; Sonar Transducer; Gas
            Chromatograph; Interferometer; Handheld Radio; Wave Buoy; Calibration Source
        """,
        works="""
            Purchase; Service Agreement; Installation; Preventive Maintenance; Refurbishment;
            Upgrade; Lease
        """,
        codes="""
            334111 Electronic Computer Manufacturing; 334112 Computer Storage Device Manufacturing;
            334511 Search, Detection, Navigation, Guidance, Aeronautical, and Nautical System and
            Instrument Manufacturing; 334516 Analytical Laboratory Instrument Manufacturing; 334413
            Semiconductor and Related Device Manufacturing; 334519 Other Measuring and Controlling
            Device Manufacturing; 334220 Radio and Television Broadcasting and Wireless
            Communications Equipment Manufacturing; 334517 Irradiation Apparatus Manufacturing;
            811210 Electronic and Precision Equipment Repair and Maintenance; 811310 Commercial and
            Industrial Machinery and Equipment (except Automotive and Electronic) Repair and
            Maintenance
        """,
    ),
    *_family(
        things="""
            Program Management Office; Acquisition Support; Cost Estimating; Strategic Planning;
            Independent Verification; Workforce Survey; Audit Readiness; Records Management; Grants
            Review; Risk Assessment; Curriculum; Economic Analysis; Stakeholder Outreach; Policy
            Analysis
        """,
        works="""
            Support Services; Consulting; Technical Assistance; Task Order; Study; Surge Support;
            Facilitation
        """,
        codes="""
            541611 Administrative Management and General Management Consulting Services; 541612
            Human Resources Consulting Services; 541614 Process, Physical Distribution, and
            Logistics Consulting Services; 541618 Other Management Consulting Services; 541219 Other
            Accounting Services; 561110 Office Administrative Services; 611430 Professional and
            Management Development Training
        """,
    ),
    *_family(
        things="""
            Custodial; Guard; Grounds; Cafeteria; Moving and Storage; Pest Control; Access Badge;
            Lodging; Interpreter; Background Check; Medical Waste; Mail Room; Fitness Center;
            Vehicle Fleet
        """,
        works="""
            Services; Services Follow-On; Blanket Agreement; Maintenance; Support Contract; Services
            Bridge
        """,
        codes="""
            561990 All Other Support Services; 561210 Facilities Support Services; 561612 Security
            Guards and Patrol Services; 561611 Investigation and Personal Background Check Services;
            561621 Security Systems Services (except Locksmiths); 561720 Janitorial Services; 541930
            Translation and Interpretation Services; 721110 Hotels (except Casino Hotels) and
            Motels; 722310 Food Service Contractors; 562910 Remediation Services
        """,
    ),
    *_family(
        things="""
            Fisheries Observer; Coastal Habitat; Hydrographic; Shoreline; Water Level; Sediment; Wetland;
            Marine Mammal; Ocean Heat; Storm Surge; Airborne Lidar; Nautical Chart; Coral Reef; Estuary
        """,
        works="Survey; Mapping Task Order; Field Sampling; Monitoring; Assessment; Data Processing; Modeling",
        codes="""
            541620 Environmental Consulting Services; 541370 Surveying and Mapping (except Geophysical)
            Services; 541360 Geophysical Surveying and Mapping Services
        """,
    ),
    *_family(
        things="""
            Measurement Science; Post-Doctoral; Statistical Methods; Peer Review; Data Quality; Aerosol
            Chemistry; Materials Durability; Technical Editing; Standards Development; Instrument Testing;
            Risk Modeling; Human Factors; Genetic Sampling; Visiting Scientist
        """,
        works="Research Support; Study; Task Order; Data Analysis; Services; Technical Support; Assessment",
        codes="""
            541690 Other Scientific and Technical Consulting Services; 541990 All Other Professional,
            Scientific, and Technical Services; 541715 Research and Development in the Physical,
            Engineering, and Life Sciences (except Nanotechnology and Biotechnology)
        """,
    ),
    *_family(
        things="""
            Boathouse; Checkpoint Canopy; Laboratory Wing; Perimeter Fence; Chiller Plant; Barracks
            Roof; Radar Tower; Fuel Pier; Visitor Entrance; Backup Generator; Fire Alarm System;
            Boiler House; Hangar Doors; Parking Structure; Seawall; Elevator Bank
        """,
        works="Repair; Replacement; Renovation; Construction; Design-Build; Upgrade; Recapitalization",
        codes="""
            541330 Engineering Services; 236220 Commercial and Institutional Building Construction;
            236210 Industrial Building Construction; 237990 Other Heavy and Civil Engineering
            Construction; 238160 Roofing Contractors; 238210 Electrical Contractors and Other Wiring
            Installation Contractors; 238220 Plumbing, Heating, and Air-Conditioning Contractors;
            238290 Other Building Equipment Contractors
        """,
    ),
    *_family(
        things="""
            Cutter Drydock; Buoy Tender Hull; Patrol Boat Engine; Survey Launch; Shaft Seal; Davit
            Assembly; Reduction Gear; Bow Thruster; Ballast Pump; Anchor Windlass; Rudder Stock;
            Exhaust Silencer
        """,
        works="""
            Availability; Overhaul; Spares; Dockside Repair; Replacement Parts; Depot Maintenance;
            Renewal
        """,
        codes="""
            336611 Ship Building and Repairing; 336612 Boat Building; 333618 Other Engine Equipment
            Manufacturing
        """,
    ),
    *_family(
        things="""
            Main Rotor Blade; Turbine Nozzle; Landing Gear Strut; Avionics Rack; Hoist Motor;
            Actuator Kit; Coupling Set; Gearbox Housing; Hydraulic Manifold; Tail Skid; Fuel
            Quantity Probe; Trailer Chassis
        """,
        works="""
            Spare Parts; Repair and Overhaul; Purchase; Procurement; Inspection and Repair;
            Manufacture
        """,
        codes="""
            336413 Other Aircraft Parts and Auxiliary Equipment Manufacturing; 488190 Other Support
            Activities for Air Transportation; 333612 Speed Changer, Industrial High-Speed Drive,
            and Gear Manufacturing; 336212 Truck Trailer Manufacturing
        """,
    ),
    *_family(
        things="""
            Service Pistol; Duty Ammunition; Body Armor; Training Round; Holster; Night Sight;
            Canine Kennel; Uniform
        """,
        works="Purchase; Delivery Order; Replacement; Spares; Procurement",
        codes="""
            332994 Small Arms, Ordnance, and Ordnance Accessories Manufacturing; 332992 Small Arms
            Ammunition Manufacturing
        """,
    ),
)
TRADES = {trade.code: trade for trade in _ALL}
