"""Pages, programs and files over what was collected: the door that people come in by."""
