"""Text in, value out: how agencies write money, dates, places and codes."""
