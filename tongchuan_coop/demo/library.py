"""The demo's library: policies and notices of several years, one replaced, one private by grant."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from accounts.models import OrganisationUnit, User
from accounts.operations.attachments import attach_file
from common import clock
from common.documents.word import OfficialDocument
from liaison.library_choices import DocumentKind, Openness
from liaison.operations import library as operations

if TYPE_CHECKING:
    from liaison.models import LibraryDocument

BUREAU = "达州市通川区农业农村局"


@dataclass(frozen=True)
class Paper:
    """One document: who keeps it, what stands on its head, who may read it, its paragraphs."""

    number: str
    title: str
    kind: DocumentKind
    issuer: str
    issued_on: dt.date
    openness: Openness
    paragraphs: tuple[str, ...]
    keeper: str = "bureau"
    units: tuple[str, ...] = ()


OLD = "通农发〔2018〕27号"
NEW = "通农发〔2020〕31号"
PRIVATE = "通农函〔2021〕19号"
PAPERS = (
    Paper(
        OLD,
        "区级农民合作社示范社评定办法（试行）",
        DocumentKind.POLICY,
        BUREAU,
        dt.date(2018, 5, 14),
        Openness.PUBLIC,
        ("申报示范社须依法登记满两年，实行独立核算。", "示范社每两年监测一次。"),
    ),
    Paper(
        NEW,
        "区级农民合作社示范社评定及监测办法",
        DocumentKind.POLICY,
        BUREAU,
        dt.date(2020, 8, 20),
        Openness.PUBLIC,
        (
            "申报示范社须章程制度健全、民主管理有序，为每个成员设立成员账户。",
            "可分配盈余按成员与本社的交易量（额）比例返还，返还总额不低于可分配盈余的百分之六十。",
            "示范社实行动态监测，发生重大违法违规行为的，取消称号。",
        ),
    ),
    Paper(
        "通委办〔2020〕12号",
        "关于成立农民合作社质量提升工作领导小组的通知",
        DocumentKind.NOTICE,
        "区委办公室、区政府办公室",
        dt.date(2020, 3, 9),
        Openness.STAFF,
        ("领导小组办公室设在区农业农村局，负责日常工作。", "领导小组每季度召开一次例会。"),
    ),
    Paper(
        "通农发〔2020〕44号",
        "农产品品牌创建和产品认证补助办法",
        DocumentKind.POLICY,
        BUREAU,
        dt.date(2020, 11, 3),
        Openness.PUBLIC,
        ("对当年新获绿色食品、有机农产品认证的合作社给予补助。", "补助资金专款专用，接受检查。"),
    ),
    Paper(
        "通市监函〔2020〕36号",
        "关于合作社简易注销登记有关口径的函",
        DocumentKind.NOTICE,
        "区市场监督管理局",
        dt.date(2020, 9, 28),
        Openness.UNITS,
        (
            "理事长失联的，可由三分之二以上成员签字推选清算人。",
            "公告期满无人提出异议的，按简易注销程序办理。",
        ),
        keeper="regulator",
        units=("nyncj", "swju", "511702102"),
    ),
    Paper(
        "通税便函〔2021〕8号",
        "关于集中解除非正常户的办理指引",
        DocumentKind.NOTICE,
        "国家税务总局达州市通川区税务局",
        dt.date(2021, 4, 16),
        Openness.STAFF,
        ("补办申报后即可解除非正常户状态。", "不会网上办理的，可到便民服务中心集中办理。"),
        keeper="tax",
    ),
    Paper(
        PRIVATE,
        "关于核查合作社套取项目资金线索的函",
        DocumentKind.OTHER,
        BUREAU,
        dt.date(2021, 6, 30),
        Openness.PRIVATE,
        ("请对照项目验收资料逐项核查，核查情况不得外传。",),
    ),
)


def add_library(known: dict[str, User], _random: Random) -> None:
    """Enter each document on its day with its file; the newer rule replaces the older one."""
    units = {unit.code: unit for unit in OrganisationUnit.objects.filter(active=True)}
    made: dict[str, LibraryDocument] = {}
    for paper in PAPERS:
        keeper = known[paper.keeper]
        with clock.on_day(max(paper.issued_on, dt.date(2020, 3, 12))):
            document = operations.enter_document(
                {
                    "number": paper.number,
                    "title": paper.title,
                    "kind": paper.kind,
                    "issuer": paper.issuer,
                    "issued_on": paper.issued_on,
                    "summary": "",
                    "text": "\n".join(paper.paragraphs),
                    "openness": paper.openness,
                },
                [units[code] for code in paper.units],
                by=keeper,
            )
            attach_file(
                document,
                ContentFile(_written(paper), name=f"{paper.title}.docx"),
                purpose="文件附件",
                by=keeper,
            )
        made[paper.number] = document
    with clock.on_day(dt.date(2020, 8, 21)):
        operations.replace_document(made[OLD], made[NEW], by=known["bureau"])
    with clock.on_day(dt.date(2021, 7, 1)):
        operations.let_read(
            made[PRIVATE], known["clerk"], reason="协助核查本镇合作社", by=known["bureau"]
        )


def _written(paper: Paper) -> bytes:
    document = OfficialDocument(paper.title)
    for paragraph in paper.paragraphs:
        document.paragraph(paragraph)
    return document.content()
