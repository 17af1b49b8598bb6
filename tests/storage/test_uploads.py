"""A file is what its content says, is looked into before it is opened, and each refusal has its reason."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from bot.core.errors import UserError
from bot.storage.inspection import LARGEST, Reason
from bot.storage.uploads import Uploads, tidy
from bot.words import LANGUAGES, message_ids

TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
)
WORD, SHEET = TYPES.format("wordprocessingml.document"), TYPES.format("spreadsheetml.sheet")
RELATION = (
    '<Relationships><Relationship Id="1" Type="http://x/{}" Target="https://elsewhere.example/x" TargetMode="External"/></Relationships>'
)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def packed(entries: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as file:
        for name, text in entries.items():
            file.writestr(name, text)
    return made.getvalue()


def docx(**more: str | bytes) -> bytes:
    parts = {name.replace("__", "/"): text for name, text in more.items()}
    return packed({"[Content_Types].xml": WORD, "word/document.xml": "<document/>", **parts})


def picture(form: str, size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, form, **options)
    return made.getvalue()


def photograph() -> bytes:
    """With a place, a camera and a comment, held upright."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CAMERA-MARK", 6
    exif.get_ifd(0x8825)[2] = (31.0, 18.0, 0.0)
    return picture("JPEG", exif=exif, comment=b"COMMENT-MARK")


def giant() -> bytes:
    """A PNG of few bytes that claims 60,000 x 60,000 points."""
    small = picture("PNG")
    size = small[12:16] + (60_000).to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + size + zlib.crc32(size).to_bytes(4, "big") + small[33:]


def locked() -> bytes:
    plain = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := plain.find(mark, start + 1)) >= 0:
            plain[start + place] |= 1
    return bytes(plain)


GOOD = {
    "pdf": PDF,
    "docx": docx(word___rels__document_xml=""),
    "xlsx": packed({"[Content_Types].xml": SHEET, "xl/workbook.xml": "<workbook/>"}),
    "jpg": picture("JPEG"),
    "png": picture("PNG"),
}
BAD: dict[str, tuple[bytes, Reason]] = {
    "nothing": (b"", Reason.EMPTY),
    "21 MB": (b"%PDF-" + bytes(LARGEST), Reason.TOO_LARGE),
    "a program named pdf": (b"MZ\x90\x00" + bytes(500), Reason.KIND),
    "a page": (b"<html><script>alert(1)</script></html>", Reason.KIND),
    "a picture with vectors": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.KIND),
    "a zip of other things": (packed({"[Content_Types].xml": "<Types/>", "a.exe": b"MZ"}), Reason.KIND),
    "a zip without a list of contents": (packed({"a.txt": "a"}), Reason.DAMAGED),
    "half a pdf": (PDF[:20], Reason.DAMAGED),
    "half a docx": (docx()[:-30], Reason.DAMAGED),
    "half a picture": (picture("JPEG")[:200], Reason.DAMAGED),
    "a pdf with a script": (PDF.replace(b"<<>>", b"<</S/JavaScript/JS(app.alert(1))>>", 1), Reason.MACROS),
    "a bomb": (docx(word__media__zeros=bytes(150 * 1024 * 1024)), Reason.PACKED),
    "a small bomb": (docx(word__media__zeros=bytes(30 * 1024 * 1024)), Reason.PACKED),
    "2,001 entries": (packed({f"word/{number}.xml": "" for number in range(2001)}), Reason.PACKED),
    "a path upwards": (packed({"[Content_Types].xml": WORD, "word/document.xml": "", "../../etc/cron.d/x": ""}), Reason.PACKED),
    "a path from the root": (packed({"[Content_Types].xml": WORD, "word/document.xml": "", "/etc/x": ""}), Reason.PACKED),
    "a password": (locked(), Reason.LOCKED),
    "macros": (docx(word__vbaProject_bin=b"").replace(b"vbaProject_bin", b"vbaProject.bin"), Reason.MACROS),
    "macros by type": (packed({"[Content_Types].xml": WORD.replace("main", "macroEnabled.main"), "word/document.xml": ""}), Reason.MACROS),
    "a template elsewhere": (
        packed({"[Content_Types].xml": WORD, "word/document.xml": "", "word/_rels/s.rels": RELATION.format("attachedTemplate")}),
        Reason.EXTERNAL,
    ),
    "entities": (
        packed({"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><Types>&c;</Types>', "word/document.xml": ""}),
        Reason.DAMAGED,
    ),
    "a giant picture": (giant(), Reason.PICTURE),
}


@pytest.mark.parametrize("kind", GOOD)
async def test_a_file_is_known_by_its_content_whatever_its_name(kind: str) -> None:
    found = await Uploads().check("../证明\u202efdp.exe", GOOD[kind])
    assert (found.kind, found.name) == (kind, f"证明fdp.exe.{kind}")


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_file_is_refused_with_its_reason(name: str) -> None:
    data, reason = BAD[name]
    with pytest.raises(UserError) as refused:
        await Uploads().check("licence.pdf", data)
    assert refused.value.text.id == reason.value


async def test_a_link_to_click_is_no_reason_to_refuse() -> None:
    entries = {"[Content_Types].xml": WORD, "word/document.xml": "", "word/_rels/d.rels": RELATION.format("hyperlink")}
    assert (await Uploads().check("a.docx", packed(entries))).kind == "docx"


async def test_a_photograph_loses_place_and_camera_and_keeps_its_turn() -> None:
    before = photograph()
    assert b"CAMERA-MARK" in before
    after = await Uploads().check("a.jpeg", before)
    assert not [mark for mark in (b"CAMERA-MARK", b"COMMENT-MARK", b"Exif") if mark in after.data]
    with Image.open(io.BytesIO(after.data)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((40, 60), {})


async def test_a_documents_bytes_stay_as_they_are() -> None:
    assert (await Uploads().check("a.pdf", PDF)).data == PDF


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_words_in_every_language(reason: Reason) -> None:
    assert all(reason.value in message_ids(language=language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a.PDF", "a.pdf"), ("", "file.pdf"), ("C:\\x\\证.docx", "证.pdf"), ("a\x00b\n.pdf", "ab.pdf"), ("v1.2", "v1.2.pdf")],
)
def test_a_name_is_shown_without_folders_and_tricks(given: str, shown: str) -> None:
    assert tidy(given, "pdf") == shown
