"""Photos on their way in and out. Files are read and written before any transaction begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, cast

from abdi.platform import files
from abdi.platform.images import clean_photo
from abdi.reports import queries
from abdi.reports.actions import PhotoGiven
from abdi.reports.choices import PhotoSource
from abdi.reports.models import Report

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def taken_in(
    uploads: Sequence[UploadedFile[bytes]], source: str = PhotoSource.GALLERY
) -> list[PhotoGiven]:
    """Clean and store uploaded photos. Raises BadPhoto, and keeps none, where one is refused."""
    cleaned = [clean_photo(cast(BinaryIO, upload)) for upload in uploads]
    found = []
    for photo in cleaned:
        kept = files.store(photo.data)
        found.append(
            PhotoGiven(
                key=kept.key,
                sha256=kept.sha256,
                size=kept.size,
                width=photo.width,
                height=photo.height,
                fingerprint=photo.fingerprint,
                source=source,
            )
        )
    return found


def forget(photos: Sequence[PhotoGiven], report: Report | None = None) -> None:
    """Delete the files that no row of the report holds: refused ones, and those of a second tap."""
    if not photos:
        return
    kept = {photo.key for photo in queries.photos_of(report)} if report else set()
    for photo in photos:
        if photo.key not in kept:
            files.remove(photo.key)
