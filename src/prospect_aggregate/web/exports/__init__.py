"""The list of prospects as files: every row of a view, in a format of the reader's choice, never whole in memory."""
