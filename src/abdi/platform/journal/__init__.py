"""The journal: one entry per change, audit line and message at once; durable deliveries."""

from abdi.platform.journal.chain import seal_all, seal_new_entries, verify_chain
from abdi.platform.journal.deliveries import deliver_due, pending_age_seconds
from abdi.platform.journal.one_statement import insert_and_record
from abdi.platform.journal.reactions import REACTIONS, reacts_to
from abdi.platform.journal.records import Delivery, Entry, Seal
from abdi.platform.journal.writing import PastFact, note_denial, record, record_many

__all__ = [
    "REACTIONS",
    "Delivery",
    "Entry",
    "PastFact",
    "Seal",
    "deliver_due",
    "insert_and_record",
    "note_denial",
    "pending_age_seconds",
    "reacts_to",
    "record",
    "record_many",
    "seal_all",
    "seal_new_entries",
    "verify_chain",
]
