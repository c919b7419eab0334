"""Taking the words out of a Word file or a plain text, for search."""

from dataclasses import replace
from typing import BinaryIO

from django.conf import settings

from common.workflow import TransitionRefused
from registry.ingestion.prose import RESULT, SOURCE
from registry.ingestion.report import Limits
from registry.operations.reading import read_apart

INSTEAD = "也可以打开文件，把正文复制后粘贴到“正文”里。"


def words_of(stream: BinaryIO, *, filename: str) -> str:
    """Return the words of a docx or txt, a paragraph a line.

    Raises TransitionRefused with a sentence for a person, also when there are none.
    """
    limit = settings.ATTACHMENT_LIMITS["bytes"]
    try:
        words = read_apart(
            stream,
            filename=filename,
            source=SOURCE,
            result=RESULT,
            limits=replace(Limits(**settings.INTAKE_LIMITS), upload_bytes=limit),
            too_large=f"文件超过 {limit >> 20} MB，没有接收。",
        )
    except TransitionRefused as refusal:
        raise TransitionRefused(f"没有从“{filename}”读出正文。{refusal}{INSTEAD}") from None
    if not words.strip():
        raise TransitionRefused(f"“{filename}”里没有文字，可能是扫描的图片。{INSTEAD}")
    return words
