"""The company's own profile, one for an installation."""

from datetime import datetime
from typing import Any, Self

from django.db import IntegrityError, models, transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.profile import Profile, profile_object, profile_of

ONLY = 1


class ProfileChangedError(Exception):
    """Somebody else changed the profile since it was shown; look again before saving."""


class NoProfileError(ValueError):
    """Nothing is known of the company yet, so nothing can be asked of its fit."""


class CompanyQuerySet(models.QuerySet["Company"]):
    def here(self) -> Self:
        return self.filter(pk=ONLY)

    def current(self) -> "Company":
        """The profile as it is; an empty one where nobody has said anything."""
        return self.here().first() or Company(pk=ONLY)


class Company(models.Model):
    """What the company is and looks for. Only one row is ever written."""

    facts = models.JSONField(default=dict)
    """A `Profile` as JSON."""
    version = models.PositiveIntegerField(default=0)
    """Grows with each edit: who saves says which one they read."""
    edited_at = models.DateTimeField(null=True)
    edited_by = models.CharField(max_length=150, blank=True)

    objects = CompanyQuerySet.as_manager()

    def __str__(self) -> str:
        return "company profile"

    @property
    def profile(self) -> Profile:
        return profile_of(self.facts)


def profile() -> Profile | None:
    """The profile that prospects are held against; None while it names nothing to look for."""
    found = Company.objects.current().profile
    return found if found.seeks else None


def must_exist() -> Profile:
    """Raises NoProfileError."""
    if found := profile():
        return found
    raise NoProfileError("the company has no profile yet; `prospects profile --set FILE` gives it one")


def keep(wanted: Profile, *, by: str, now: datetime, read: int) -> Company:
    """`read` is the version that the editor saw. Raises ProfileChangedError where there is a later one."""
    facts = {"facts": profile_object(wanted), "version": read + 1, "edited_at": now, "edited_by": by}
    with transaction.atomic():
        was = profile_object(Company.objects.current().profile)
        if not (_first(facts) if read == 0 else Company.objects.here().filter(version=read).update(**facts)):
            raise ProfileChangedError(
                "somebody else saved the company profile meanwhile; look at theirs first"
            )
        _record(was, profile_object(wanted), read + 1)
    return Company.objects.current()


def _record(was: dict[str, Any], new: dict[str, Any], version: int) -> None:
    """Only what is different."""
    moved = [name for name in new if was.get(name) != new[name]]
    before = {name: was.get(name) for name in moved}
    audit.record(
        "set profile",
        "company",
        f"version {version}",
        before=before,
        after={name: new[name] for name in moved},
    )


def _first(facts: dict[str, object]) -> bool:
    try:
        with transaction.atomic():
            Company(pk=ONLY, **facts).save(force_insert=True)
    except IntegrityError:
        return False
    return True
