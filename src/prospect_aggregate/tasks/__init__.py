"""The Celery shell: tasks made from scrapers, the schedule made from tasks."""
