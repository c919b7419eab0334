"""The parts of an xlsx workbook: which sheets it lists, where they are, what it refuses to be."""

import codecs
import posixpath
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from registry.ingestion.archive import Archive
from registry.ingestion.display import sheet_name
from registry.ingestion.reasons import Refused

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TYPES: Final = "[Content_Types].xml"
_LINKED: Final = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
_WORKBOOK_TYPES: Final = (
    ("spreadsheetml.sheet.main+xml", ""),
    ("spreadsheetml.template.main+xml", ""),
    ("macroEnabled.main+xml", "MACRO"),
    ("sheet.binary.macroEnabled", "Excel 二进制工作簿（.xlsb）"),
    ("wordprocessingml", "WORD"),
    ("presentationml", "SLIDES"),
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet as the workbook lists it; `path` is empty for charts and dialogs."""

    name: str
    path: str
    hidden: bool


@dataclass(slots=True)
class Package:
    """What the workbook part says."""

    sheets: list[SheetPart] = field(default_factory=list)
    date1904: bool = False
    strings: str = ""
    styles: str = ""
    notes: list[str] = field(default_factory=list)


def open_package(archive: Archive) -> Package:
    """Read the workbook's own parts. Raises Refused for other formats and for missing parts."""
    _refuse_other_archives(archive)
    _scan_declarations(archive)
    types = _types(archive)
    main = _main_part(archive)
    _refuse_other_kinds(archive, types, main)
    root = part_xml(archive, main)
    if root.tag == f"{{{_STRICT}}}workbook":
        raise Refused("UNSUPPORTED_FORMAT", found="“严格 Open XML”格式的工作簿")
    if root.tag != f"{{{MAIN}}}workbook":
        raise Refused("FILE_UNREADABLE")
    package = Package()
    _read_workbook(archive, package, root, _links(archive, main))
    if any(name.startswith(_LINKED) for name in archive.parts):
        package.notes.append("工作簿含有外部链接或数据连接，系统没有读取，也不会访问。")
    return package


def _refuse_other_archives(archive: Archive) -> None:
    if "mimetype" in archive:
        kind = archive.read("mimetype").strip()
        if b"opendocument.spreadsheet" in kind:
            raise Refused("UNSUPPORTED_FORMAT", found="ODF 表格（.ods）")
        raise Refused("NOT_A_SPREADSHEET", found="其他办公文档")
    if "xl/workbook.bin" in archive:
        raise Refused("UNSUPPORTED_FORMAT", found="Excel 二进制工作簿（.xlsb）")
    if _TYPES not in archive:
        raise Refused("NOT_A_SPREADSHEET", found="压缩包，请先解压再上传里面的表格")


def _scan_declarations(archive: Archive) -> None:
    """Refuse any document type declaration, also in parts that are not read further."""
    for part in list(archive.parts.values()):
        if part.is_folder or not part.name.lower().endswith((".xml", ".rels")):
            continue
        first = next(archive.stream(part.name), b"")
        if _has_doctype(first):
            raise Refused("XML_DTD")
        if part.name.lower().startswith("xl/") and first.startswith(_UTF16):
            raise Refused("UNSUPPORTED_FORMAT", found="用 UTF-16 编码的工作簿")  # reads as empty


def _has_doctype(first: bytes) -> bool:
    plain = first.replace(b"\x00", b"") if b"\x00" in first[:64] else first
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _types(archive: Archive) -> dict[str, str]:
    root = part_xml(archive, _TYPES)
    return {
        each.get("PartName", "").lstrip("/").lower(): each.get("ContentType", "")
        for each in root
        if each.tag.endswith("}Override")
    }


def _main_part(archive: Archive) -> str:
    for target, kind in _links(archive, "").values():
        if kind.endswith("/officeDocument"):
            if target in archive:
                return target
            raise Refused("FILE_DAMAGED", part=target)
    raise Refused("FILE_UNREADABLE")


def _refuse_other_kinds(archive: Archive, types: dict[str, str], main: str) -> None:
    content_type = types.get(main.lower(), "")
    for mark, found in _WORKBOOK_TYPES:
        if mark in content_type:
            _refuse_kind(found)
    if any(name.endswith("vbaproject.bin") for name in archive.parts):
        _refuse_kind("MACRO")
    if main.lower().startswith("word/"):
        _refuse_kind("WORD")
    if main.lower().startswith("ppt/"):
        _refuse_kind("SLIDES")


def _refuse_kind(found: str) -> None:
    if found == "MACRO":
        raise Refused("MACRO_WORKBOOK", found=".xlsm")
    if found in {"WORD", "SLIDES"}:
        label = "Word 文档" if found == "WORD" else "演示文稿"
        raise Refused("NOT_A_SPREADSHEET", found=label)
    if found:
        raise Refused("UNSUPPORTED_FORMAT", found=found)


def _links(archive: Archive, source: str) -> dict[str, tuple[str, str]]:
    """Return id → (part name, kind) of a part's internal relations; "" is the package itself."""
    folder, name = posixpath.split(source)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive:
        raise Refused("FILE_DAMAGED", part=path)
    links = {}
    for each in part_xml(archive, path):
        if each.get("TargetMode") == "External":
            continue
        target = each.get("Target", "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        links[each.get("Id", "")] = (posixpath.normpath(whole), each.get("Type", ""))
    return links


def _read_workbook(
    archive: Archive, package: Package, root: Element, links: dict[str, tuple[str, str]]
) -> None:
    settings = root.find(f"{{{MAIN}}}workbookPr")
    package.date1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    for sheet in root.iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet"):
        name = sheet_name(sheet.get("name", ""))
        target, kind = links.get(sheet.get(f"{{{_LINKS}}}id", ""), ("", ""))
        if not target or target not in archive:
            raise Refused("SHEET_MISSING", sheet=name)
        hidden = sheet.get("state", "visible") != "visible"
        package.sheets.append(
            SheetPart(name, target if kind.endswith("/worksheet") else "", hidden)
        )
    if not any(sheet.path for sheet in package.sheets):
        raise Refused("NO_SHEETS")
    refuse_same_names([sheet.name for sheet in package.sheets])
    package.strings = _optional(archive, links, "/sharedStrings")
    package.styles = _optional(archive, links, "/styles")


def refuse_same_names(names: list[str]) -> None:
    """No office program allows it, and a row could not be found again by its sheet's name."""
    for name in names:
        if names.count(name) > 1:
            raise Refused("AMBIGUOUS_ARCHIVE", detail=f"有两个工作表都叫“{name}”")


def _optional(archive: Archive, links: dict[str, tuple[str, str]], kind: str) -> str:
    target = next((target for target, each in links.values() if each.endswith(kind)), "")
    return target if target and target in archive else ""


def part_xml(archive: Archive, name: str) -> Element:
    """Return a small part as a tree. Raises Refused for a broken one."""
    if name not in archive:
        raise Refused("FILE_DAMAGED", part=name)
    try:
        root: Element = fromstring(archive.read(name), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused("XML_DTD") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused("FILE_DAMAGED", part=name) from error
    return root
