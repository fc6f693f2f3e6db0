"""The pages as a WSGI server takes them."""

from prospect_aggregate.celery_app import app  # noqa: F401, I001  # sets Django up and fills the registries, first of all

import atexit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from prospect_aggregate import logs, observers
from prospect_aggregate.collection import watch
from prospect_aggregate.collection.processes import Kind, Presence
from prospect_aggregate.prospects import blocks

if settings.SECRET_KEY == settings.NO_SECRET_KEY:
    raise ImproperlyConfigured("pages have no secret key: run `prospects up`, or set PROSPECTS_SECRET_KEY")

application = get_wsgi_application()
blocks.warm()
logs.configure()
observers.begin()
presence = Presence(Kind.WEB, look=watch.look)
presence.start()
atexit.register(presence.stop)
