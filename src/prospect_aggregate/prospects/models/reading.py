"""What is known of one planned purchase, whoever holds it: the list, or the memory of a run that can be undone."""

from django.db import models

from prospect_aggregate.collection.models import Run


class Reading(models.Model):
    """What is known of one planned purchase: what its agency last published, as we read it, and what we saw.

    `*_text` is what was published; the value beside it is None where it could not be read.
    """

    class State(models.TextChoices):
        LISTED = "listed"
        MISSING = "missing"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    native_id = models.CharField(max_length=200)
    title = models.TextField(null=True)
    title_derived = models.BooleanField(default=False)
    description = models.TextField(null=True)
    agency = models.TextField(null=True)
    component = models.TextField(null=True)
    office = models.TextField(null=True)
    program_office = models.TextField(null=True)
    naics_code = models.CharField(max_length=6, null=True)
    naics_codes = models.JSONField(default=list)
    psc_code = models.CharField(max_length=4, null=True)
    psc_codes = models.JSONField(default=list)
    set_aside = models.CharField(max_length=12, null=True)
    set_aside_text = models.TextField(null=True)
    competition = models.CharField(max_length=40, null=True)
    competition_text = models.TextField(null=True)
    contract_type = models.TextField(null=True)
    contract_vehicle = models.TextField(null=True)
    contract_vehicle_text = models.TextField(null=True)
    award_type = models.TextField(null=True)
    requirement_type = models.TextField(null=True)
    phase = models.CharField(max_length=24, null=True)
    phase_text = models.TextField(null=True)
    basis = models.CharField(max_length=20, default="forecast")
    value_min = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_max = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_basis = models.CharField(max_length=8, null=True)
    value_text = models.TextField(null=True)
    solicitation_from = models.DateField(null=True)
    solicitation_to = models.DateField(null=True)
    solicitation_precision = models.CharField(max_length=8, null=True)
    solicitation_text = models.TextField(null=True)
    award_from = models.DateField(null=True)
    award_to = models.DateField(null=True)
    award_precision = models.CharField(max_length=8, null=True)
    award_text = models.TextField(null=True)
    performance_from = models.DateField(null=True)
    performance_to = models.DateField(null=True)
    performance_precision = models.CharField(max_length=8, null=True)
    performance_text = models.TextField(null=True)
    place_city = models.TextField(null=True)
    place_state = models.CharField(max_length=2, null=True)
    place_country = models.CharField(max_length=3, null=True)
    place_text = models.TextField(null=True)
    incumbent_name = models.TextField(null=True)
    incumbent_contract = models.TextField(null=True)
    incumbent_ends_from = models.DateField(null=True)
    incumbent_ends_to = models.DateField(null=True)
    contacts = models.JSONField(default=list)
    clearance = models.TextField(null=True)
    solicitation_number = models.TextField(null=True)
    solicitation_url = models.TextField(null=True)
    agency_updated_at = models.DateField(null=True)
    url = models.TextField(null=True)
    raw = models.JSONField(default=dict)
    """The row as published: heading → cell."""
    digest = models.BinaryField(max_length=16)
    """Of the row as published; the same digest means that nothing of it was touched."""
    filled = models.BigIntegerField(default=0)
    """Which fields were read, as bits in the order of `record.FIELDS`: what coverage is counted from."""
    words = models.TextField(default="", db_default="")
    """Its texts as they are searched (`words.py`)."""

    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    """The run that last wrote this row, whose layout says where each value stood."""
    first_seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    """Observed at the first edition without it; None while it is listed."""
    gone_seen_at = models.DateTimeField(null=True)
    """Last observed, kept when it leaves; a listed prospect was last seen when its source was."""

    first_solicitation_from = models.DateField(null=True)
    first_solicitation_to = models.DateField(null=True)
    first_solicitation_precision = models.CharField(max_length=8, null=True)
    """The first dated promise seen; every slip is measured from it."""
    solicitation_moves = models.PositiveIntegerField(default=0)
    solicitation_slip_days = models.IntegerField(null=True)

    class Meta:
        abstract = True
