"""One plain-Python scraper per agency, and what they share."""
