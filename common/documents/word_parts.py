"""The parts of a Word file that python-docx has no words for: grid, fonts, page numbers, rules."""

import io
import zipfile

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

RIGHT_TAB = WD_TAB_ALIGNMENT.RIGHT
# What each prescribed font is called on machines that lack it.
_FALLBACKS = {
    "方正小标宋简体": "方正小标宋_GBK,宋体",
    "仿宋_GB2312": "仿宋,FangSong",
    "楷体_GB2312": "楷体,KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


def lay_out_page(document: Document) -> None:
    """A4, margins 37/35/28/26 mm, and the grid of 22 lines with 28 characters."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    properties.append(grid)


def name_fallback_fonts(document: Document) -> None:
    """Tell the reader's machine which font stands in for one that it lacks."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in _FALLBACKS.items()
    )
    table = f"<?xml version='1.0' encoding='UTF-8'?>\n<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = table.encode()


def number_pages(document: Document, *, font: str, size: int) -> None:
    """Put — 1 — at the foot, odd pages at the right and even ones at the left."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        layout = paragraph.paragraph_format
        layout.left_indent = layout.right_indent = Pt(size)
        for piece in ("— ", None, " —"):
            run = paragraph.add_run(piece or "")
            run.font.name, run.font.size = font, Pt(size)
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
            if piece is None:
                for part in _page_field():
                    run._element.append(part)


def _page_field() -> list[BaseOxmlElement]:
    begin, instruction, end = (
        OxmlElement("w:fldChar"),
        OxmlElement("w:instrText"),
        OxmlElement("w:fldChar"),
    )
    begin.set(qn("w:fldCharType"), "begin")
    instruction.text = "PAGE"
    end.set(qn("w:fldCharType"), "end")
    return [begin, instruction, end]


def repeat_row(row: _Row) -> None:
    """Let a table's head come again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_row_whole(row: _Row) -> None:
    """Let no row of a table be torn by the end of a page."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def rule_below(paragraph: Paragraph, *, colour: str, eighths: int) -> None:
    """Draw a line below a paragraph; its weight is in eighths of a point."""
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="{eighths}" w:space="4" '
        f'w:color="{colour}"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def set_at_foot(table: Table) -> None:
    """Set the imprint's table at the foot of its page, ruled: heavy outside (0.35 mm), light inside."""
    properties = table._tbl.tblPr
    place = parse_xml(
        f'<w:tblpPr {nsdecls("w")} w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" '
        'w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
    )
    heavy, light = (
        'w:val="single" w:sz="8" w:color="000000"',
        'w:val="single" w:sz="6" w:color="000000"',
    )
    borders = parse_xml(
        f"<w:tblBorders {nsdecls('w')}><w:top {heavy}/><w:bottom {heavy}/><w:insideH {light}/>"
        "</w:tblBorders>"
    )
    style = properties.find(qn("w:tblStyle"))
    properties.insert(0 if style is None else 1, place)
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)


def packed_without_time(content: bytes) -> bytes:
    """Pack a file anew with the same time on every part, so that equal documents are equal bytes."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as former,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for entry in former.infolist():
            part = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, former.read(entry))
    return written.getvalue()
