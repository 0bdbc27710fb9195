"""Workbooks that mean harm, made here so that none has to be kept."""

import io
import zipfile
import zlib
from base64 import b85decode

import xlsxwriter

TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)

OLD_WORKBOOK = zlib.decompress(
    b85decode(
        "c-rk)O=uHA6#izDG(T<gXDYNp2?eXx7B&^3Ika0VT0JyGFNz4dH9<q0L_&+yi`AN=Ab3)|6zaiC)r&t=L2n*}N<9d"
        "Ikm%8qpx~j+`sQU<(yGva7OML#^XAQaGjHDRn>Vw&uNOn5*#~W9tib>rs2E-})W`%Cuhj^G^oAi>tM*VaY-}ocJru|"
        "W7Z#ddxn&GxyvtB<-}!<l@PW!noJS&`OGh^lL+pbtq!0Z>1#XkXk5=|7%=8S?Ellrm&!<cWS#phOKlLq%6Ij#|U47;"
        "%KCX1I&JSt#5s!Jtk{DX>Qm*1l*G09j3;PNgeSDKC+MP|90|j(Aol6&FJAgaz0aJvYY_=zrDj`C_p2Jro3VgA$`gzo"
        "rZ>(H^<lk1y-M^80D2Qw2Hxwr@4dXN?Nf80`I;F;qWcsXrLC-AX5NEY4q)F&m-9gpiqzf3C9M>~cCo)tw0z;FjOmu%"
        "fH<3RVrfi7!scKA(^{VP#H5QA<<34!;@Qx8&wPQ4MCN&XFkpq$saXtmf<>kAdmqtdD+9{Sy^C?k1OSVhbVc@bHL4*C"
        "QQJ6|i7xTNBUSX@-m~Uemp~X&hXR^g)4$g3&tE}y$dG;{gXgg~7ox~SE9eLbd{HX0Betx)oF*5&Fn?(nmZ7CWruNic"
        "UZgK0T#1qY`g}Lv%XWIJH9^_GirtgM%U<R-vvyKpAT5ZXvBYw0L^I26}4r)0}TjCeC1lw|&{RP{i0OA?>Cdf`0^Gnj"
        "=LZh@bpoH;|ALwAsIqriE8#Zj%uwlc7jsF$GeB*YQ@7yl)joxkk*IA)bv44~Nvp9-8T@&<Cc>p=83z({F{cMFxShmD"
        "E$5{UhC63YT1&m>o{TQoz{n8hisJ)+c4-Edf6smXrN<Du5<@vt@i|*Y="
    )
)
"""A small workbook of Excel 97 with an invented person."""


def workbook(rows=(("Nama", "NIP"), ("Budi", "198001012005011999"))):
    """An ordinary workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(line, column, value)
    return target.getvalue()


def with_parts(base, parts, *, compression=zipfile.ZIP_DEFLATED):
    """The zip `base` with parts added or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(target, "w", compression) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def a_zip(parts):
    """A zip of parts, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def an_ods(content=None, manifest=b"<manifest/>"):
    """A small OpenDocument sheet."""
    content = content or (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        b'<office:spreadsheet><table:table table:name="Data"><table:table-row>'
        b'<table:table-cell office:value-type="string"><text:p>Budi</text:p></table:table-cell>'
        b"</table:table-row></table:table></office:spreadsheet></office:body>"
        b"</office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", manifest)
        new.writestr("content.xml", content)
    return target.getvalue()


def endless_zeros(megabytes):
    """A part that packs a thousand times smaller than it is."""
    return with_parts(workbook(), {"xl/media/x.xml": b"\0" * (megabytes << 20)})


def lying_size(megabytes):
    """A part whose listed size is a small lie."""
    data = bytearray(endless_zeros(megabytes))
    real = (megabytes << 20).to_bytes(4, "little")
    return bytes(data.replace(real, (1000).to_bytes(4, "little")))


def slow_sheet():
    """A small workbook whose one sheet holds more than a reader can do in ten seconds."""
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><sheetData>'
    )
    lines = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>' % (n, n, n)
        for n in range(1, 40_000)
    )
    return with_parts(
        workbook(), {"xl/worksheets/sheet1.xml": head + lines + b"</sheetData></worksheet>"}
    )


def far_corner():
    """Two cells at opposite corners of the largest sheet there is."""
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": sheet})


def text_workbook(rows):
    """A workbook whose second column is text, whatever stands in it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for line, (number, text) in enumerate(rows):
            sheet.write_number(line, 0, number)
            sheet.write_string(line, 1, text)
    return target.getvalue()
