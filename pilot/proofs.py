"""Lists of the portal that prove a task by themselves: counted on its page, exported to the archive.

A proof holds no names of reporters, no identity numbers and no telephone numbers: what leaves the
house in an archive is what a superior may see.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Value

from accounts.models import OrganisationUnit
from accounts.policy import Action
from common.spreadsheet import CODE, DAY, NUMBER, TEXT, Column, Table
from demonstration.innovation_choices import InnovationKind
from demonstration.models import (
    CriteriaSet,
    CultivationPlan,
    DemonstrationTitle,
    InnovationEntry,
    MonitoringCase,
    NamedListEntry,
    RatingRound,
    SocietyStrength,
)
from liaison.meeting_choices import BodyKind, MeetingState
from liaison.models import (
    CoordinationBody,
    Decision,
    Exemplar,
    FundWatch,
    HelpRequest,
    LibraryDocument,
    Meeting,
    Minutes,
    ShareGrant,
    SponsorFollowUp,
    Sponsorship,
    SupportGrant,
    UnitContact,
    UpwardLine,
)
from liaison.support_choices import SupportKind
from pilot.models import Acceptance, Edition, Programme, TaskPart
from registry.cleanup.choices import SurveyState
from registry.models import (
    AnnualReport,
    BatchDay,
    CleanupCase,
    FeedDelivery,
    Flag,
    Relation,
    RosterCertificate,
    SurveyRecord,
    TipOff,
)
from training.models import (
    Counsellor,
    CounsellorAssignment,
    GuidanceRecord,
    Promise,
    TrainingEvent,
    Visit,
)

SOCIETY = ("合作社", "cooperative.name", TEXT, 34)
CODE_OF = ("统一社会信用代码", "cooperative.uscc", CODE, 22)
TOWNSHIP = ("乡镇街道", "cooperative.township.short_name", TEXT, 14)
_CHUNK = 1_000
# Heading, path from the row, kind, width. A path ends in a field, a property or a choice's word.
_Shown = tuple[str, str, str, int]


@dataclass(frozen=True)
class Proof:
    """One list: its rows in the whole district, what of them is exported, and its page.

    `action` is the right that the page asks for, `query` what narrows the page to these rows.
    """

    key: str
    label: str
    rows: Callable[[], QuerySet[Any]]
    shown: Sequence[_Shown]
    page: str
    action: Action
    related: Sequence[str] = field(default=("cooperative__township",))
    query: str = ""
    way: str = ""  # from a row to its pilot; "" for what belongs to the district

    def of(self, programme: Programme | None) -> QuerySet[Any]:
        """Return the rows, of one pilot where they belong to one."""
        rows = self.rows()
        return rows.filter(**{self.way: programme.pk}) if self.way and programme else rows

    def table(self, programme: Programme | None = None) -> Table:
        """Return the list as a table whose rows come from a running query."""
        return Table(
            title=self.label,
            columns=[Column(heading, kind, width) for heading, _, kind, width in self.shown],
            rows=self._rows(programme),
        )

    def _rows(self, programme: Programme | None) -> Iterator[list[Any]]:
        rows = self.of(programme).select_related(*self.related).order_by("pk")
        for row in rows.iterator(chunk_size=_CHUNK):
            yield [worth(row, path) for _, path, _, _ in self.shown]


def worth(row: Any, path: str) -> Any:
    """Follow a path of names from a row; choices give their word, moments their day.

    Nothing on the way gives None.
    """
    *way, last = path.split(".")
    for name in way:
        row = getattr(row, name)
        if row is None:
            return None
    word = getattr(row, f"get_{last}_display", None)
    value = word() if word else getattr(row, last)
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, str | int | dt.date):
        return value
    return str(value)


def _held(kind: BodyKind) -> Callable[[], QuerySet[Any]]:
    return lambda: Meeting.objects.filter(body__kind=kind, state=MeetingState.HELD)


_MEETING: Sequence[_Shown] = (
    ("机构", "body.name", TEXT, 40),
    ("季度", "quarter", CODE, 10),
    ("召开日期", "held_on", DAY, 16),
    ("地点", "place", TEXT, 24),
    ("主持人", "chair", TEXT, 12),
)
_SUPPORT: Sequence[_Shown] = (
    SOCIETY,
    CODE_OF,
    TOWNSHIP,
    ("年度", "year", NUMBER, 8),
    ("资金级别", "level", TEXT, 10),
    ("类别", "kind", TEXT, 16),
    ("资金或项目名称", "project", TEXT, 34),
    ("下达文号", "document_number", TEXT, 24),
    ("金额（元）", "amount", TEXT, 14),
)
_INSURED = (SupportKind.FINANCE, SupportKind.INSURANCE)
_POLICIES = (
    SupportKind.FACILITIES,
    SupportKind.MARKETING,
    SupportKind.TALENT,
    SupportKind.TECHNOLOGY,
    SupportKind.LAND,
)


def _innovations(key: str, *kinds: InnovationKind) -> Proof:
    """Return the lines of some kinds of the innovation record as a proof, under its own words."""
    return Proof(
        key,
        "创新登记：" + "、".join(kind.label for kind in kinds),
        lambda: InnovationEntry.objects.standing().filter(kind__in=kinds),
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("年度", "year", NUMBER, 8),
            ("类别", "kind", TEXT, 22),
            ("项目", "what", TEXT, 24),
            ("名称或姓名", "name", TEXT, 30),
            ("户数", "households", NUMBER, 8),
            ("人数", "people", NUMBER, 8),
            ("金额（元）", "amount", TEXT, 16),
            ("依据材料", "document", TEXT, 34),
            ("核实程度", "verification", TEXT, 12),
        ),
        "demonstration:innovation-list",
        Action.VIEW_INNOVATION,
        query=f"kind={kinds[0].value}" if len(kinds) == 1 else "",
    )


PROOFS: tuple[Proof, ...] = (
    Proof(
        "survey",
        "摸底记录",
        lambda: SurveyRecord.objects.exclude(state=SurveyState.PENDING),
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("摸底日期", "surveyed_on", DAY, 16),
            ("经营状态", "operating_state", TEXT, 14),
            ("处理意见", "disposition", TEXT, 16),
        ),
        "registry:survey-home",
        Action.VIEW_SURVEY,
    ),
    Proof(
        "flags",
        "疑似问题核实",
        Flag.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("规则", "rule", TEXT, 8),
            ("程度", "severity", TEXT, 12),
            ("状态", "state", TEXT, 12),
        ),
        "registry:flag-list",
        Action.VIEW_FLAG,
    ),
    Proof(
        "cases",
        "清理案件",
        CleanupCase.objects.all,
        (
            ("案号", "number", CODE, 16),
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("途径", "route", TEXT, 14),
            ("状态", "state", TEXT, 14),
            ("立案日期", "opened_on", DAY, 16),
            ("办结期限", "due_on", DAY, 16),
            ("结案日期", "closed_on", DAY, 16),
        ),
        "registry:cleanup-list",
        Action.VIEW_CLEANUP,
    ),
    Proof(
        "batches",
        "现场批量注销",
        BatchDay.objects.all,
        (
            ("名称", "title", TEXT, 30),
            ("日期", "held_on", DAY, 16),
            ("地点", "place", TEXT, 30),
            ("名额", "slots", NUMBER, 8),
            ("状态", "state", TEXT, 12),
        ),
        "registry:batch-list",
        Action.MANAGE_BATCH,
        related=(),
    ),
    Proof(
        "feeds",
        "数据报送",
        FeedDelivery.objects.all,
        (
            ("来源", "source", TEXT, 20),
            ("季度", "quarter", CODE, 10),
            ("文件名", "filename", TEXT, 40),
            ("报送单位", "sender.name", TEXT, 24),
            ("收到日期", "received_at", DAY, 16),
            ("文件摘要（SHA-256）", "sha256", CODE, 66),
        ),
        "registry:delivery-list",
        Action.VIEW_DELIVERY,
        related=("sender",),
    ),
    Proof(
        "tip_offs",
        "群众举报核查",
        TipOff.objects.all,
        (
            ("编号", "number", CODE, 16),
            ("收到日期", "received_on", DAY, 16),
            ("核查期限", "due_on", DAY, 16),
            ("状态", "state", TEXT, 14),
        ),
        "registry:tip-off-list",
        Action.VIEW_TIP_OFF,
        related=(),
    ),
    Proof(
        "fund_watches",
        "集资风险排查和移送",
        FundWatch.objects.all,
        (
            ("发现日期", "noted_on", DAY, 16),
            ("核查日期", "checked_on", DAY, 16),
            ("状态", "state", TEXT, 16),
            ("移送部门", "referred_to.name", TEXT, 24),
            ("移送日期", "referred_on", DAY, 16),
            ("移送文号", "referral_number", TEXT, 26),
        ),
        "liaison:watch-list",
        Action.VIEW_FUND_WATCH,
        related=("referred_to",),
        query="state=all",
    ),
    Proof(
        "relations",
        "主体关系",
        Relation.objects.all,
        (
            ("关系", "kind", TEXT, 20),
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("另一合作社", "other_cooperative.name", TEXT, 34),
            ("家庭农场等主体", "subject.name", TEXT, 30),
            ("起始日期", "since", DAY, 16),
            ("终止日期", "until", DAY, 16),
        ),
        "registry:relation-list",
        Action.VIEW_RELATION,
        related=("cooperative__township", "other_cooperative", "subject"),
    ),
    Proof(
        "grants",
        "名单共享",
        ShareGrant.objects.all,
        (
            ("名单", "shared_list", TEXT, 20),
            ("接收部门", "receiver.name", TEXT, 24),
            ("用途", "purpose", TEXT, 30),
            ("有效期至", "valid_until", DAY, 16),
            ("状态", "state", TEXT, 12),
        ),
        "liaison:grant-list",
        Action.VIEW_SHARE,
        related=("receiver",),
    ),
    Proof(
        "reports",
        "年度报告",
        AnnualReport.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("年度", "year", NUMBER, 8),
            ("状态", "state", TEXT, 14),
        ),
        "reports:list",
        Action.VIEW_REPORT,
    ),
    Proof(
        "certificates",
        "社员名录证明",
        RosterCertificate.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("状态", "state", TEXT, 14),
            ("编号", "paper_number", CODE, 24),
            ("核发日期", "decided_at", DAY, 16),
        ),
        "registry:certificate-list",
        Action.VIEW_CERTIFICATE,
    ),
    Proof(
        "criteria",
        "评定标准",
        CriteriaSet.objects.all,
        (
            ("标准名称", "title", TEXT, 40),
            ("级别", "level", TEXT, 10),
            ("版次", "number", NUMBER, 8),
            ("状态", "state", TEXT, 12),
            ("施行日期", "effective_from", DAY, 16),
        ),
        "demonstration:criteria-list",
        Action.VIEW_CRITERIA,
        related=(),
    ),
    Proof(
        "titles",
        "示范社名册",
        DemonstrationTitle.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("级别", "level", TEXT, 10),
            ("称号", "honour", TEXT, 12),
            ("认定日期", "recognised_on", DAY, 16),
            ("认定文号", "document_number", TEXT, 26),
            ("状态", "state", TEXT, 12),
        ),
        "demonstration:title-list",
        Action.VIEW_TITLE,
    ),
    Proof(
        "rounds",
        "评定批次",
        RatingRound.objects.all,
        (
            ("批次", "title", TEXT, 34),
            ("名额", "quota", NUMBER, 8),
            ("申报截止", "apply_until", DAY, 16),
            ("状态", "state", TEXT, 12),
            ("认定文号", "document_number", TEXT, 26),
            ("认定日期", "recognised_on", DAY, 16),
        ),
        "demonstration:round-list",
        Action.VIEW_ROUND,
        related=(),
    ),
    Proof(
        "monitoring",
        "示范社监测",
        MonitoringCase.objects.all,
        (
            ("合作社", "title.cooperative.name", TEXT, 34),
            ("乡镇街道", "title.cooperative.township.short_name", TEXT, 14),
            ("起因", "cause", TEXT, 20),
            ("状态", "state", TEXT, 12),
            ("立案日期", "opened_on", DAY, 16),
            ("决定", "decision", TEXT, 12),
            ("结案日期", "closed_on", DAY, 16),
        ),
        "demonstration:monitoring",
        Action.VIEW_MONITORING,
        related=("title__cooperative__township",),
    ),
    Proof(
        "plans",
        "一社一案",
        CultivationPlan.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("培育目标", "target", TEXT, 10),
            ("状态", "state", TEXT, 12),
            ("开始日期", "opened_on", DAY, 16),
            ("达标期限", "due_on", DAY, 16),
        ),
        "demonstration:plan-list",
        Action.VIEW_PLAN,
    ),
    Proof(
        "named_lists",
        "入选名单",
        NamedListEntry.objects.current,
        (
            ("名单", "name", TEXT, 20),
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("入选日期", "since", DAY, 16),
            ("入选理由", "reason", TEXT, 40),
        ),
        "demonstration:named-lists",
        Action.VIEW_PLAN,
    ),
    Proof(
        "strengths",
        "服务、设施与品牌",
        lambda: SocietyStrength.objects.filter(withdrawn_on__isnull=True),
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("类别", "kind", TEXT, 12),
            ("项目", "what", TEXT, 16),
            ("名称或说明", "name", TEXT, 30),
            ("有效期至", "valid_until", DAY, 16),
        ),
        "demonstration:strength-list",
        Action.VIEW_STRENGTH,
    ),
    _innovations("innovations", InnovationKind.CONTRIBUTION, InnovationKind.COLLECTIVE),
    _innovations("contributions", InnovationKind.CONTRIBUTION),
    _innovations("insurances", InnovationKind.INSURANCE),
    _innovations("three_in_one", InnovationKind.THREE_IN_ONE),
    _innovations("founders", InnovationKind.FOUNDER),
    _innovations("jobs", InnovationKind.JOBS),
    _innovations("poverty_shares", InnovationKind.POVERTY_SHARE),
    Proof(
        "counsellors",
        "辅导员",
        Counsellor.objects.all,
        (
            ("姓名", "user.full_name", TEXT, 12),
            ("所在单位", "user.unit.name", TEXT, 20),
            ("专长", "specialty", TEXT, 14),
            ("聘任日期", "appointed_on", DAY, 16),
            ("聘期至", "until", DAY, 16),
        ),
        "training:counsellor-list",
        Action.VIEW_COUNSELLOR,
        related=("user__unit",),
    ),
    Proof(
        "pairings",
        "结对辅导",
        CounsellorAssignment.objects.pairing,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("辅导员", "counsellor.full_name", TEXT, 12),
            ("起始日期", "since", DAY, 16),
            ("终止日期", "until", DAY, 16),
        ),
        "training:counsellor-list",
        Action.VIEW_COUNSELLOR,
        related=("cooperative__township", "counsellor"),
    ),
    Proof(
        "visits",
        "走访记录",
        Visit.objects.standing,
        (
            ("走访日期", "visited_on", DAY, 16),
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("辅导员", "counsellor.full_name", TEXT, 12),
            ("目的", "purpose", TEXT, 14),
            ("状态", "state", TEXT, 12),
        ),
        "training:visit-list",
        Action.VIEW_VISIT,
        related=("cooperative__township", "counsellor"),
    ),
    Proof(
        "promises",
        "整改事项",
        Promise.objects.all,
        (
            SOCIETY,
            TOWNSHIP,
            ("事项", "text", TEXT, 40),
            ("由谁办", "owner", TEXT, 12),
            ("期限", "due_on", DAY, 16),
            ("状态", "state", TEXT, 12),
        ),
        "training:promise-list",
        Action.VIEW_PROMISE,
    ),
    Proof(
        "events",
        "培训",
        TrainingEvent.objects.held,
        (
            ("名称", "title", TEXT, 40),
            ("对象", "audience", TEXT, 14),
            ("举办单位", "unit.name", TEXT, 20),
            ("日期", "held_on", DAY, 16),
            ("学时", "hours", NUMBER, 8),
            ("地点", "place", TEXT, 24),
        ),
        "training:event-list",
        Action.VIEW_EVENT,
        related=("unit",),
    ),
    Proof(
        "guidance",
        "登记前辅导与考察",
        GuidanceRecord.objects.all,
        (
            ("类别", "kind", TEXT, 16),
            ("日期", "on", DAY, 16),
            ("单位", "unit.name", TEXT, 20),
            ("对象", "about", TEXT, 34),
            ("结果", "outcome", TEXT, 30),
        ),
        "training:guidance-list",
        Action.VIEW_GUIDANCE,
        related=("unit",),
    ),
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
    Proof(
        "sponsorships",
        "部门挂包",
        Sponsorship.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("挂包部门", "department.name", TEXT, 24),
            ("挂包责任人", "person", TEXT, 12),
            ("挂包任务", "task", TEXT, 50),
            ("起", "since", DAY, 16),
            ("止", "until", DAY, 16),
        ),
        "liaison:sponsorship-list",
        Action.VIEW_SPONSORSHIP,
        related=("cooperative__township", "department"),
        query="state=all",
    ),
    Proof(
        "follow_ups",
        "挂包跟踪",
        SponsorFollowUp.objects.all,
        (
            ("合作社", "sponsorship.cooperative.name", TEXT, 34),
            ("挂包部门", "sponsorship.department.name", TEXT, 24),
            ("日期", "happened_on", DAY, 16),
        ),
        "liaison:sponsorship-list",
        Action.VIEW_SPONSORSHIP,
        related=("sponsorship__cooperative", "sponsorship__department"),
        query="state=all",
    ),
    Proof(
        "supports",
        "扶持资金和项目",
        SupportGrant.objects.standing,
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "finance_supports",
        "金融和保险支持",
        lambda: SupportGrant.objects.standing().filter(kind__in=_INSURED),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "policy_supports",
        "五类政策支持",
        lambda: SupportGrant.objects.standing().filter(kind__in=_POLICIES),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "purchased_services",
        "政府购买服务",
        lambda: SupportGrant.objects.standing().filter(kind=SupportKind.PURCHASE),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
        query=f"kind={SupportKind.PURCHASE.value}",
    ),
    Proof(
        "titled_supports",
        "示范社专项扶持",
        lambda: SupportGrant.objects.standing().filter(needs_title=True),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "programmes",
        "试点的期限、阶段和目标",
        Programme.objects.all,
        (
            ("试点", "name", TEXT, 40),
            ("级别", "level", TEXT, 10),
            ("批次", "batch", TEXT, 12),
            ("依据文件", "document", TEXT, 24),
            ("开始日期", "starts_on", DAY, 16),
            ("结束日期", "ends_on", DAY, 16),
        ),
        "pilot:programme-list",
        Action.VIEW_PROGRAMME,
        related=(),
        way="pk",
    ),
    Proof(
        "parts",
        "分单位任务",
        TaskPart.objects.all,
        (
            ("任务", "task.title", TEXT, 44),
            ("承担单位", "unit.name", TEXT, 24),
            ("完成期限", "task.due_on", DAY, 16),
            ("状态", "state", TEXT, 12),
            ("完成程度（%）", "progress", NUMBER, 12),
        ),
        "pilot:part-list",
        Action.VIEW_WORK_PLAN,
        related=("task", "unit"),
        way="task__programme",
    ),
    Proof(
        "editions",
        "定版与通报",
        lambda: Edition.objects.defer("content"),
        (
            ("编号", "number", CODE, 14),
            ("标题", "title", TEXT, 40),
            ("统计日", "on", DAY, 16),
            ("内容摘要（SHA-256）", "sha256", CODE, 66),
        ),
        "pilot:edition-list",
        Action.VIEW_EDITION,
        related=(),
        way="programme",
    ),
    Proof(
        "checks",
        "预验收和总结核查",
        Acceptance.objects.all,
        (
            ("类别", "kind", TEXT, 12),
            ("核对日期", "as_of", DAY, 16),
            ("状态", "state", TEXT, 12),
            ("结论", "conclusion", TEXT, 60),
        ),
        "pilot:acceptance-list",
        Action.VIEW_ACCEPTANCE,
        related=(),
        way="programme",
    ),
)
PROOFS_BY_KEY = {proof.key: proof for proof in PROOFS}


def proofs_of(keys: Iterable[str]) -> list[Proof]:
    """Return the proofs that a task names, in the order of the catalogue; each once."""
    wanted = set(keys)
    return [proof for proof in PROOFS if proof.key in wanted]


def numbers_of(keys: Iterable[str], programme: Programme | None = None) -> dict[str, int]:
    """Return how many rows each proof has, of one pilot where they belong to one: one UNION."""
    proofs = proofs_of(keys)
    lines = [
        proof.of(programme)
        .order_by()
        .annotate(proof_place=Value(place))
        .values("proof_place")
        .annotate(proof_number=Count("pk", distinct=True))
        .values_list("proof_place", "proof_number")
        for place, proof in enumerate(proofs)
    ]
    if not lines:
        return {}
    counted = dict(lines[0].union(*lines[1:], all=True) if len(lines) > 1 else lines[0])
    return {proof.key: counted.get(place, 0) for place, proof in enumerate(proofs)}
