import io
import struct
import zlib

import pytest
from PIL import Image

from abdi.platform.images import BadPhoto, clean_photo, distance

pytestmark = pytest.mark.usefixtures("in_english")


def a_picture(kind="JPEG", size=(120, 80), **options):
    """A picture that is red on the left and blue on the right."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def opened(photo):
    return Image.open(io.BytesIO(photo.data))


def refusal(data):
    with pytest.raises(BadPhoto) as caught:
        clean_photo(data)
    assert str(caught.value).endswith(".")
    return caught.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_of_three_kinds_become_plain_jpegs(kind):
    photo = clean_photo(a_picture(kind))
    picture = opened(photo)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (120, 80))
    assert (photo.width, photo.height) == (120, 80)


def test_uploads_are_read():
    assert clean_photo(io.BytesIO(a_picture())).width == 120


def test_place_device_and_comment_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Contoh Phone"
    exif.get_ifd(0x8825)[2] = (7.0, 37.0, 46.0)
    data = a_picture(exif=exif, comment=b"at home")
    assert b"Contoh Phone" in data
    photo = clean_photo(data)
    assert not opened(photo).getexif()
    assert set(opened(photo).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Contoh" not in photo.data
    assert b"home" not in photo.data


def test_texts_inside_a_png_are_gone():
    from PIL import PngImagePlugin

    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Budi Contoh")
    assert b"Budi" not in clean_photo(a_picture("PNG", pnginfo=notes)).data


def test_photos_are_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = clean_photo(a_picture(exif=exif))
    assert (photo.width, photo.height) == (80, 120)
    red, _green, blue = opened(photo).getpixel((40, 10))
    assert (red > 200, blue < 50) == (True, True), "what was left is now on top"


def test_large_photos_are_made_smaller():
    photo = clean_photo(a_picture(size=(4000, 3000)))
    assert (photo.width, photo.height) == (2048, 1536)


def test_what_was_clear_becomes_white():
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(target, "PNG")
    assert opened(clean_photo(target.getvalue())).getpixel((10, 10)) == (255, 255, 255)


def test_grey_palette_and_print_colours_are_taken():
    for mode, kind in (
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("P", "PNG"),
        ("I;16", "PNG"),
        ("1", "PNG"),
    ):
        target = io.BytesIO()
        Image.new(mode, (20, 20)).save(target, kind)
        assert opened(clean_photo(target.getvalue())).mode == "RGB"


def _png_of(width, height):
    """A PNG whose header claims a size and that holds no pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\0IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


@pytest.mark.parametrize("size", [(10_000, 5_001), (15_000, 15_000), (60_000, 60_000)])
def test_too_many_pixels_are_refused_by_the_header(size):
    assert refusal(_png_of(*size)) == "pixels"


def test_a_real_bomb_of_pixels_is_refused_before_it_unfolds():
    target = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(target, "PNG")
    assert len(target.getvalue()) < 30_000
    assert refusal(target.getvalue()) == "pixels"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:])
    assert refusal(target.getvalue()) == "frames"


def test_previews_behind_a_phone_photo_do_no_harm():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "MPO", save_all=True, append_images=frames[1:])
    assert clean_photo(target.getvalue()).width == 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"x" * 15_000_001, "size"),
        (b"GIF89a", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"%PDF-1.7", "kind"),
        (b"RIFF\0\0\0\0WAVE", "kind"),
        (b"\xff\xd8\xff" + b"x" * 100, "damaged"),
        (b"\x89PNG\r\n\x1a\n broken", "damaged"),
        (b"RIFF\0\0\0\0WEBPVP8 broken", "damaged"),
        (_png_of(10, 10), "damaged"),
    ],
)
def test_what_is_no_photo_is_refused(data, code):
    assert refusal(data) == code


def test_half_a_photo_is_refused():
    data = a_picture(size=(800, 600))
    assert refusal(data[: len(data) // 2]) == "damaged"


def test_the_same_picture_again_is_recognised():
    first = clean_photo(a_picture(size=(800, 600)))
    again = clean_photo(a_picture("WEBP", size=(400, 300), quality=40))
    other = Image.new("RGB", (800, 600), "blue")
    other.paste("red", (0, 0, 800, 300))
    target = io.BytesIO()
    other.save(target, "JPEG")
    assert distance(first.fingerprint, again.fingerprint) <= 5
    assert distance(first.fingerprint, clean_photo(target.getvalue()).fingerprint) > 20
    assert len(first.fingerprint) == 16
