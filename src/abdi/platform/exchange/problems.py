"""Why a file is refused, in words."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from abdi.platform.text import BadInput

SENTENCES: Final[dict[str, Any]] = {
    "empty": _("This file is empty."),
    "size": _("This file is larger than 10 MB. Please split it."),
    "kind": _("This is no table we can read. Please save it as .xlsx or .csv."),
    "wanted": _("This kind of file is not taken here."),
    "macros": _("This file contains macros. Please save it as .xlsx without macros."),
    "links": _("This file fetches data from elsewhere. Please paste the values and save again."),
    "encrypted": _("This file has a password. Please remove the password and save again."),
    "bomb": _("This file is far larger inside than outside. Please save it again from Excel."),
    "parts": _("This file has too many parts. Please copy the table to a new file."),
    "damaged": _("This file is damaged or not what its name says. Please save it again."),
    "slow": _("Reading this file takes too long. Please split it."),
    "memory": _("This file needs too much memory. Please copy only the table to a new file."),
    "cells": _("This table has too many cells. Please split it."),
    "encoding": _("The letters of this file cannot be read. Please save it as CSV UTF-8."),
    "nul": _("This file is not text. Please save it as CSV UTF-8."),
    "wide": _("A cell of this file is too long. Please check its quotation marks."),
}


class BadFile(BadInput):
    """A file that is refused, with the line where there is one."""

    def __init__(self, code: str, line: int | None = None) -> None:
        sentence = SENTENCES[code]
        if line is not None:
            sentence = _("Line %(line)d: %(sentence)s") % {"line": line, "sentence": sentence}
        super().__init__(sentence, code)
        self.line = line
