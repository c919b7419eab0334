"""The words of a Word file or a plain text, taken out by the careful child."""

import io
import zipfile

import pytest

from common.documents.word import OfficialDocument
from common.workflow import TransitionRefused
from registry.ingestion.prose import LONGEST
from registry.operations.prose import words_of

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<w:document xmlns:w="{WORDS}"><w:body>'
FOOT = "</w:body></w:document>"


def word_file(body: str, head: str = HEAD, foot: str = FOOT) -> io.BytesIO:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", head + body + foot)
    return io.BytesIO(written.getvalue())


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_word_file_gives_its_paragraphs():
    document = OfficialDocument("评定办法")
    document.paragraph("为每个成员设立成员账户。")
    document.paragraph("按交易量返还。")
    words = words_of(io.BytesIO(document.content()), filename="办法.docx")
    assert words.splitlines() == ["评定办法", "为每个成员设立成员账户。", "按交易量返还。"]


def test_deleted_words_are_left_out_and_runs_are_joined():
    body = (
        "<w:p><w:r><w:t>成员</w:t></w:r><w:r><w:t>账户</w:t></w:r>"
        "<w:del><w:r><w:delText>旧文字</w:delText></w:r></w:del></w:p>"
    )
    assert words_of(word_file(body), filename="a.docx") == "成员账户"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_plain_text_is_read_in_the_encodings_of_offices(encoding):
    content = "一、总则\r\n　　合作社应当依法登记。\r\n".encode(encoding)
    words = words_of(io.BytesIO(content), filename="a.txt")
    assert words == "一、总则\n合作社应当依法登记。"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空的"),
        (b"%PDF-1.7\n%%EOF", "PDF"),
        (word_file(paragraph("字"), foot="").getvalue(), "损坏"),
        (word_file("", head=f'<!DOCTYPE x [<!ENTITY a "b">]>{HEAD}').getvalue(), "DOCTYPE"),
        (word_file("<w:p/>").getvalue(), "没有文字"),
    ],
    ids=["empty", "pdf", "cut short", "declaration", "no words"],
)
def test_what_cannot_be_read_is_told_with_what_to_do(content, sentence):
    with pytest.raises(TransitionRefused, match=sentence) as refused:
        words_of(io.BytesIO(content), filename="a.docx")
    assert "复制后粘贴" in str(refused.value) or "重新选择" in str(refused.value)


def test_a_workbook_is_no_document():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(TransitionRefused, match="不是 Word 文档"):
        words_of(io.BytesIO(written.getvalue()), filename="a.docx")


def test_a_bomb_ends_the_child_and_not_the_portal():
    bomb = word_file(paragraph("字" * 30_000_000))
    with pytest.raises(TransitionRefused):
        words_of(bomb, filename="a.docx")


def test_a_long_document_is_cut_at_the_limit():
    piece = "成员账户盈余返还" * 50
    words = words_of(word_file(paragraph(piece) * 300), filename="a.docx")
    assert LONGEST - 1000 < len(words) <= LONGEST
