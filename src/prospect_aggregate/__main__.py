"""`python -m prospect_aggregate` is `prospects`."""

from prospect_aggregate.cli import main

main()
