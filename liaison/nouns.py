"""What the departments do together, and funds and their watch: for programs and exports."""

from typing import Any

from accounts.nouns import MOMENT, NUMBER, TEXTS, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from common.keyset import Key
from liaison import kept_lists
from liaison.forms.contacts import ContactFilter
from liaison.forms.decisions import DecisionFilter
from liaison.forms.exemplars import ExemplarFilter
from liaison.forms.help_requests import HelpFilter
from liaison.forms.library import LibraryFilter
from liaison.forms.meetings import MeetingFilter
from liaison.forms.sponsorships import SponsorshipFilter
from liaison.forms.supports import SupportFilter
from liaison.forms.upward import UpwardFilter
from liaison.forms.watches import WatchFilter
from liaison.meeting_choices import MeetingState, MinutesState
from liaison.models import (
    BodySeat,
    CoordinationBody,
    Decision,
    Exemplar,
    FundWatch,
    HelpRequest,
    LibraryDocument,
    Meeting,
    Minutes,
    ShareGrant,
    Sponsorship,
    SupportGrant,
    UnitContact,
    UpwardLine,
)
from liaison.models.grant import told_of
from registry.nouns.society import society


def _sponsorship_filter(data: Any, user: Any) -> SponsorshipFilter:
    return SponsorshipFilter(
        data, rows=Sponsorship.objects.permitted(user, Action.VIEW_SPONSORSHIP)
    )


def _support_filter(data: Any, user: Any) -> SupportFilter:
    rows = SupportGrant.objects.permitted(user, Action.VIEW_SUPPORT).standing()
    return SupportFilter(data, rows=rows, user=user)


BODIES = Noun(
    name="bodies",
    title="协调机构",
    model=CoordinationBody,
    action=Action.VIEW_BODY,
    argument="body",
    parts=(
        NUMBER,
        Part("kind"),
        Part("name"),
        Part("office", "office.name", label="办公室设在"),
        Part("founding"),
        Part("meets_quarterly"),
        Part("consent_days"),
        Part("silence_agrees"),
        Part("number_label"),
        Part("active"),
    ),
    joined=lambda rows: rows.select_related("office"),
    conditions={"kind": "kind", "active": "active"},
    order=(Key("office__position"), Key("pk")),
)
SEATS = Noun(
    name="seats",
    title="机构成员",
    model=BodySeat,
    action=Action.VIEW_BODY,
    argument="seat",
    parts=(
        NUMBER,
        Part("body", "body.name", label="机构"),
        Part("unit", "unit.name", label="单位"),
        Part("duty"),
        Part("person"),
        Part("post"),
        Part("office_phone"),
        Part("since"),
        Part("until"),
    ),
    joined=lambda rows: rows.select_related("body", "unit"),
    conditions={"body": "body", "unit": "unit__code", "duty": "duty"},
)


def _present(meeting: Any) -> int | None:
    """Return how many units came, nothing before the day."""
    return meeting.present if meeting.state == MeetingState.HELD else None


def _minutes_number(meeting: Any) -> str:
    """Return the number of the minutes, "" for those that only their writer sees."""
    minutes = getattr(meeting, "minutes", None)
    return minutes.number if minutes and minutes.state != MinutesState.DRAFT else ""


GRANTS = Noun(
    name="grants",
    title="名单共享",
    model=ShareGrant,
    action=Action.VIEW_SHARE,
    argument="grant",
    parts=(
        NUMBER,
        Part("shared_list"),
        Part("receiver", "receiver.name", label="接收部门"),
        Part("purpose"),
        Part("valid_until"),
        Part("state"),
        Part("fetched", "number", label="取用次数", kind=spreadsheet.NUMBER),
    ),
    joined=lambda rows: rows.for_list(),
    told=told_of,
    conditions={"shared_list": "shared_list", "state": "state"},
    order=(Key("state"), Key("valid_until"), Key("pk")),
)
HELP = Noun(
    name="help-requests",
    title="乡镇求助",
    model=HelpRequest,
    action=Action.VIEW_HELP,
    argument="help_request",
    parts=(
        NUMBER,
        Part("township", "township.short_name", label="乡镇街道"),
        Part("kind"),
        Part("title"),
        Part("text"),
        Part("cooperative_name", "cooperative.name", label="涉及的合作社"),
        Part("filed_on"),
        Part("state"),
        Part("department", "department.short_name", label="承办单位"),
        Part("due_on"),
        Part("answer"),
        Part("answered_on"),
        Part("closed_on"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=HelpFilter,
    make_filter=lambda data, user: HelpFilter(data, user=user),
    listed=kept_lists.HELP,
)
MEETINGS = Noun(
    name="meetings",
    title="联席会议",
    model=Meeting,
    action=Action.VIEW_MEETING,
    argument="meeting",
    parts=(
        NUMBER,
        Part("body", "body.name", label="机构"),
        Part("quarter"),
        Part("state"),
        Part("starts_at", kind=MOMENT),
        Part("held_on"),
        Part("place"),
        Part("chair"),
        Part("recorder"),
        Part("reply_by"),
        Part(
            "agenda",
            value=lambda row: [item.title for item in row.agenda.all()],
            label="议题",
            kind=TEXTS,
        ),
        Part(
            "decided", value=lambda row: row.decided or 0, label="议定事项", kind=spreadsheet.NUMBER
        ),
        Part("undone", value=lambda row: row.undone or 0, label="未办结", kind=spreadsheet.NUMBER),
        Part("present", value=_present, label="出席单位", kind=spreadsheet.NUMBER),
        Part("minutes", value=_minutes_number, label="纪要文号"),
    ),
    joined=lambda rows: rows.prefetch_related("agenda"),
    counted=lambda rows, user: rows.for_list(user),
    filter=MeetingFilter,
    make_filter=lambda data, user: MeetingFilter(data, user=user),
    listed=kept_lists.MEETINGS,
)
MINUTES = Noun(
    name="minutes",
    title="会议纪要",
    model=Minutes,
    action=Action.VIEW_MEETING,
    argument="minutes",
    parts=(
        NUMBER,
        Part("meeting", "meeting.pk", label="会议编号", kind=spreadsheet.NUMBER),
        Part("title", value=str, label="名称"),
        Part("state"),
        Part("number"),
        Part("issued_on"),
        Part(
            "topics",
            value=lambda row: [topic.title for topic in row.topics.all()],
            label="段落",
            kind=TEXTS,
        ),
    ),
    joined=lambda rows: rows.select_related("meeting__body").prefetch_related("topics"),
    conditions={"state": "state", "meeting": "meeting"},
)
DECISIONS = Noun(
    name="decisions",
    title="议定事项",
    model=Decision,
    action=Action.VIEW_DECISION,
    argument="decision",
    parts=(
        NUMBER,
        Part("text"),
        Part("lead", "lead.name", label="牵头单位"),
        Part(
            "helpers",
            value=lambda row: [unit.name for unit in row.helpers.all()],
            label="配合单位",
            kind=TEXTS,
        ),
        Part("due_on"),
        Part("state"),
        Part("done_on"),
        Part("meeting", value=lambda row: str(row.meeting), label="会议"),
    ),
    joined=lambda rows: rows.issued().for_list(),
    filter=DecisionFilter,
    listed=kept_lists.DECISIONS,
)
SPONSORSHIPS = Noun(
    name="sponsorships",
    title="部门挂包",
    model=Sponsorship,
    action=Action.VIEW_SPONSORSHIP,
    argument="sponsorship",
    parts=(
        NUMBER,
        *society(),
        Part("department", "department.name", label="挂包部门"),
        Part("person"),
        Part("post"),
        Part("task"),
        Part("since"),
        Part("until"),
        Part("ended_because"),
        Part("follow_ups", "follow_ups_total", label="跟踪次数", kind=spreadsheet.NUMBER),
        Part("followed_on", label="最近跟踪", kind=spreadsheet.DAY),
    ),
    joined=lambda rows: rows.for_list(),
    filter=SponsorshipFilter,
    make_filter=_sponsorship_filter,
    listed=kept_lists.SPONSORSHIPS,
)
FUND_WATCHES = Noun(
    name="fund-watches",
    title="集资风险线索",
    model=FundWatch,
    action=Action.VIEW_FUND_WATCH,
    argument="watch",
    parts=(
        NUMBER,
        *society(),
        Part("sign"),
        Part("origin"),
        Part("content"),
        Part("noted_on"),
        Part("due_on"),
        Part("state"),
        Part("finding"),
        Part("checked_on"),
        Part("cleared_because"),
        Part("referred_to", "referred_to.name", label="移送部门"),
        Part("referred_on"),
        Part("referral_number"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=WatchFilter,
    listed=kept_lists.WATCHES,
)
SUPPORTS = Noun(
    name="supports",
    title="扶持资金和项目",
    model=SupportGrant,
    action=Action.VIEW_SUPPORT,
    argument="support",
    parts=(
        NUMBER,
        *society(),
        Part("year"),
        Part("level"),
        Part("kind"),
        Part("project"),
        Part("document_number"),
        Part("amount"),
        Part("needs_title"),
        Part("purpose"),
        Part("entered_by", "entered_by.full_name", label="登记人"),
        Part("entered_at"),
    ),
    joined=lambda rows: rows.standing().select_related("cooperative__township", "entered_by"),
    filter=SupportFilter,
    make_filter=_support_filter,
    listed=kept_lists.SUPPORTS,
)
DOCUMENTS = Noun(
    name="documents",
    title="文件资料",
    model=LibraryDocument,
    action=Action.VIEW_DOCUMENT,
    argument="document",
    parts=(
        NUMBER,
        Part("document_number", "number", label="文号"),
        Part("title"),
        Part("kind"),
        Part("issuer"),
        Part("issued_on"),
        Part("summary"),
        Part("openness"),
        Part("state"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=LibraryFilter,
    listed=kept_lists.LIBRARY,
)
EXEMPLARS = Noun(
    name="exemplars",
    title="典型案例",
    model=Exemplar,
    action=Action.VIEW_EXEMPLAR,
    argument="exemplar",
    parts=(
        NUMBER,
        Part("title"),
        Part("kind"),
        Part("cooperative_name", "cooperative.name", label="合作社"),
        Part("township", "township.short_name", label="乡镇街道"),
        Part("unit", "unit.short_name", label="报送单位"),
        Part("summary"),
        Part("practice"),
        Part("results"),
        Part("lessons"),
        Part("state"),
        Part("submitted_on"),
        Part("published_on"),
        Part("open_to_public"),
    ),
    joined=lambda rows: rows.select_related("cooperative", "township", "unit"),
    filter=ExemplarFilter,
    listed=kept_lists.EXEMPLARS,
)
CONTACTS = Noun(
    name="contacts",
    title="联络员名册",
    model=UnitContact,
    action=Action.VIEW_CONTACT,
    argument="contact",
    parts=(
        NUMBER,
        Part("unit", "unit.name", label="单位"),
        Part("place"),
        Part("person"),
        Part("post"),
        Part("office_phone"),
        Part("mobile", value=lambda row: row.masked_mobile, label="手机号"),
        Part("since"),
        Part("until"),
        Part("ended_because"),
    ),
    joined=lambda rows: rows.for_list(),
    filter=ContactFilter,
    listed=kept_lists.CONTACTS,
)
UPWARD = Noun(
    name="upward-lines",
    title="上级沟通",
    model=UpwardLine,
    action=Action.VIEW_UPWARD,
    argument="upward",
    parts=(
        NUMBER,
        Part("happened_on"),
        Part("level"),
        Part("agency"),
        Part("way"),
        Part("subject"),
        Part("document_number"),
        Part("content"),
        Part("outcome"),
    ),
    joined=lambda rows: rows.standing(),
    filter=UpwardFilter,
    listed=kept_lists.UPWARD,
)
NOUNS = (
    GRANTS,
    UPWARD,
    CONTACTS,
    BODIES,
    SEATS,
    HELP,
    DOCUMENTS,
    EXEMPLARS,
    MEETINGS,
    MINUTES,
    DECISIONS,
    SPONSORSHIPS,
    FUND_WATCHES,
    SUPPORTS,
)
