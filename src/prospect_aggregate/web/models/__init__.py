"""What people add to the lists, and the people themselves."""

from prospect_aggregate.web.models.audit import AuditLine
from prospect_aggregate.web.models.decisions import Decision
from prospect_aggregate.web.models.digests import Digest, DigestLink
from prospect_aggregate.web.models.feeds import Feed
from prospect_aggregate.web.models.notes import Note
from prospect_aggregate.web.models.people import Failure, Invitation, Person, SignInLink
from prospect_aggregate.web.models.searches import SavedSearch, UsualView
from prospect_aggregate.web.models.seen import Seen
from prospect_aggregate.web.models.tags import Tag
from prospect_aggregate.web.models.takings import Taking
from prospect_aggregate.web.models.tokens import ApiToken
from prospect_aggregate.web.models.watches import Watch

__all__ = [
    "ApiToken", "AuditLine", "Decision", "Digest", "DigestLink", "Failure", "Feed", "Invitation", "Note", "Person",
    "SavedSearch", "Seen", "SignInLink", "Tag", "Taking", "UsualView", "Watch",
]  # fmt: skip
