"""What people add to the lists, and the people themselves."""

from prospect_aggregate.web.models.people import Person, SignInLink

__all__ = ["Person", "SignInLink"]
