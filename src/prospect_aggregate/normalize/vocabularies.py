"""The words agencies use for set-asides, competition, pricing, vehicles, kinds of requirement and phases."""

import re

SET_ASIDE_CODES = frozenset({
    "SBA", "SBP", "8A", "8AN", "HZC", "HZS", "SDVOSBC", "SDVOSBS", "WOSB", "WOSBSS", "EDWOSB", "EDWOSBSS",
    "ISBEE", "IEE", "BICiv", "VSA", "VSS", "LAS",
})  # fmt: skip
"""SAM.gov's codes; beside them stand NONE, TBD and OTHER."""
SOLE_SOURCE_CODES = frozenset({"8AN", "HZS", "SDVOSBS", "WOSBSS", "EDWOSBSS", "VSS"})
TO_BE_DETERMINED = frozenset({
    "tba", "tobedetermined", "tobedertermined", "tobedetermine", "unknowntobedetermined", "tobeannounced",
    "unknown", "unk", "pending",
})  # fmt: skip
"""With what begins with TBD: the placeholders that say "not decided yet". N/A and the like say nothing."""

SET_ASIDE_SYNONYMS = tuple(
    (re.compile(pattern, re.IGNORECASE), f" {word} ")
    for pattern, word in (
        (r"\b8\s?\(?a\)?(?!\w)", "8a"),
        (r"\beconomically[\s-]+disadvantaged[\s-]+wom[ae]n[\s-]+owned(?:\s+small\s+business)?\b", "edwosb"),
        (r"\bwom[ae]n'?s?[\s-]+owned(?:\s+(?:small\s+business|sb))?\b", "wosb"),
        (r"\bservice[\s-]+disabled[\s-]+veteran[\s-]+owned(?:\s+small\s+business)?\b", "sdvosb"),
        (r"\bveteran[\s-]+owned(?:\s+small\s+business)?\b", "vosb"),
        (r"\bsmall\s?business\b", "sb"),
        (r"\bfull(?:[\s_-]*and[\s_-]*|)open\b", "unrestricted"),
        (r"\bsole[\s-]*source[d]?\b", "sole"),
        (r"\bnon[\s-]?set[\s-]?aside\b|\bno set[\s-]?asides?(?: used)?\b", "unrestricted"),
        (r"\bset[\s-]?asides?\b", ""),
    )
)
SET_ASIDE_FILLERS = frozenset({
    "a", "an", "the", "for", "used", "total", "sba", "competitive", "competed", "competition", "only",
    "program",
})  # fmt: skip
"""Words that do not tell one set-aside from another; NASA writes `SBA Small Business Set Aside - Total`."""

SET_ASIDES = {
    frozenset(words.split()): code
    for words, code in {
        "sb": "SBA", "sb partial": "SBP",
        "8a": "8A", "8a sole": "8AN",
        "hubzone": "HZC", "hubzone sole": "HZS", "hubzone sb": "HZC", "hubzone sb sole": "HZS",
        "sdvosb": "SDVOSBC", "sdvosb sole": "SDVOSBS", "wosb": "WOSB", "wosb sole": "WOSBSS",
        "edwosb": "EDWOSB", "edwosb sole": "EDWOSBSS", "vosb": "VSA", "vosb sole": "VSS",
        "indian economic enterprise": "IEE", "indian sb economic enterprise": "ISBEE", "buy indian": "BICiv",
        "local area": "LAS",
        "none": "NONE", "no": "NONE", "unrestricted": "NONE", "other than sb": "NONE",
        "other than small": "NONE", "other": "OTHER", "yes": "OTHER", "abilityone": "OTHER",
        "small disadvantaged business": "OTHER", "disadvantaged sb": "OTHER",
        "unrestricted with sb reserves": "OTHER",
    }.items()
}  # fmt: skip
"""By sets of words: `SOLE SOURCE 8(A)` is `8(a) Sole Source`. One word too many leaves a cell unread."""

COMPETITION = {
    "fullandopen": "full_and_open", "fullandopencompetition": "full_and_open", "fullopen": "full_and_open",
    "unrestricted": "full_and_open", "fullandopenunrestricted": "full_and_open",
    "anunrestrictedcompetition": "full_and_open", "fullandopencompetitionnonsetaside": "full_and_open",
    "fullandopencompetitionafterexclusionofsources": "set_aside", "smallbusiness": "set_aside",
    "fullandopencompetitionwithsetasideafterexclusionofsources": "set_aside", "setaside": "set_aside",
    "solesource": "sole_source",
    "otherthanfullandopencompetitionsolesourceactionincludingbrandnameseefar63": "sole_source",
    "limitedsource": "limited", "limitedsources": "limited", "limitedcompetition": "limited",
    "limited": "limited",
    "competed": "competed", "competitive": "competed", "yes": "competed", "competedundersap": "competed",
    "competitivedeliveryorder": "competed", "followontocompetedaction": "competed",
    "notcompeted": "not_competed", "noncompetitive": "not_competed", "no": "not_competed",
    "notcompetedundersap": "not_competed", "notavailableforcompetition": "not_competed",
    "noncompetitivedeliveryorder": "not_competed",
}  # fmt: skip

CONTRACT_TYPES = {
    key: name
    for name, keys in {
        "firm_fixed_price": "firmfixedprice firmfixedpricecontract ffp",
        "fixed_price": "fixedprice",
        "fixed_price_award_fee": "fixedpriceawardfee",
        "fixed_price_incentive": "fixedpriceincentive fixedpriceincentivefee",
        "fixed_price_epa": "fixedpriceeconomicpriceadjustment fixedpricewitheconomicpriceadjustment",
        "fixed_price_level_of_effort": "fixedpricelevelofeffort",
        "fixed_price_redetermination": "fixedpriceredetermination",
        "time_and_materials": "timeandmaterials timeandmaterial tm",
        "labor_hour": "laborhour laborhours lh",
        "time_and_materials_or_labor_hour": "timeandmaterialslaborhours timeandmaterialslaborhour",
        "cost_plus_fixed_fee": "costplusfixedfee cpff",
        "cost_plus_award_fee": "costplusawardfee cpaf",
        "cost_plus_incentive_fee": "costplusincentivefee costplusincentive cpif",
        "cost_plus": "costplus",
        "cost_reimbursement": "costreimbursement costreimbursable",
        "cost": "costcontract costnofee cost",
        "cost_sharing": "costsharing",
        "order_dependent": "orderdependent",
        "combination": "combination hybrid",
        "other": "other",
    }.items()
    for key in keys.split()
}
"""After what stands in brackets at the end is left out: `Fixed-Price (see FAR 16.2)`."""

VEHICLES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("GSA Schedule", r"\bGSA (?:Schedule|MAS)\b|\bMultiple Award Schedule\b|\bMAS IT\b"),
        ("GSA Schedule", r"\bFederal Supply Schedule\b|^FSS(?: Order)?$"),
        ("GSA Global Supply", r"\bGSA Global Supply\b"),
        ("NASA SEWP", r"\bSEWP\b"),
        ("OASIS+", r"\bOASIS ?(?:\+|Plus\b)"),
        ("OASIS", r"\bOASIS\b(?! ?(?:\+|Plus\b))"),
        ("8(a) STARS II", r"\bSTARS (?:II|2)\b"),
        ("8(a) STARS III", r"\bSTARS (?:III|3)\b"),
        ("CIO-SP3 Small Business", r"\bCIO-?SP3 (?:SB|Small Business)\b"),
        ("CIO-SP3", r"\bCIO-?SP3\b(?! (?:SB|Small Business)\b)"),
        ("CIO-SP4", r"\bCIO-?SP4\b"),
        ("CIO-CS", r"\bCIO-CS\b"),
        ("NITAAC", r"\bNITAAC\)? ?(?:\(NIH\))?$"),
        ("Alliant 2", r"\bAlliant (?:2|II)\b"),
        ("Alliant 3", r"\bAlliant (?:3|III)\b"),
        ("VETS 2", r"\bVETS (?:2|II)\b|\bVeterans? Technology Services (?:2|II)\b"),
        ("HCaTS", r"\bHCaTS\b|\bHuman Capital and Training Solutions\b"),
        ("BMO", r"\bBMO\b|\bBuilding Maintenance and Operations\b"),
        ("FirstSource II", r"\bFirstSource (?:II|2)\b"),
        ("FirstSource III", r"\bFirstSource (?:III|3)\b"),
        ("PACTS II", r"\bPACTS (?:II|2)\b"),
        ("PACTS III", r"\bPACTS (?:III|3)\b"),
        ("RMACC II", r"\bRMACC II\b"),
        ("NMACC II", r"\bNMACC II\b"),
        ("NMACC III", r"\bNMACC III\b"),
        ("TacCom II", r"\bTacCom II\b"),
        ("SeaPort-NxG", r"\bSeaPort[- ]?(?:NxG|e)\b"),
        ("ITES-4H", r"\bITES-?4H\b"),
        ("ITES-3S", r"\bITES-?3S\b"),
        ("T4NG2", r"\bT4NG-?2\b"),
        ("T4NG", r"\bT4NG\b(?!-?2)"),
    )
)  # fmt: skip
"""Vehicles known government-wide or often seen. Instruments (BPA, IDIQ, GWAC) are none of them."""

REQUIREMENT_TYPES = {
    "new": "new", "newrequirement": "new", "newrequirementnocontract": "new", "newcontract": "new",
    "anewrequirement": "new", "replaceanexistingcontract": "recompete",
    "newaward": "new", "recompete": "recompete", "recompeteaward": "recompete", "rec": "recompete",
    "followon": "recompete", "followontoexistingcontract": "recompete", "recompetition": "recompete",
    "option": "option", "exerciseofoption": "option", "optionexercise": "option",
}  # fmt: skip

PHASES = {
    "acquisitionplanning": "planning", "planning": "planning", "iptintegratedproductprojectteam": "planning",
    "marketresearch": "market_research",
    "draftingsolicitation": "drafting", "draftsolicitation": "drafting", "drafting": "drafting",
    "solicitation": "solicitation", "solicitationissued": "solicitation",
    "evaluation": "evaluation", "evaluationstage": "evaluation", "selection": "evaluation",
    "awarded": "awarded", "contractawarded": "awarded",
    "cancelled": "cancelled", "canceled": "cancelled", "withdrawn": "withdrawn_by_agency",
    "withdrawnbyagency": "withdrawn_by_agency", "optionexercise": "option_exercise",
    "nlr": "no_longer_required", "nolongerrequired": "no_longer_required",
    "exerciseofoption": "option_exercise", "optionendedclosedout": "closed", "closed": "closed",
}  # fmt: skip
"""R1's table; whatever is not in it has no phase, its words are kept."""
CLOSED_PHASES = frozenset({
    "awarded", "cancelled", "withdrawn_by_agency", "no_longer_required", "option_exercise", "closed",
})  # fmt: skip
