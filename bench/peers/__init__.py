"""Programs of others for the same work, run in an environment of their own."""
