"""Where the tasks that collect are made: one per registered scraper, and two over all of them."""

from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.task_factory import (
    create_all_scrapers_task,
    create_force_collect_task,
    create_scraper_task,
)

for registered in scraper_registry:
    task_registry.register_scraper_task(registered.name, create_scraper_task(registered.name, registered.run))

run_all_scrapers_task = create_all_scrapers_task()
force_collect_task = create_force_collect_task()
task_registry.register_all_scrapers_task(run_all_scrapers_task)
task_registry.register_force_collect_task(force_collect_task)
