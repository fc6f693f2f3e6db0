"""Two prospects that may be one purchase."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models.prospects import Prospect

_ROLES = ("under_id", "older_id", "newer_id")


class PairQuerySet(models.QuerySet["Pair"]):
    def waiting(self) -> Self:
        """For a person: undecided while it matters, and those called one of which the earlier name came back."""
        here = [Prospect.State.LISTED, Prospect.State.MISSING]
        matters = Q(older__state__in=here) | Q(newer__state__in=here)
        is_back = Q(kind=Pair.Kind.RENAMED, older__state=Prospect.State.LISTED)
        return self.filter(Q(matters & ~is_back, verdict=None) | Q(is_back, verdict=Pair.Verdict.SAME))

    def with_both(self) -> Self:
        return self.select_related("older__source", "newer__source", "under__source")

    def standing(self) -> Self:
        """Those that a person called one."""
        return self.filter(verdict=Pair.Verdict.SAME)

    def hiding(self) -> Self:
        """Those whose `under` is seen with the other one only: it is on no list, or the second copy of one that is.

        Asked pair by pair, of which there are few: joined, a database may begin with all prospects.
        """
        under, older, newer = (Exists(Prospect.objects.listed().filter(pk=OuterRef(it))) for it in _ROLES)
        copied = Q(kind=Pair.Kind.TWIN) & older & newer
        return self.filter(~under | copied, under__isnull=False)


class Pair(models.Model):
    """Two prospects of one source that may be one purchase. A person decides, and may decide again."""

    class Kind(models.TextChoices):
        RENAMED = "renamed"
        """The older one left in the edition that listed the newer one."""
        TWIN = "twin"
        """Both are listed, read from two layouts that number their rows in two ways."""

    class Verdict(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    older = models.ForeignKey(Prospect, models.CASCADE, related_name="+")
    newer = models.ForeignKey(Prospect, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    """The one that suggested it."""
    evidence = models.JSONField()
    """`title`: how alike, of 100; `agree` and `differ`: the facts that both publish (`likeness.py`)."""
    suggested_at = models.DateTimeField()
    verdict = models.CharField(max_length=9, choices=Verdict, null=True)
    under = models.OneToOneField(Prospect, models.CASCADE, null=True, related_name="+")
    """Which of the two is shown with the other, while they are called one."""
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="pair_once"),
            models.UniqueConstraint(
                fields=["newer"], condition=Q(kind="renamed", verdict="same"), name="pair_one_earlier_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.older} and {self.newer}"

    @property
    def above(self) -> Prospect:
        """The other one."""
        return self.newer if self.under_id == self.older_id else self.older
