"""Names that templates use to show things."""
