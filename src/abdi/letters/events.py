"""What letters announce."""

from __future__ import annotations

from abdi.platform.events import event


@event
class LetterDrafted:
    """There is a new letter, drawn up from a record."""

    letter_id: int
    kind_code: str
    about: str


@event
class LetterAskedAgain:
    """A letter was asked for a second time; the first one counts."""

    letter_id: int


@event
class LetterChanged:
    """A draft was changed."""

    letter_id: int


@event
class LetterNumbered:
    """A letter got its number."""

    letter_id: int
    kind_code: str
    about: str
    source: str


@event
class SignerChosen:
    """Another head signs a letter; what was sent before no longer counts."""

    letter_id: int
    position_id: int


@event
class LetterSent:
    """A letter waits for its signature; `sha256` is the hash of the paper as it was sent."""

    letter_id: int
    sha256: str


@event
class LetterSigned:
    """The signed file is back; `sha256` proves it from now on."""

    letter_id: int
    kind_code: str
    about: str
    way: str
    sha256: str


@event
class LetterVoided:
    """A letter no longer counts; its number stays used."""

    letter_id: int
    kind_code: str
    about: str


@event
class LetterRead:
    """Somebody else than its writer opened a letter; `people` are the others it names."""

    letter_id: int
    people: str = ""


@event
class NumbersReserved:
    """Numbers of a book are kept for letters written elsewhere."""

    book_id: int
    first: int
    count: int


@event
class TemplateSaved:
    """A kind of letter has new words from a day on."""

    template_id: int
    kind_code: str


@event
class LetterheadSaved:
    """The head of an office's paper changed."""

    letterhead_id: int
