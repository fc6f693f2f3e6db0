"""Files on their way to a person: how far each is written."""

from django.conf import settings
from django.db import models

TICKET = 22  # letters


class Taking(models.Model):
    """One export of one page; asked for again it begins anew. Nothing but that page's line of progress hangs on it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    ticket = models.CharField(max_length=TICKET)
    rows = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    is_whole = models.BooleanField(default=False)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ticket"], name="taking_of_a_page")]

    def __str__(self) -> str:
        return f"{self.rows} of {self.total} rows for {self.person_id}"
