"""Files as people send them: photos with hidden data, documents, and things that only look so."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def picture(
    form: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **more: Any
) -> bytes:
    """Return a picture with a slope of colours, so that no two sizes give the same bytes."""
    written = io.BytesIO()
    slope = Image.linear_gradient("L").resize(size)
    slope.convert(mode).save(written, form, **more)
    return written.getvalue()


def phone_photo(taken: str = "2021:06:09 08:05:00", *, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG as a phone writes it: time, place (北纬31°12′36″ 东经107°30′) and maker."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "HUAWEI", 6
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 12.0, 36.0), 3: "E", 4: (107.0, 30.0, 0.0)})
    return picture(size=size, exif=exif.tobytes())


def office_file(part: str, *more: str) -> bytes:
    """Return a package with the parts that make it a Word or Excel file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name in ("[Content_Types].xml", part, *more):
            package.writestr(name, "<x/>")
    return written.getvalue()


def old_office_file(*names: str) -> bytes:
    return OLE + b"\x00" * 504 + b"".join(name.encode("utf-16-le") for name in names)


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo_upload(name: str = "现场照片.jpg") -> SimpleUploadedFile:
    return upload(phone_photo(), name)
