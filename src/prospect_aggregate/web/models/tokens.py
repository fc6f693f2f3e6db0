"""Tokens by which programs of somebody's use the API."""

from typing import ClassVar

from django.db import models

from prospect_aggregate.web.models.revocable import Revocable


class ApiToken(Revocable):
    """What a program shows as `Authorization: Bearer`."""

    class Scope(models.TextChoices):
        READ = "read", "Read"
        WRITE = "write", "Read and write"

    kind: ClassVar[str] = "token"

    scope = models.CharField(max_length=5, choices=Scope)
    prefix = models.CharField(max_length=12)
    """Its first characters, by which its owner knows it again."""
