"""A new source's file and sample, proposed from a file that its agency publishes."""
