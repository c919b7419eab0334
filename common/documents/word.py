"""Word files in the official layout of GB/T 9704-2012.

A4 with the prescribed margins, 22 lines of 28 characters, body in size-3 FangSong, levels 一、（一）
1.（1）, an optional red head with document number, attendance block, signature and imprint. The
prescribed fonts are licensed or bound to a system, so they are named with the fallbacks that Word,
WPS and LibreOffice look for.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from common.documents import word_parts

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

TITLE, BODY, BLACK, KAI, SONG = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
SIZE_2, SIZE_3, SIZE_4, SIZE_TABLE = 22, 16, 14, 12  # points: 二号、三号、四号、小四
RED = RGBColor(0xD5, 0x00, 0x00)
_LINE = 28.9  # points; 22 of them fill the type area of 225 mm
_TYPE_WIDTH = 442  # points, 156 mm
_DIGITS = "零一二三四五六七八九十"
_MADE = dt.datetime(2020, 1, 1)  # noqa: DTZ001, a core property without a zone; the same always


class OfficialDocument:
    """A document under way; `content()` returns the file.

    `red_head` is the issuer's mark (例如“通川区农民合作社联席会议纪要”), `number` the document or
    issue number below it, `issuer` and `date` stand on the line above the red rule (minutes only).
    """

    def __init__(
        self,
        title: str = "",
        *,
        red_head: str = "",
        number: str = "",
        issuer: str = "",
        date: str = "",
    ) -> None:
        self._document: DocxDocument = Document()
        self._counts = [0, 0, 0, 0]
        word_parts.lay_out_page(self._document)
        word_parts.name_fallback_fonts(self._document)
        word_parts.number_pages(self._document, font=SONG, size=SIZE_4)
        self._name_properties(title or red_head)
        if red_head:
            self._red_head(red_head, number, issuer, date)
        if title:
            self._title(title, below_red=bool(red_head), number="" if red_head else number)

    # --- the body ---

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading of level 1 to 4 with its own number: 一、 （一） 1. （1）."""
        if not 1 <= level <= 4:
            msg = f"a heading has a level from 1 to 4, not {level}"
            raise ValueError(msg)
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        number = self._counts[level - 1]
        mark = (
            f"{chinese_number(number)}、",
            f"（{chinese_number(number)}）",
            f"{number}.",
            f"（{number}）",
        )[level - 1]
        paragraph = self._paragraph(mark + text, font=(BLACK, KAI, BODY, BODY)[level - 1])
        paragraph.paragraph_format.keep_with_next = True

    def paragraph(self, text: str, *, indent: bool = True) -> None:
        """Add a paragraph of the body, indented by two characters."""
        self._paragraph(text, indent=indent)

    def blank(self, lines: int = 1) -> None:
        """Add empty lines."""
        for _ in range(lines):
            self._paragraph("", indent=False)

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        widths: Sequence[float] = (),
    ) -> None:
        """Add a ruled table over the whole width; `widths` are shares of it. The head repeats."""
        shares = list(widths) or [1.0] * len(head)
        table = self._document.add_table(rows=1, cols=len(head))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Pt(_TYPE_WIDTH * share / sum(shares))
        lines = [table.rows[0]]
        _fill(lines[0].cells, head, font=BLACK)
        word_parts.repeat_row(lines[0])
        for row in rows:
            lines.append(table.add_row())
            _fill(lines[-1].cells, row, font=BODY)
        for line in lines:
            word_parts.keep_row_whole(line)
            for cell, share in zip(line.cells, shares, strict=True):
                cell.width = Pt(_TYPE_WIDTH * share / sum(shares))
        self._paragraph("", indent=False, size=SIZE_TABLE)

    # --- the end ---

    def attendance(self, groups: Iterable[tuple[str, str]]) -> None:
        """Add who was there, after the body: ("出席", 名单), ("请假", …), ("列席", …)."""
        self.blank()
        for label, names in groups:
            paragraph = self._paragraph("", indent=False)
            lead = SIZE_3 * (len(label) + 3)  # two characters of indent, the label and its colon
            paragraph.paragraph_format.left_indent = Pt(lead)
            paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE_3 - lead)
            _write(paragraph, f"{label}：", font=BLACK)
            _write(paragraph, names)

    def signature(self, office: str, date: str) -> None:
        """Add the issuing office and the date at the right, two lines below the body."""
        self.blank(2)
        for text in (office, date):
            paragraph = self._paragraph(text, indent=False)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(4 * SIZE_3)
            paragraph.paragraph_format.keep_with_next = text == office

    def imprint(
        self, *, issuer: str, date: str, copy_to: str = "", copy_label: str = "抄送"
    ) -> None:
        """Add the imprint 版记 at the foot of the last page: copies, issuing office, date.

        One line stays free above it.
        """
        self.blank()
        lines, wrapped = [], 0
        if copy_to:
            copies = self._imprint_line()
            lead = SIZE_4 * (len(copy_label) + 2)
            copies.paragraph_format.left_indent = Pt(lead)
            copies.paragraph_format.first_line_indent = Pt(SIZE_4 - lead)
            text = f"{copy_label}：{copy_to.rstrip('。')}。"
            _write(copies, text, size=SIZE_4)
            lines.append(copies)
            wrapped = (len(text) * SIZE_4 - 1) // (_TYPE_WIDTH - SIZE_4 - lead)
        issued = self._imprint_line()
        issued.paragraph_format.left_indent = Pt(SIZE_4)
        issued.paragraph_format.tab_stops.add_tab_stop(
            Pt(_TYPE_WIDTH - SIZE_4), word_parts.RIGHT_TAB
        )
        _write(issued, f"{issuer}\t{date}印发" if date else issuer, size=SIZE_4)
        lines.append(issued)
        holder = self._paragraph("", indent=False, size=1)
        holder.paragraph_format.line_spacing = Pt(1)
        word_parts.set_at_foot(holder, lines, width=_TYPE_WIDTH, wrapped=wrapped)

    def _imprint_line(self) -> Paragraph:
        line = self._paragraph("", indent=False)
        layout = line.paragraph_format
        layout.right_indent = Pt(SIZE_4)
        layout.line_spacing = Pt(22)
        return line

    def content(self) -> bytes:
        """Return the bytes of the file; the same document gives the same bytes."""
        written = io.BytesIO()
        self._document.save(written)
        return word_parts.packed_without_time(written.getvalue())

    # --- how it is set ---

    def _name_properties(self, title: str) -> None:
        about = self._document.core_properties
        about.title, about.author, about.comments = title, "", ""
        about.last_modified_by, about.revision = "", 1
        about.created = about.modified = _MADE

    def _red_head(self, mark: str, number: str, issuer: str, date: str) -> None:
        head = self._paragraph("", indent=False)
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        size = min(46, int(_TYPE_WIDTH / max(len(mark), 1)))
        # 35 mm below the upper edge of the type area
        head.paragraph_format.space_before = Mm(35)
        head.paragraph_format.line_spacing = Pt(round(size * 1.2))
        word_parts.leave_grid(head)  # the grid of lines would push it further down
        _write(head, mark, font=TITLE, size=size, colour=RED)
        self.blank()
        if number:
            line = self._paragraph(number, indent=False)
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ruled = self._paragraph("", indent=False, size=SIZE_3)
        if issuer or date:
            ruled.paragraph_format.tab_stops.add_tab_stop(
                Pt(_TYPE_WIDTH - SIZE_3), word_parts.RIGHT_TAB
            )
            _write(ruled, f"\u3000{issuer}\t{date}")  # the rule keeps the whole width
        word_parts.rule_below(ruled, colour="D50000", eighths=12)

    def _title(self, title: str, *, below_red: bool, number: str) -> None:
        self.blank(2 if below_red else 0)
        for line in title.splitlines():
            paragraph = self._paragraph("", indent=False)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = Pt(33)
            _write(paragraph, line, font=TITLE, size=SIZE_2)
        if number:
            paragraph = self._paragraph(number, indent=False)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.blank()

    def _paragraph(
        self, text: str, *, font: str = BODY, size: int = SIZE_3, indent: bool = True
    ) -> Paragraph:
        paragraph = self._document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(_LINE)
        if indent:
            layout.first_line_indent = Pt(2 * size)
        if text:
            _write(paragraph, text, font=font, size=size)
        return paragraph


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese: 一, 十, 十一, 二十, 二十一."""
    if not 1 <= number <= 99:
        msg = f"from 1 to 99, not {number}"
        raise ValueError(msg)
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


def document_number(office: str, year: int, number: int) -> str:
    """Write a document number: 通区府发〔2020〕6号."""
    return f"{office}〔{year}〕{number}号"


def _write(
    paragraph: Paragraph,
    text: str,
    *,
    font: str = BODY,
    size: int = SIZE_3,
    colour: RGBColor | None = None,
) -> None:
    run = paragraph.add_run(_storable(text))
    run.font.size = Pt(size)
    run.font.name = font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:ascii", "w:cs"):
        fonts.set(qn(script), font)
    hint = OxmlElement("w:lang")
    hint.set(qn("w:eastAsia"), "zh-CN")
    run._element.get_or_add_rPr().append(hint)
    if colour is not None:
        run.font.color.rgb = colour


def _storable(text: str) -> str:
    """Leave out what a file of this kind cannot hold: control characters other than tab and newline."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")


def _fill(cells: Sequence[_Cell], texts: Sequence[str], *, font: str) -> None:
    for cell, text in zip(cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(2)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
        if font == BLACK:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, text, font=font, size=SIZE_TABLE)
