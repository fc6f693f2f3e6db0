"""From where a request comes, as far as that can be known."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Behind our proxy the last address that it wrote down; what came before it, anybody can write. "" when unknown."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    told = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(told))
    except ValueError:
        return ""


def neighbourhood(address: str) -> str:
    """What one household or office has: an IPv6 network of 64 bits, one IPv4 address."""
    if address and isinstance(parsed := ip_address(address), IPv6Address):
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return address
