"""Work between the units: requests, documents, contacts, meetings, minutes, decisions."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.models import OrganisationUnit
from accounts.policy import Action
from common.spreadsheet import CODE, DAY, TEXT
from liaison.meeting_choices import BodyKind, MeetingState
from liaison.models import (
    CoordinationBody,
    Decision,
    Exemplar,
    HelpRequest,
    LibraryDocument,
    Meeting,
    Minutes,
    UnitContact,
    UpwardLine,
)
from pilot.proofs.frame import SOCIETY, TOWNSHIP, Proof, Shown

_MEETING: Sequence[Shown] = (
    ("机构", "body.name", TEXT, 40),
    ("季度", "quarter", CODE, 10),
    ("召开日期", "held_on", DAY, 16),
    ("地点", "place", TEXT, 24),
    ("主持人", "chair", TEXT, 12),
)


def _held(kind: BodyKind) -> Callable[[], QuerySet[Any]]:
    return lambda: Meeting.objects.filter(body__kind=kind, state=MeetingState.HELD)


PROOFS: tuple[Proof, ...] = (
    Proof(
        "help_requests",
        "乡镇求助",
        HelpRequest.objects.all,
        (
            ("乡镇街道", "township.short_name", TEXT, 14),
            ("类别", "kind", TEXT, 14),
            ("求助事项", "title", TEXT, 34),
            ("填报日期", "filed_on", DAY, 16),
            ("承办单位", "department.name", TEXT, 20),
            ("答复期限", "due_on", DAY, 16),
            ("状态", "state", TEXT, 18),
            ("答复日期", "answered_on", DAY, 16),
            ("办结日期", "closed_on", DAY, 16),
        ),
        "liaison:help-list",
        Action.VIEW_HELP,
        related=("township", "department"),
        query="state=all",
    ),
    Proof(
        "documents",
        "文件资料",
        LibraryDocument.objects.standing,
        (
            ("文号", "number", TEXT, 24),
            ("标题", "title", TEXT, 40),
            ("类别", "kind", TEXT, 12),
            ("发文单位", "issuer", TEXT, 24),
            ("发文日期", "issued_on", DAY, 16),
            ("效力", "state", TEXT, 12),
        ),
        "liaison:library-list",
        Action.VIEW_DOCUMENT,
        related=(),
    ),
    Proof(
        "exemplars",
        "典型案例",
        Exemplar.objects.published,
        (
            ("标题", "title", TEXT, 44),
            ("类别", "kind", TEXT, 16),
            SOCIETY,
            TOWNSHIP,
            ("报送单位", "unit.name", TEXT, 24),
            ("摘要", "summary", TEXT, 60),
            ("发布日期", "published_on", DAY, 16),
        ),
        "liaison:exemplar-list",
        Action.VIEW_EXEMPLAR,
        related=("cooperative__township", "unit"),
        query="state=spread",
    ),
    Proof(
        "units",
        "机构与联系单位",
        lambda: OrganisationUnit.objects.filter(active=True),
        (
            ("机构", "name", TEXT, 24),
            ("类别", "kind", TEXT, 12),
            ("联席会议成员单位", "in_joint_meeting", TEXT, 18),
        ),
        "accounts:unit-list",
        Action.VIEW_PEOPLE,
        related=(),
    ),
    Proof(
        "upward",
        "上级沟通",
        UpwardLine.objects.standing,
        (
            ("日期", "happened_on", DAY, 16),
            ("级别", "level", TEXT, 8),
            ("主管部门", "agency", TEXT, 24),
            ("方式", "way", TEXT, 14),
            ("事项", "subject", TEXT, 44),
            ("文号", "document_number", TEXT, 24),
        ),
        "liaison:upward-list",
        Action.VIEW_UPWARD,
        related=(),
    ),
    Proof(
        "contacts",
        "联络员名册",
        UnitContact.objects.current,
        (
            ("单位", "unit.name", TEXT, 24),
            ("身份", "place", TEXT, 14),
            ("姓名", "person", TEXT, 12),
            ("职务", "post", TEXT, 20),
            ("起", "since", DAY, 16),
        ),
        "liaison:contact-list",
        Action.VIEW_CONTACT,
        related=("unit",),
    ),
    Proof(
        "bodies",
        "联席会议和领导小组",
        CoordinationBody.objects.active,
        (
            ("机构", "name", TEXT, 40),
            ("类别", "kind", TEXT, 18),
            ("办公室设在", "office.name", TEXT, 24),
            ("成立依据", "founding", TEXT, 30),
        ),
        "liaison:body-list",
        Action.VIEW_BODY,
        related=("office",),
    ),
    Proof(
        "leading_meetings",
        "领导小组例会",
        _held(BodyKind.LEADING_GROUP),
        _MEETING,
        "liaison:meeting-list",
        Action.VIEW_MEETING,
        related=("body",),
        query="kind=leading_group&state=held",
    ),
    Proof(
        "joint_meetings",
        "联席会议例会",
        _held(BodyKind.JOINT_MEETING),
        _MEETING,
        "liaison:meeting-list",
        Action.VIEW_MEETING,
        related=("body",),
        query="kind=joint_meeting&state=held",
    ),
    Proof(
        "minutes",
        "印发的会议纪要",
        lambda: Minutes.objects.filter(issued_on__isnull=False),
        (
            ("会议", "meeting", TEXT, 40),
            ("文号", "number", CODE, 24),
            ("签发人", "signer", TEXT, 12),
            ("印发日期", "issued_on", DAY, 16),
        ),
        "liaison:meeting-list",
        Action.VIEW_MEETING,
        related=("meeting__body",),
    ),
    Proof(
        "copied_minutes",
        "抄报的会议纪要",
        lambda: Minutes.objects.filter(copied_up_on__isnull=False),
        (
            ("会议", "meeting", TEXT, 40),
            ("文号", "number", CODE, 24),
            ("抄报日期", "copied_up_on", DAY, 16),
            ("抄报方式", "copied_up_how", TEXT, 30),
        ),
        "liaison:meeting-list",
        Action.VIEW_MEETING,
        related=("meeting__body",),
    ),
    Proof(
        "decisions",
        "议定事项",
        Decision.objects.issued,
        (
            ("会议", "meeting", TEXT, 40),
            ("议定事项", "text", TEXT, 60),
            ("牵头单位", "lead.name", TEXT, 24),
            ("完成时限", "due_on", DAY, 16),
            ("状态", "state", TEXT, 14),
            ("办结日期", "done_on", DAY, 16),
        ),
        "liaison:decision-list",
        Action.VIEW_DECISION,
        related=("meeting__body", "lead"),
        query="state=all",
    ),
)
