"""Where the tasks that look after the sources' health are made: one per registered scraper class."""

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.task_factory import create_health_check_task

for registered in scraper_registry:
    if isinstance(registered.run, Scraper):
        task = create_health_check_task(registered.name, registered.run)
        task_registry.register_health_check_task(registered.name, task)
