"""Photos from phones, made harmless: judged by their header, then copied pixel by pixel."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from abdi.platform.text import BadInput

LARGEST_UPLOAD: Final = 15_000_000
MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2048
QUALITY: Final = 85
_SIDE: Final = 8
_WEBP_NAME: Final = slice(8, 12)

SENTENCES: Final[dict[str, Any]] = {
    "empty": _("This file is empty. Please take the photo again."),
    "size": _("This photo is larger than 15 MB. Please choose a smaller one."),
    "kind": _("Please choose a photo in JPEG, PNG or WebP form."),
    "pixels": _("This picture has too many pixels. Please choose a smaller one."),
    "frames": _("Please choose a still picture, not a moving one."),
    "damaged": _("This photo is damaged. Please take it again."),
}


class BadPhoto(BadInput):
    """A picture that is refused."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code], code)


@dataclass(frozen=True)
class Photo:
    """A clean JPEG: upright, RGB, no place, no device, no comment inside."""

    data: bytes
    width: int
    height: int
    fingerprint: str
    """16 hex digits that hardly change when the picture is scaled or saved again."""


def clean_photo(upload: bytes | BinaryIO) -> Photo:
    """Check an uploaded picture and copy it into a new one.

    Raises BadPhoto with a sentence. Not for use inside a transaction: a large picture takes a
    second and up to 200 MB for a moment.
    """
    data = upload if isinstance(upload, bytes) else upload.read(LARGEST_UPLOAD + 1)
    if not data:
        raise BadPhoto("empty")
    if len(data) > LARGEST_UPLOAD:
        raise BadPhoto("size")
    kind = _kind_of(data)
    try:
        picture = _opened(data, kind)
        copy = _upright_copy(picture)
    except BadPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPhoto("pixels") from error
    except Exception as error:
        raise BadPhoto("damaged") from error
    target = io.BytesIO()
    copy.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Photo(target.getvalue(), copy.width, copy.height, fingerprint(copy))


def fingerprint(picture: Image.Image) -> str:
    """Average hash: which of 8 x 8 grey fields are lighter than their mean, as 16 hex digits."""
    grey = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    fields = list(grey.tobytes())
    bits = sum(1 << n for n, field in enumerate(fields) if field * len(fields) > sum(fields))
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """In how many of 64 fields two fingerprints differ; up to about 5 it is the same picture."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _kind_of(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[_WEBP_NAME] == b"WEBP":
        return "WEBP"
    raise BadPhoto("kind")


def _opened(data: bytes, kind: str) -> Image.Image:
    """The picture with its header read and judged; no pixel is decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(io.BytesIO(data), formats=[kind])
    if picture.width * picture.height > MOST_PIXELS:
        raise BadPhoto("pixels")
    # Phones add previews behind a JPEG; it is a still picture all the same, the first one counts.
    if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise BadPhoto("frames")
    return picture


def _upright_copy(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGB", layer.size, "white")
        upright.paste(layer, mask=layer.getchannel("A"))
    upright = upright.convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    copy = Image.new("RGB", upright.size)
    copy.paste(upright)
    return copy
