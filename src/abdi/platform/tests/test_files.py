import pytest
from django.http import Http404

from abdi.platform import files

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.ABDI_DATA_DIR = tmp_path
    return tmp_path


def test_what_is_stored_comes_back():
    stored = files.store(b"hello")
    assert files.read(stored.key) == b"hello"
    assert stored.size == 5
    assert files.is_whole(stored)


def test_names_say_nothing_and_only_the_owner_may_read(own_folder):
    stored = files.store(b"hello")
    [path] = [path for path in own_folder.rglob("*") if path.is_file()]
    assert path.name == stored.key
    assert path.stat().st_mode & 0o077 == 0


def test_a_changed_file_is_noticed(own_folder):
    stored = files.store(b"hello")
    [path] = [path for path in own_folder.rglob("*") if path.is_file()]
    path.write_bytes(b"hullo")
    assert not files.is_whole(stored)


def test_removed_files_are_gone_and_may_be_removed_again():
    stored = files.store(b"hello")
    files.remove(stored.key)
    files.remove(stored.key)
    assert not files.is_whole(stored)
    with pytest.raises(Http404):
        files.file_response(stored.key, kind="jpg", name="a")


@pytest.mark.parametrize(
    "key", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 32 + "\n", "/etc/passwd"]
)
def test_no_key_leads_out_of_the_folder(key):
    with pytest.raises(FileNotFoundError):
        files.read(key)


@pytest.mark.django_db  # closing an answer looks at the connections
def test_a_file_leaves_as_an_attachment_in_a_sandbox():
    response = files.file_response(files.store(b"%PDF-1").key, kind="pdf", name="Surat tugas")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Surat-tugas.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"%PDF-1"
    response.close()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../x", "x.pdf"),
        ('a"; filename="b.exe', "a-filename-b.exe.pdf"),
        ("x\r\nSet-Cookie: a", "x-Set-Cookie-a.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("", "berkas.pdf"),
        ("y.pdf", "y.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_file_names_are_plain(name, plain):
    assert files.plain_name(name, "pdf") == plain


def test_a_pdf_is_known_by_its_first_bytes():
    assert files.check_pdf(b"%PDF-1.7 x") == b"%PDF-1.7 x"
    with pytest.raises(files.BadDocument, match="PDF"):
        files.check_pdf(b"PK\x03\x04")
    with pytest.raises(files.BadDocument, match="10 MB"):
        files.check_pdf(b"%PDF-" + b"x" * 10_000_000)
