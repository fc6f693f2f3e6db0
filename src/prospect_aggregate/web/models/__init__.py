"""What people add to the lists, and the people themselves."""

from prospect_aggregate.web.models.audit import AuditLine
from prospect_aggregate.web.models.people import Failure, Invitation, Person, SignInLink
from prospect_aggregate.web.models.seen import Seen

__all__ = ["AuditLine", "Failure", "Invitation", "Person", "Seen", "SignInLink"]
