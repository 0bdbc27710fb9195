"""Stored files: under a random name in the data folder, handed out only by guarded views.

A row keeps the key, the size and the hash; the file itself knows nothing of its owner. The view
that hands it out loads the row through its own scope first, then calls `file_response`.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from abdi.platform.text import BadInput

LARGEST_PDF: Final = 10_000_000
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jpg": "image/jpeg",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SANDBOX: Final = "default-src 'none'; sandbox"
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME: Final = 80


class BadDocument(BadInput):
    """A document that is refused."""


@dataclass(frozen=True)
class Stored:
    """What a row keeps of its file."""

    key: str
    size: int
    sha256: str


def store(data: bytes) -> Stored:
    """Write a file so that it survives a power cut, and return what finds it again.

    Call it before the transaction that writes the row, never inside.
    """
    key = secrets.token_hex(16)
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    _sync_folder(path.parent)
    return Stored(key, len(data), hashlib.sha256(data).hexdigest())


def read(key: str) -> bytes:
    """The bytes of a stored file. Raises FileNotFoundError."""
    return _path(key).read_bytes()


def remove(key: str) -> None:
    """Delete a stored file; nothing happens where it is gone already."""
    _path(key).unlink(missing_ok=True)


def is_whole(stored: Stored) -> bool:
    """Whether the file is there and still has its hash."""
    try:
        return hashlib.sha256(read(stored.key)).hexdigest() == stored.sha256
    except FileNotFoundError:
        return False


def file_response(key: str, *, kind: str, name: str) -> FileResponse:
    """Hand out a stored file: always as an attachment, in a sandbox, with a fixed type.

    `kind` is one of TYPES, `name` the file name offered, cut to plain letters. Pictures show in
    `<img>` all the same. Raises Http404 where the file is gone.
    """
    try:
        file: BinaryIO = _path(key).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{plain_name(name, kind)}"'
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def plain_name(name: str, kind: str) -> str:
    """A file name of plain letters that ends in `.kind` and names no folder."""
    stem = _NAME.sub("-", name.removesuffix(f".{kind}")).strip("-.")[:_LONGEST_NAME]
    return f"{stem or 'berkas'}.{kind}"


def check_pdf(data: bytes) -> bytes:
    """The bytes of an uploaded PDF, unread. Raises BadDocument for other kinds and over 10 MB."""
    if len(data) > LARGEST_PDF:
        raise BadDocument(_("This file is larger than 10 MB."))
    if not data.startswith(b"%PDF-"):
        raise BadDocument(_("Please choose a PDF file."))
    return data


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise FileNotFoundError(f"no stored file is called {key!r}")
    return Path(settings.ABDI_DATA_DIR) / "files" / key[:2] / key


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
