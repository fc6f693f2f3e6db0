"""A list as Django's tutorial makes one, behind the product's own settings: model instances, a template of its own."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")

from django.conf import settings
from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import include, path
from django.utils.functional import SimpleLazyObject

from prospect_aggregate.web.permissions import Permission, needs

PAGE = 50
TEMPLATE = """<!DOCTYPE html><title>Prospects</title><p>{{ page.paginator.count }} prospects</p>
<table><tr><th>Number<th>Title<th>Source<th>Office<th>NAICS<th>Set-aside<th>Value<th>Solicitation<th>Award<th>Place</tr>
{% for it in page %}<tr>
<td><a href="/prospects/{{ it.source.key }}/{{ it.native_id|urlencode }}/">{{ it.native_id }}</a>
<td>{{ it.title }}<td>{{ it.source.name }}<td>{{ it.component|default:"" }} {{ it.office|default:"" }}
<td>{{ it.naics_code|default:"" }}<td>{{ it.set_aside_text|default:"" }}
<td>{{ it.value_min|default:"" }} {{ it.value_max|default:"" }}
<td>{{ it.solicitation_from|date:"Y-m-d" }} {{ it.solicitation_to|date:"Y-m-d" }}
<td>{{ it.award_from|date:"Y-m-d" }} {{ it.award_to|date:"Y-m-d" }}<td>{{ it.place_text|default:"" }}</tr>
{% endfor %}</table>"""
template = SimpleLazyObject(lambda: Template(TEMPLATE))


@needs(Permission.SEE)
def listing(request: HttpRequest) -> HttpResponse:
    from prospect_aggregate.prospects.models import Prospect

    listed = (
        Prospect.objects.filter(state="listed").select_related("source").order_by("solicitation_to", "pk")
    )
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    return HttpResponse(template.render(Context({"page": page})))


urlpatterns = [path("plain/", listing), path("", include(settings.ROOT_URLCONF))]
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
