"""Two readings of one prospect, told apart."""

from dataclasses import replace

from prospect_aggregate.prospects.ledger import differences
from prospect_aggregate.prospects.record import COLUMNS, Record, record_of
from prospect_aggregate.scrapers.draft import Contact, ProspectDraft

CONTACTS = COLUMNS.index("contacts")


def reordered(record: Record) -> Record:
    """As a database gives it back that keeps JSON's names in an order of its own."""
    contacts = [dict(sorted(contact.items())) for contact in record[CONTACTS]]
    return (*record[:CONTACTS], contacts, *record[CONTACTS + 1 :])


def test_a_contact_is_told_in_one_order() -> None:
    draft = ProspectDraft(native_id="1", contacts=(Contact("requirement", "Ana Lee", "ana@example.gov"),))
    other = replace(draft, contacts=(Contact("requirement", "Bo Lee", "bo@example.gov"),))
    (told,) = differences(reordered(record_of(draft)), record_of(other))
    assert told.old == "requirement Ana Lee ana@example.gov"
    assert told.new == "requirement Bo Lee bo@example.gov"
