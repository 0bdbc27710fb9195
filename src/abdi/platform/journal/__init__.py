"""The journal: one entry per change, audit line and message at once; durable deliveries."""

from abdi.platform.journal.chain import seal_new_entries, verify_chain
from abdi.platform.journal.deliveries import deliver_due, pending_age_seconds
from abdi.platform.journal.reactions import REACTIONS, reacts_to
from abdi.platform.journal.records import Delivery, Entry, Seal
from abdi.platform.journal.writing import note_denial, record

__all__ = [
    "REACTIONS",
    "Delivery",
    "Entry",
    "Seal",
    "deliver_due",
    "note_denial",
    "pending_age_seconds",
    "reacts_to",
    "record",
    "seal_new_entries",
    "verify_chain",
]
