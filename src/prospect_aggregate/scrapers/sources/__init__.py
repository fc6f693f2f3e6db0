"""One file per source; a file that declares a Scraper is all it takes to add one."""
