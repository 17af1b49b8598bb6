"""Looks into one file handed to us, in a process of its own that may use little: `python inspection.py < file`.

Says in one line of JSON what the file is, or why it is refused; behind it, for pictures, the picture without what cameras write into it.
Imports nothing of ours: it runs isolated from the rest.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from xml.parsers import expat

MEMORY = 512 * 1024 * 1024
SECONDS = 10
LARGEST = 20 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
RATIO = 100
ENTRIES = 2000
PIXELS = 40_000_000
_XML = 4 * 1024 * 1024


class Reason(StrEnum):
    """Why a file is not taken; each is a message for the person."""

    EMPTY = "upload-empty"
    TOO_LARGE = "upload-too-large"
    KIND = "upload-kind"
    DAMAGED = "upload-damaged"
    PACKED = "upload-packed"
    """It would unpack to far more than it should, or holds paths that lead elsewhere."""
    LOCKED = "upload-locked"
    MACROS = "upload-macros"
    EXTERNAL = "upload-external"
    PICTURE = "upload-picture"
    """More pixels than we open."""
    TOO_MUCH = "upload-too-much"
    """It took more memory or time than a file may."""


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def look(data: bytes) -> tuple[str, bytes]:
    """The kind, by content alone, and the bytes to keep. Raises Refused."""
    if not data:
        raise Refused(Reason.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Reason.TOO_LARGE)
    if data.startswith(b"%PDF-"):
        return _pdf(data), data
    if data.startswith(b"PK\x03\x04"):
        return _office(data), data
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg", _picture(data, "JPEG")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", _picture(data, "PNG")
    raise Refused(Reason.KIND)


def _pdf(data: bytes) -> str:
    if b"startxref" not in data or b"%%EOF" not in data[-4096:]:
        raise Refused(Reason.DAMAGED)
    if re.search(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b", data):
        raise Refused(Reason.MACROS)
    return "pdf"


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _directory(packed, len(data))
            return _document(packed)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, expat.ExpatError, RuntimeError, ValueError, OverflowError):
        raise Refused(Reason.DAMAGED) from None


def _directory(packed: zipfile.ZipFile, size: int) -> None:
    """The list of contents alone, before anything is unpacked."""
    entries = packed.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > min(UNPACKED, RATIO * size):
        raise Refused(Reason.PACKED)
    if any(entry.file_size > RATIO * max(entry.compress_size, 1) and entry.file_size > 1024 * 1024 for entry in entries):
        raise Refused(Reason.PACKED)
    if any(_leads_elsewhere(entry.filename) for entry in entries) or len({entry.filename for entry in entries}) < len(entries):
        raise Refused(Reason.PACKED)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(Reason.LOCKED)
    if any(re.search(r"vbaProject|vbaData|activeX|macrosheets|embeddings/.*\.bin$", entry.filename, re.IGNORECASE) for entry in entries):
        raise Refused(Reason.MACROS)


def _leads_elsewhere(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/")


def _document(packed: zipfile.ZipFile) -> str:
    types = [found.get("ContentType", "") for _, found in _elements(packed, "[Content_Types].xml")]
    if any("macroEnabled" in each or "vbaProject" in each for each in types):
        raise Refused(Reason.MACROS)
    for name in packed.namelist():
        if name.endswith(".rels"):
            _relations(packed, name)
    names = set(packed.namelist())
    if "word/document.xml" in names and any("wordprocessingml.document.main+xml" in each for each in types):
        return "docx"
    if "xl/workbook.xml" in names and any("spreadsheetml.sheet.main+xml" in each for each in types):
        return "xlsx"
    raise Refused(Reason.KIND)


def _relations(packed: zipfile.ZipFile, name: str) -> None:
    """Nothing is fetched from elsewhere when the document opens. A link a reader may click is fetched by nobody else."""
    for _, found in _elements(packed, name):
        if found.get("TargetMode") == "External" and not found.get("Type", "").endswith("/hyperlink"):
            raise Refused(Reason.EXTERNAL)


def _elements(packed: zipfile.ZipFile, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    with packed.open(name) as file:
        text = file.read(_XML + 1)
    if len(text) > _XML:
        raise Refused(Reason.PACKED)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda element, attributes: found.append((element, attributes))
    parser.Parse(text, True)
    return iter(found)


def _no_doctype(*_: object) -> None:
    """Entities are defined there, and some grow without end."""
    raise Refused(Reason.DAMAGED)


def _picture(data: bytes, form: str) -> bytes:
    """Drawn anew: without place, time, camera, thumbnails and comments; turned the way the camera meant it."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # We refuse by ourselves, before a pixel is read.
    try:
        with Image.open(io.BytesIO(data), formats=(form,)) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused(Reason.PICTURE)
            drawn = ImageOps.exif_transpose(picture)
            kept = io.BytesIO()
            drawn.info.clear()
            if form == "JPEG":
                drawn.convert("RGB" if drawn.mode not in ("L", "RGB") else drawn.mode).save(kept, "JPEG", quality=90)
            else:
                drawn.save(kept, "PNG")
            return kept.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refused(Reason.DAMAGED) from None


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        kind, kept = look(sys.stdin.buffer.read(LARGEST + 1))
        answer: dict[str, str] = {"kind": kind}
    except Refused as refused:
        answer, kept = {"reason": refused.reason.value}, b""
    except MemoryError:
        answer, kept = {"reason": Reason.TOO_MUCH.value}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + (kept if answer.get("kind") in ("jpg", "png") else b""))


if __name__ == "__main__":
    main()
