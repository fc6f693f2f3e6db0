"""Invented words for invented purchases: titles, descriptions, people, firms and contract numbers.

No person, firm or mailbox here exists: what a demo shows must not be mistaken for a fact.
"""

from random import Random

from prospect_aggregate.sandbox.chance import names
from prospect_aggregate.sandbox.trades import Trade

QUALIFIERS = names("""
    for the Northern District; at Site 4; at Building 12; for Field Offices; for Regional Offices; Base Year;
    Option Year 2; Phase II; for Headquarters; for the Data Center; for the Western Region; Nationwide;
    for the Training Academy; at Three Locations; for Mission Support; for Shared Services; for Building 40;
    for the Eastern Region; for Program Staff; FY27; for the Annex; at Two Sites; for the Support Center
""")
PROGRAMS = names("""
    HARBORLIGHT; TALLGRASS; OSPREY II; MERIDIAN; CEDAR; BLUEFIN; KEYSTONE-R; LANTERN; QUARRY; NORTHLINE;
    SEXTANT; PLUMB; ATRIUM; RIVERSTONE; COPPERLEAF; TIDEMARK
""")
GIVEN = names("""
    Adela; Brannon; Cosima; Dorrell; Elspet; Fenwick; Ginevra; Hollis; Isolde; Jorah; Kestrel; Leopold;
    Marisol; Nevin; Ottilie; Perrin; Quilla; Rosalind; Soren; Tamsin; Ulric; Vesna
""")
FAMILY = names("""
    Ashgrove; Bellmere; Carrowick; Dunfell; Eastmarch; Fairholt; Greywell; Hartsease; Inglebrook;
    Juniperton; Kilnworth; Larkspire; Mossgate; Northquist; Oakenshade; Pellworth; Quarrington;
    Rushmead; Silverlode; Thornlea; Underhay; Wexcombe; Yarrowby
""")
FIRM_STEMS = names("""
    Corvantis; Ostrelle; Wexmoor; Brindlecove; Talvora; Kestermont; Ferrowyn; Quillmark; Sandoval Reach;
    Nimbrel; Harrowgate Point; Yelverton Bay; Ardenfoss; Pellucid Harbor; Zephrane; Lumenvale;
    Marrowstone Creek; Evenlode; Trisketon; Oxbow Fell; Vantorre; Calderwyck
""")
FIRM_TRADES = (
    "Systems",
    "Federal",
    "Marine",
    "Technologies",
    "Builders",
    "Analytics",
    "Logistics",
    "Engineering",
    "Partners",
    "Government Solutions",
    "Instruments",
    "Joint Venture",
)
FIRM_FORMS = (", LLC", " Inc.", " LLC", ", INC.", " Corporation", "", " JV", " Co.")
AIMS = names("""
    replace equipment that has reached the end of its service life;
    continue services now under contract; meet a requirement laid down in the program's charter;
    reduce the backlog reported last year; support field staff in all regions;
    restore capacity lost since the last award
""")
CONDITIONS = names("""
    The place of performance may change.; A site visit is planned.; Funding is subject to availability.;
    Brand name or equal.; The period includes one base year and four options.;
    Market research is under way, vendors need not respond to this notice.; Delivery is FOB destination.
""")


def title(trade: Trade, chance: Random) -> str:
    """A title as offices write them: mostly plain, at times with a program's name, a site or capitals."""
    text = f"{chance.choice(trade.things)} {chance.choice(trade.works)}"
    style = chance.random()
    if style < 0.3:
        text = f"{chance.choice(PROGRAMS)} {text}"
    if style > 0.15:
        text = f"{text} {chance.choice(QUALIFIERS)}"
    return text.upper() if chance.random() < 0.06 else text


def description(subject: str, chance: Random, *, between: str = " ") -> str:
    """A few sentences around the title, with a blank or a line break between them."""
    opening = f"The Government intends to procure {subject} to {chance.choice(AIMS)}."
    return between.join([opening, *chance.sample(CONDITIONS, chance.randint(0, 4))])


def person(chance: Random) -> tuple[str, str]:
    return chance.choice(GIVEN), chance.choice(FAMILY)


def mail(given: str, family: str) -> str:
    return f"{given}.{family}@example.gov".lower()


def phone(chance: Random) -> str:
    """From the block of numbers that is kept for fiction; rarely with an extension."""
    extension = f" ext. {chance.randint(1000, 9999)}" if chance.random() < 0.01 else ""
    return f"(202) 555-01{chance.randint(0, 99):02d}{extension}"


def firm(chance: Random) -> str:
    name = chance.choice(FIRM_STEMS) + f" {chance.choice(FIRM_TRADES)}" + chance.choice(FIRM_FORMS)
    return name.upper() if chance.random() < 0.2 else name


def contract_number(office: str, chance: Random) -> str:
    """In the shape of a federal number: 17 characters for an office of six, which should be invented."""
    return f"{office}{chance.randint(18, 26)}{chance.choice('CFPA')}{chance.randint(1, 99_999_999):08d}"
