"""Changes of letters. `draft` is the door for other modules."""

from abdi.letters.actions.numbering import give_number, next_number, reserve_numbers
from abdi.letters.actions.signing import (
    bring_back,
    choose_signer,
    missing_words,
    refusal_sentence,
    send_to_sign,
    subjects_of,
    void,
)
from abdi.letters.actions.templates import (
    LetterheadGiven,
    TemplateGiven,
    save_letterhead,
    save_template,
)
from abdi.letters.actions.writing import (
    Change,
    change,
    draft,
    note_reading,
    sentence_of,
    write,
)

__all__ = [
    "Change",
    "LetterheadGiven",
    "TemplateGiven",
    "bring_back",
    "change",
    "choose_signer",
    "draft",
    "give_number",
    "missing_words",
    "next_number",
    "note_reading",
    "refusal_sentence",
    "reserve_numbers",
    "save_letterhead",
    "save_template",
    "send_to_sign",
    "sentence_of",
    "subjects_of",
    "void",
    "write",
]
