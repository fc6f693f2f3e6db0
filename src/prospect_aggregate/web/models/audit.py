"""The audit log: one line for each act of a person, written once and never changed."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from prospect_aggregate.collection.audit import Act

LONGEST = 200


class AuditLineQuerySet(models.QuerySet["AuditLine"]):
    def asked(
        self,
        *,
        by: str = "",
        act: str = "",
        kind: str = "",
        thing: str = "",
        through: str = "",
        since: datetime | None = None,
    ) -> Self:
        """Narrowed down by what is given; names in whole, whatever their case."""
        named = {"by": by, "act": act, "kind": kind, "thing": thing, "through": through}
        found = self.filter(**{f"{name}__iexact": value for name, value in named.items() if value})
        return found.filter(at__gte=since) if since else found

    def acts(self) -> list[str]:
        """The names of all acts there were."""
        return list(self.order_by("act").values_list("act", flat=True).distinct())


class AuditLine(models.Model):
    """Who did what, when, from where, to which thing, and what that was before and after."""

    class Through(models.TextChoices):
        PAGE = "page", "Page"
        API = "api", "API"
        COMMAND = "command", "Command"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.CharField(max_length=150, db_index=True)
    """The name as it was; of a command, that of the machine's account. "" for somebody who is not known."""
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    through = models.CharField(max_length=7, choices=Through)
    address = models.CharField(max_length=45, blank=True)
    act = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=20, blank=True)
    thing = models.CharField(max_length=LONGEST, blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = AuditLineQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.by}: {self.act} {self.kind} {self.thing}".rstrip()

    @classmethod
    def of(cls, act: Act, **facts: object) -> "AuditLine":
        return cls(
            act=act.name, kind=act.kind, thing=act.thing[:LONGEST], before=dict(act.before), after=dict(act.after),
            **facts,
        )  # fmt: skip
