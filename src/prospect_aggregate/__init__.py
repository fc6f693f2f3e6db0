"""Collects the procurement forecasts of U.S. federal agencies, keeps every edition, shows what moved."""
