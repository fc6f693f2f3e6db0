"""The people who read, what they may and how they like it, and the links that let them in."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from prospect_aggregate.web.permissions import Permission, Role, permissions_of


class PersonManager(UserManager["Person"]):
    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **facts: Any
    ) -> "Person":
        """An administrator, as Django's commands make one."""
        facts.setdefault("role", Role.ADMINISTRATOR)
        return super().create_superuser(username, email, password, **facts)


class Person(AbstractUser):
    """Somebody who signs in. What they chose for themselves stands here, so that a page needs no second query."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "As the system"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    class Density(models.TextChoices):
        AUTO = "auto", "As the screen"
        COMPACT = "compact", "Compact"
        COMFORTABLE = "comfortable", "Comfortable"

    role = models.CharField(max_length=13, choices=Role, default=Role.VIEWER)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(max_length=12, choices=Density, default=Density.AUTO)
    single_keys = models.BooleanField(default=True)
    """Whether plain letters act; some speech and switch users need them off (WCAG 2.1.4)."""

    only: Collection[Permission] | None = None
    """Not kept: what is left of the role's permissions where somebody came in by less than a session."""

    objects: ClassVar[PersonManager] = PersonManager()

    def may(self, permission: Permission) -> bool:
        left = self.only is None or permission in self.only
        return self.is_active and left and permission in permissions_of(self.role)


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def open(self, now: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=now)

    def to_sign_in(self) -> Self:
        return self.filter(purpose=SignInLink.Purpose.SIGN_IN)

    def to_set_a_password(self) -> Self:
        return self.filter(purpose=SignInLink.Purpose.PASSWORD)


class SignInLink(models.Model):
    """A link that lets one person in once. Only its digest is kept: who reads the database cannot use it."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign-in", "Sign in"
        PASSWORD = "password", "Set a new password"

    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.SIGN_IN)
    made_at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sign-in link {self.pk} of {self.person}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        """Good still. Those of an administrator who is none any more went with the role."""
        administers = Q(invited_by=None) | Q(invited_by__role=Role.ADMINISTRATOR, invited_by__is_active=True)
        return self.filter(administers, used_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A link by which somebody new comes in once, with a role. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=13, choices=Role)
    email = models.EmailField(blank=True)
    invited_by = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    """None: by the command line."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.role} {self.email}".rstrip()


class FailureQuerySet(models.QuerySet["Failure"]):
    def of(self, key: str, *, since: datetime) -> Self:
        return self.filter(key=key, at__gt=since)


class Failure(models.Model):
    """A sign-in that failed, or is being tried just now. Of a name only a digest: people type passwords into it."""

    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = FailureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="failure_key_at")]

    def __str__(self) -> str:
        return f"{self.key} {self.at}"
