"""Replicas of the agencies' sites, and a seeded generator of their editions."""
