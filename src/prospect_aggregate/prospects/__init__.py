"""Prospects and the ledger of their changes."""
