"""Files of office programs and of printers, as small as they can be."""

import io
import zipfile

OFFICE = "http://schemas.openxmlformats.org"
WORD = f"{OFFICE}/wordprocessingml/2006/main"
SHEET = f"{OFFICE}/spreadsheetml/2006/main"


FONTS = b"/Resources << /Font << /F1 5 0 R >> >>"


def packed(**parts: str) -> bytes:
    """A ZIP of named parts; `__` in a name is a slash, `_dot_` a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            path = name.replace("__", "/").replace("_dot_", ".")
            kind = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(path, text, compress_type=kind)
    return content.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    return packed(
        word__document_dot_xml=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )


def xlsx(*shared: str, number: str = "4711") -> bytes:
    strings = "".join(f"<si><t>{each}</t></si>" for each in shared)
    cells = f'<c t="s"><v>0</v></c><c><v>{number}</v></c>'
    return packed(
        xl__sharedStrings_dot_xml=f'<sst xmlns="{SHEET}">{strings}</sst>',
        xl__worksheets__sheet1_dot_xml=(
            f'<worksheet xmlns="{SHEET}"><sheetData><row>{cells}</row></sheetData></worksheet>'
        ),
    )


def odt(*paragraphs: str) -> bytes:
    body = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    return packed(
        mimetype="application/vnd.oasis.opendocument.text",
        content_dot_xml=(
            f'<office:document-content xmlns:office="{urn}:office:1.0" xmlns:text="{urn}:text:1.0">'
            f"<office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>"
        ),
    )


def pdf(line: str) -> bytes:
    """A page with one line in a font that every reader has."""
    stream = f"BT /F1 12 Tf 40 700 Td ({line}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % FONTS,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(content))
    )
