"""The parts of a Word file that python-docx has no words for: grid, fonts, page numbers, rules."""

import io
import zipfile
from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row
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
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
# A text box without border over the width of the type area, its lower edge on that of the area.
_BOX = f"""<mc:AlternateContent
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w="{_WORDS}"
 xmlns:wp="{_DRAWN}/wordprocessingDrawing" xmlns:a="{_DRAWN}/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"
 simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="0" allowOverlap="0"
><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>center</wp:align
></wp:positionH><wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV
><wp:extent cx="{{width}}" cy="{{height}}"/><wp:effectExtent l="0" t="0" r="0" b="0"
/><wp:wrapTopAndBottom/><wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/><a:graphic
><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp
><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{{width}}"
 cy="{{height}}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln
><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr lIns="0" tIns="0"
 rIns="0" bIns="0" anchor="b"><a:spAutoFit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic
></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"""


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


def leave_grid(paragraph: Paragraph) -> None:
    """Let a paragraph stand where its spacing says and not on the next line of the grid."""
    element = OxmlElement("w:snapToGrid")
    element.set(qn("w:val"), "0")
    after = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
    paragraph._p.get_or_add_pPr().insert_element_before(element, *after)


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


def set_at_foot(
    holder: Paragraph, lines: Sequence[Paragraph], *, width: float, wrapped: int = 0
) -> None:
    """Set paragraphs at the foot of the page of `holder`, ruled over `width` points.

    `wrapped` is how many lines more than paragraphs there will be, for the height of the box.

    They move into a text box at the lower edge of the type area: Word, WPS and LibreOffice all
    place that, which of floating tables and framed paragraphs is not true. Heavy rules outside
    (0.35 mm), light between (0.25 mm).
    """
    height = Pt(22 * (len(lines) + wrapped) + 10 * len(lines))
    box = parse_xml(_BOX.format(width=Pt(width), height=int(height)))
    content = box.find(f".//{{{_WORDS}}}txbxContent")
    for place, line in enumerate(lines):
        above = 'w:val="single" w:sz="8"' if place == 0 else 'w:val="single" w:sz="6"'
        rules = f'<w:top {above} w:space="3" w:color="000000"/>'
        if place == len(lines) - 1:
            rules += '<w:bottom w:val="single" w:sz="8" w:space="3" w:color="000000"/>'
        borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{rules}</w:pBdr>")
        line._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )
        content.append(line._p)
    holder.add_run()._r.append(box)


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
