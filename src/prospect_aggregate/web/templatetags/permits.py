"""What a page asks before it shows a control: may this reader do that?"""

from django import template

from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission

register = template.Library()


@register.filter
def may(reader: object, permission: str) -> bool:
    """`user|may:"run-sources"`. Raises ValueError for a permission that does not exist."""
    return isinstance(reader, Person) and reader.may(Permission(permission))
