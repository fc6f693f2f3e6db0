"""What people add to the lists, and the people themselves."""

from prospect_aggregate.web.models.people import Person, SignInLink
from prospect_aggregate.web.models.seen import Seen

__all__ = ["Person", "Seen", "SignInLink"]
