"""What people add to the lists, and the people themselves."""

from prospect_aggregate.web.models.audit import AuditLine
from prospect_aggregate.web.models.feeds import Feed
from prospect_aggregate.web.models.people import Failure, Invitation, Person, SignInLink
from prospect_aggregate.web.models.seen import Seen
from prospect_aggregate.web.models.tokens import ApiToken

__all__ = ["ApiToken", "AuditLine", "Failure", "Feed", "Invitation", "Person", "Seen", "SignInLink"]
