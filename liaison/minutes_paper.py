"""Minutes on paper: the official layout of GB/T 9704 as a Word file, and the same words as a PDF."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from common.documents.pdf import render_pdf
from common.documents.word import OfficialDocument
from common.template_tags import day as in_words
from liaison.consents import decision_line
from liaison.meeting_choices import BodyKind, ConsentAnswer, Presence
from liaison.models import Consent, CoordinationBody, Decision, MeetingUnit, Minutes, MinutesTopic

_SHOWN = (Presence.PRESENT, Presence.LEAVE, Presence.SITTING_IN, Presence.ABSENT)
_TYPE_WIDTH = 442  # points, 156 mm
FONTS = (
    "Word 文件按公文格式国家标准指定小标宋、仿宋、黑体、楷体。"
    "电脑上没有这些字体时，自动换用相近的宋体、仿宋、黑体、楷体，版式不变，字形略有差别。"
)


def issuer_of(body: CoordinationBody) -> str:
    """Return who issues the minutes of a body, short enough for a line with the date."""
    if body.kind == BodyKind.TOWNSHIP_GROUP:
        return f"{body.office.name}领导小组办公室"
    return f"{body.get_kind_display()}办公室"


def facts_of(minutes: Minutes) -> dict[str, Any]:
    """Return every word that minutes print, but for number, day and check.

    Of issued minutes it is what was written down at the issue, of others what is true now.
    """
    if minutes.content:
        return minutes.frozen
    body = minutes.meeting.body
    return {
        "name": str(minutes),
        "title": f"{body.name}纪要",
        "issuer": issuer_of(body),
        "opening": opening_of(minutes),
        "topics": [
            {
                "title": topic.title,
                "lines": [line.strip() for line in topic.text.splitlines() if line.strip()],
                "decisions": [decision_line(each) for each in topic.decisions.all()],
            }
            for topic in topics_of(minutes)
        ],
        "consent": consent_note(minutes),
        "attendance": who_came(minutes),
        "copying": list(minutes.copying),
        "copy_to": "，".join(part for part in (body.copy_up, body.copy_to) if part),
    }


def minutes_as_word(minutes: Minutes, *, number: str, issued_on: dt.date | None) -> bytes:
    """Return minutes as a Word file; the same minutes give the same bytes (domain §8.3).

    Without a number (not issued yet) the line of the number says so.
    """
    facts = facts_of(minutes)
    document = OfficialDocument(
        red_head=facts["title"],
        number=number or "（未编号）",
        issuer=facts["issuer"],
        date=in_words(issued_on) if issued_on else "（未印发）",
    )
    document.blank()
    document.paragraph(facts["opening"])
    for topic in facts["topics"]:
        document.heading(topic["title"])
        for line in topic["lines"]:
            document.paragraph(line)
        for decision in topic["decisions"]:
            document.heading(decision, level=2)
    if facts["consent"]:
        document.paragraph(facts["consent"])
    document.attendance([(label, names) for label, names in facts["attendance"]])
    document.imprint(
        issuer=facts["issuer"],
        date=in_words(issued_on) if issued_on else "",
        copy_to=facts["copy_to"],
        copy_label=facts["copying"][0],
    )
    return document.content()


def minutes_as_pdf(minutes: Minutes) -> bytes:
    """Return minutes as a PDF with packaged fonts, for reading and for the meeting room."""
    facts, paper = facts_of(minutes), minutes.paper
    return render_pdf(
        "minutes",
        {
            "title": facts["title"],
            "size": min(26, _TYPE_WIDTH // len(facts["title"])),
            "number": minutes.number or "（未编号）",
            "issuer": facts["issuer"],
            "date": in_words(minutes.issued_on) if minutes.issued_on else "（未印发）",
            "opening": facts["opening"],
            "topics": facts["topics"],
            "consent": facts["consent"],
            "attendance": facts["attendance"],
            "copies": [facts["copying"][0], facts["copy_to"]],
            "check": paper.check_facts() if paper else None,
        },
    )


def opening_of(minutes: Minutes) -> str:
    """Return the opening sentence: what was written, or one made from the meeting's facts."""
    if minutes.content:
        return str(minutes.frozen["opening"])
    if minutes.opening.strip():
        return minutes.opening.strip()
    meeting = minutes.meeting
    chaired = f"，{meeting.chair}主持" if meeting.chair else ""
    place = f"在{meeting.place}" if meeting.place else ""
    return f"{in_words(meeting.held_on)}，{meeting}{place}召开{chaired}。现将会议议定事项纪要如下。"


def topics_of(minutes: Minutes) -> list[MinutesTopic]:
    """Return the paragraphs in order with decisions and their units, and with their editions."""
    decided = Decision.objects.select_related("lead").prefetch_related("helpers").order_by("pk")
    topics = minutes.topics.prefetch_related(
        Prefetch("decisions", queryset=decided), "concerned", "editions"
    )
    return list(topics.order_by("position", "pk"))


def who_came(minutes: Minutes) -> list[tuple[str, str]]:
    """Return the groups of `attendance_of`: as printed once issued, else as they stand."""
    if minutes.content:
        return [(label, names) for label, names in minutes.frozen["attendance"]]
    return attendance_of(minutes.meeting.units.select_related("unit"))


def attendance_of(parts: Iterable[MeetingUnit]) -> list[tuple[str, str]]:
    """Return (出席, names), (请假, …), (列席, …), (缺席, …); groups without anybody are left out."""
    ordered = sorted(parts, key=lambda part: (part.unit.position, part.pk))
    groups = [
        (str(kind.label), "；".join(part.named for part in ordered if part.presence == kind))
        for kind in _SHOWN
    ]
    return [(label, f"{names}。") for label, names in groups if names]


def consent_note(minutes: Minutes) -> str:
    """Return what the minutes say about consent that was not given in words, or ""."""
    answers = Consent.objects.of(minutes).select_related("unit")
    silent = sorted(
        {c.unit for c in answers if c.answer == ConsentAnswer.SILENT},
        key=lambda unit: unit.position,
    )
    said = []
    if silent:
        names = "、".join(unit.name for unit in silent)
        said.append(f"{names}在规定期限内未答复，按会签规则视为同意。")
    if minutes.override_reason:
        said.append(f"本纪要未经全部与会单位同意而定稿，理由：{minutes.override_reason}")
    return f"（会签情况：{''.join(said)}）" if said else ""
