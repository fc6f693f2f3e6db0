"""Chaos: everything dies at random moments while thirteen sources are collected, and the ledger must not notice."""
