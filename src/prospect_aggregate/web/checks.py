"""What must be so before pages are served to anybody."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def has_a_secret_key(app_configs: Any, **kwargs: Any) -> list[Error]:  # noqa: ARG001
    """Only when asked for deployment: commands that show no page need no key."""
    if settings.SECRET_KEY != settings.NO_SECRET_KEY:
        return []
    hint = "start once with `prospects up`, which makes one, or set PROSPECTS_SECRET_KEY"
    return [Error("pages have no secret key", hint=hint, id="web.E001")]
