"""Sources, runs and what they fetched: the record of every collection."""
