"""Word, PDF and QR: the official layout, the same bytes for the same facts, text never as markup."""

import io
import re
import subprocess

import pytest
from docx import Document
from docx.shared import Mm, Pt
from pypdf import PdfReader

from common.documents.pdf import render_pdf
from common.documents.qr import qr_svg
from common.documents.word import OfficialDocument, chinese_number, document_number

FACTS = {
    "title": "社员名录证明",
    "number": "通农合证〔2021〕12号",
    "paragraphs": ["兹证明春风种植专业合作社已列入名录。"],
    "rows": [["法定代表人", "谢国强"]],
    "issuer": "达州市通川区农业农村局",
    "date": "2021年7月20日",
    "check": {
        "number": "通农合证〔2021〕12号",
        "code": "7K3F-9QMA",
        "qr": qr_svg("https://example.cn/"),
        "page": "https://example.cn/",
    },
}


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def opened(document):
    return Document(io.BytesIO(document.content()))


def test_a_certificate_is_one_page_of_a4_with_its_facts():
    pdf = render_pdf("certificate", FACTS)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    text = text_of(pdf)
    for word in ("社员名录证明", "谢国强", "7K3F-9QMA", "2021"):
        assert word in text.replace(" ", "")


def test_the_same_facts_give_the_same_bytes():
    assert render_pdf("certificate", FACTS) == render_pdf("certificate", FACTS)


def test_fonts_travel_with_the_file():
    fonts = PdfReader(io.BytesIO(render_pdf("certificate", FACTS))).pages[0]["/Resources"]["/Font"]
    names = {fonts[key]["/BaseFont"] for key in fonts}
    assert all(re.match(r"/[A-Z]{6}\+NotoS", name) for name in names)


@pytest.mark.parametrize(
    "typed",
    ['#panic("x")', '#read("/etc/passwd")', "*粗* _斜_ $x$ <b>", '"]) #eval("1")', "\\", "#"],
)
def test_what_people_typed_is_text_and_never_markup(typed):
    pdf = render_pdf("certificate", {**FACTS, "paragraphs": [typed]})
    assert typed.replace(" ", "") in text_of(pdf).replace(" ", "")


@pytest.mark.parametrize("name", ["../base", "missing", ""])
def test_a_template_outside_the_folder_is_not_found(name):
    with pytest.raises(FileNotFoundError):
        render_pdf(name, {})


def test_a_qr_is_one_svg_without_style():
    drawn = qr_svg("https://example.cn/public/verify/?number=1", label="查验")
    assert drawn.startswith("<svg ")
    assert "style=" not in drawn
    assert "<title>查验</title>" in drawn


def test_a_label_of_a_qr_cannot_break_out():
    assert "<script>" not in qr_svg("x", label="<script>")


def test_the_page_is_laid_out_as_the_standard_asks():
    section = opened(OfficialDocument("关于报送的通知")).sections[0]
    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(side / Mm(1)) for side in margins] == [37, 35, 28, 26]


def test_headings_number_themselves_and_start_anew_below_a_new_one():
    document = OfficialDocument("纪要")
    for text, level in (
        ("甲", 1),
        ("乙", 2),
        ("丙", 2),
        ("丁", 3),
        ("戊", 4),
        ("己", 1),
        ("庚", 2),
    ):
        document.heading(text, level)
    written = [p.text for p in opened(document).paragraphs if p.text][1:]
    assert written == ["一、甲", "（一）乙", "（二）丙", "1.丁", "（1）戊", "二、己", "（一）庚"]


def test_body_is_size_three_fangsong_indented_by_two_characters():
    document = OfficialDocument()
    document.paragraph("正文")
    paragraph = next(p for p in opened(document).paragraphs if p.text == "正文")
    assert paragraph.paragraph_format.first_line_indent == Pt(32)
    assert paragraph.runs[0].font.size == Pt(16)
    assert paragraph.runs[0].font.name == "仿宋_GB2312"


def test_a_document_holds_what_was_said_with_red_head_table_attendance_and_imprint():
    document = OfficialDocument(
        "第三次会议纪要",
        red_head="联席会议纪要",
        number="〔2021〕3号",
        issuer="办公室",
        date="7月20日",
    )
    document.paragraph("会议\x00认为\x1b。")
    document.table(["任务", "单位"], [["核查", "农业农村局"]], widths=[2, 1])
    document.attendance([("出席", "张永贵")])
    document.signature("农业农村局", "2021年7月20日")
    document.imprint(issuer="办公室", date="2021年7月20日", copy_to="各乡镇")
    read = opened(document)
    words = "\n".join(p.text for p in read.paragraphs)
    for part in ("联席会议纪要", "〔2021〕3号", "会议认为。", "出席：张永贵"):
        assert part in words
    assert read.tables[0].rows[1].cells[1].text == "农业农村局"
    box = read.element.body.xpath(".//w:txbxContent")[0]
    imprint = ["".join(line.xpath(".//w:t/text()")) for line in box]
    assert imprint == ["抄送：各乡镇。", "办公室2021年7月20日印发"]


def test_the_same_document_gives_the_same_bytes():
    def written():
        document = OfficialDocument("纪要", red_head="会议纪要")
        document.paragraph("正文")
        return document.content()

    assert written() == written()


@pytest.mark.parametrize(
    ("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_numbers(number, word):
    assert chinese_number(number) == word


def test_a_document_number_follows_the_standard():
    assert document_number("通区府发", 2020, 6) == "通区府发〔2020〕6号"


@pytest.mark.slow
def test_an_office_program_opens_the_file(tmp_path):
    import shutil

    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed on this machine")
    document = OfficialDocument("关于报送的通知", red_head="通川区农业农村局文件", number="1号")
    document.table(["甲"], [["乙"]])
    document.imprint(issuer="办公室", date="2021年7月20日")
    (tmp_path / "a.docx").write_bytes(document.content())
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "pdf",
            "a.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert "关于报送的通知" in text_of((tmp_path / "a.pdf").read_bytes())
