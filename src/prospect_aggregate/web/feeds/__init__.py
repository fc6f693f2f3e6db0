"""Views to subscribe to: what changed as Atom, what comes as a calendar."""
