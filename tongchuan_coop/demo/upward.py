"""The demo's contacts with province and city: reports sent, a visit, a letter, a call."""

import datetime as dt
from random import Random

from django.core.files.base import ContentFile

from accounts.models import User
from accounts.operations.attachments import attach_file
from common import clock
from common.documents.word import OfficialDocument
from liaison.operations import upward as operations
from liaison.upward_choices import UpwardLevel, UpwardWay

PROVINCE, CITY = "省农业农村厅", "市农业农村局"
LINES = (
    (
        dt.date(2020, 7, 10),
        UpwardLevel.PROVINCE,
        PROVINCE,
        UpwardWay.SENT,
        "报送试点实施方案",
        "报送质量提升整县推进试点实施方案和领导小组名单，请求备案。",
        "同意备案，要求每季度报送进展。",
        "通农发〔2020〕26号",
    ),
    (
        dt.date(2020, 10, 14),
        UpwardLevel.CITY,
        CITY,
        UpwardWay.SENT,
        "报送三季度试点进展",
        "报送摸底排查、清理整顿和年报公示进展。",
        "已汇总上报，要求加快休眠合作社清理。",
        "通农发〔2020〕41号",
    ),
    (
        dt.date(2021, 3, 23),
        UpwardLevel.CITY,
        CITY,
        UpwardWay.VISITED,
        "市局调研清理整顿做法",
        "调研组到罗江镇查看集中注销现场，与三家合作社座谈。",
        "建议把三方见面的做法写成典型案例。",
        "",
    ),
    (
        dt.date(2021, 5, 12),
        UpwardLevel.PROVINCE,
        PROVINCE,
        UpwardWay.RECEIVED,
        "收到省级示范社申报通知",
        "今年省级示范社申报条件和名额，六月底前由市局汇总。",
        "",
        "川农函〔2021〕112号",
    ),
    (
        dt.date(2021, 7, 12),
        UpwardLevel.CITY,
        CITY,
        UpwardWay.SENT,
        "报送二季度试点进展",
        "报送示范创建、辅导员走访和年报公示进展。",
        "",
        "通农发〔2021〕38号",
    ),
)


def add_upward(known: dict[str, User], _random: Random) -> None:
    """Enter each on its day; what was sent has its paper attached."""
    bureau = known["bureau"]
    for day, level, agency, way, subject, content, outcome, number in LINES:
        with clock.on_day(day):
            line = operations.enter_upward(
                {
                    "happened_on": day,
                    "level": level,
                    "agency": agency,
                    "way": way,
                    "subject": subject,
                    "content": content,
                    "outcome": outcome,
                    "document_number": number,
                },
                by=bureau,
            )
            if way == UpwardWay.SENT:
                document = OfficialDocument(subject)
                document.paragraph(content)
                file = ContentFile(document.content(), name=f"{subject}.docx")
                attach_file(line, file, purpose="上级沟通材料", by=bureau)
