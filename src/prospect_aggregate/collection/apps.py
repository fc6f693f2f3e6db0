"""The Django app of sources and runs."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "prospect_aggregate.collection"
    label = "collection"
