"""One file per agency whose site is replicated."""
