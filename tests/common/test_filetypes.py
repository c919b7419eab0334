"""What a file is, its bytes say; its name says nothing."""

import io

import pytest

from common import filetypes
from common.filetypes import FileRefused, judge
from tests.factories.files import OLE, PDF, office_file, old_office_file, picture

GOOD = {
    "jpeg": picture(),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "pdf": PDF,
    "docx": office_file("word/document.xml"),
    "xlsx": office_file("xl/workbook.xml"),
    "xls": old_office_file("Workbook"),
}
BAD = {
    "nothing": (b"", "空的"),
    "a page": (b"<html><script>alert(1)</script></html>", "只收"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "只收"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 200, "只收"),
    "a gif": (b"GIF89a" + b"\x00" * 20, "只收"),
    "a page before a package": (b"<html>" + office_file("word/document.xml"), "只收"),
    "a photo of an iphone": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
    "half a pdf": (PDF[:20], "不完整"),
    "half a package": (office_file("word/document.xml")[:60], "不完整"),
    "any package": (office_file("some/thing.xml"), "只收"),
    "macros": (office_file("word/document.xml", "word/vbaProject.bin"), "宏"),
    "old macros": (old_office_file("Workbook", "_VBA_PROJECT"), "宏"),
    "old word": (old_office_file("WordDocument"), "docx"),
    "a password": (old_office_file("EncryptedPackage"), "密码"),
    "an empty folder of streams": (OLE + b"\x00" * 600, "只收"),
}


@pytest.mark.parametrize("code", GOOD)
def test_a_known_kind_is_told_by_its_content(code):
    assert judge(io.BytesIO(GOOD[code])).code == code


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_refused_with_a_sentence(name):
    content, word = BAD[name]
    with pytest.raises(FileRefused, match=word):
        judge(io.BytesIO(content))


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(filetypes, "_MOST_UNPACKED", 5)
    with pytest.raises(FileRefused, match="过大"):
        judge(io.BytesIO(office_file("word/document.xml")))
