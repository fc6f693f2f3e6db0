"""The Django app of prospects and their changes."""

from django.apps import AppConfig


class ProspectsConfig(AppConfig):
    name = "prospect_aggregate.prospects"
    label = "prospects"
