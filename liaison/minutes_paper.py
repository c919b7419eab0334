"""Minutes on paper: the official layout of GB/T 9704 as a Word file, and the same words as a PDF."""

import datetime as dt
from collections.abc import Iterable

from common.documents.pdf import render_pdf
from common.documents.word import OfficialDocument
from common.template_tags import day as in_words
from liaison.consents import decision_line, lines_as_issued
from liaison.meeting_choices import BodyKind, ConsentAnswer, Presence
from liaison.models import Consent, CoordinationBody, MeetingUnit, Minutes, MinutesTopic

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


def minutes_as_word(minutes: Minutes, *, number: str, issued_on: dt.date | None) -> bytes:
    """Return minutes as a Word file; the same minutes give the same bytes (domain §8.3).

    Without a number (not issued yet) the line of the number says so.
    """
    meeting, body = minutes.meeting, minutes.meeting.body
    document = OfficialDocument(
        red_head=f"{body.name}纪要",
        number=number or "（未编号）",
        issuer=issuer_of(body),
        date=in_words(issued_on) if issued_on else "（未印发）",
    )
    document.blank()
    document.paragraph(opening_of(minutes))
    for topic in topics_of(minutes):
        document.heading(topic.title)
        for line in topic.text.splitlines():
            if line.strip():
                document.paragraph(line.strip())
        for decision in topic.decisions.all():
            document.heading(decision_line(decision), level=2)
    if note := consent_note(minutes):
        document.paragraph(note)
    document.attendance(attendance_of(meeting.units.select_related("unit")))
    document.imprint(
        issuer=issuer_of(body),
        date=in_words(issued_on) if issued_on else "",
        copy_to="，".join(part for part in (body.copy_up, body.copy_to) if part),
        copy_label=body.get_copy_label_display(),
    )
    return document.content()


def minutes_as_pdf(minutes: Minutes) -> bytes:
    """Return minutes as a PDF with packaged fonts, for reading and for the meeting room."""
    body = minutes.meeting.body
    paper = minutes.paper
    return render_pdf(
        "minutes",
        {
            "title": f"{body.name}纪要",
            "size": min(26, _TYPE_WIDTH // len(f"{body.name}纪要")),
            "number": minutes.number or "（未编号）",
            "issuer": issuer_of(body),
            "date": in_words(minutes.issued_on) if minutes.issued_on else "（未印发）",
            "opening": opening_of(minutes),
            "topics": [
                {
                    "title": topic.title,
                    "lines": [line.strip() for line in topic.text.splitlines() if line.strip()],
                    "decisions": lines_of(minutes, topic),
                }
                for topic in topics_of(minutes)
            ],
            "consent": consent_note(minutes),
            "attendance": attendance_of(minutes.meeting.units.select_related("unit")),
            "copies": [
                body.get_copy_label_display(),
                "，".join(part for part in (body.copy_up, body.copy_to) if part),
            ],
            "check": paper.check_facts() if paper else None,
        },
    )


def opening_of(minutes: Minutes) -> str:
    """Return the opening sentence: what was written, or one made from the meeting's facts."""
    if minutes.opening.strip():
        return minutes.opening.strip()
    meeting = minutes.meeting
    chaired = f"，{meeting.chair}主持" if meeting.chair else ""
    place = f"在{meeting.place}" if meeting.place else ""
    return f"{in_words(meeting.held_on)}，{meeting}{place}召开{chaired}。现将会议议定事项纪要如下。"


def lines_of(minutes: Minutes, topic: MinutesTopic) -> list[str]:
    """Return the decisions of a paragraph: as issued once it was, else as they stand."""
    decisions = list(topic.decisions.all())
    if minutes.is_issued:
        issued = lines_as_issued(topic, decisions)
        return [issued[each.pk] for each in decisions]
    return [decision_line(each) for each in decisions]


def topics_of(minutes: Minutes) -> list[MinutesTopic]:
    """Return the paragraphs in order with decisions and their units, and with their editions."""
    topics = minutes.topics.prefetch_related(
        "decisions__lead", "decisions__helpers", "concerned", "editions"
    )
    return list(topics.order_by("position", "pk"))


def attendance_of(parts: Iterable[MeetingUnit]) -> list[tuple[str, str]]:
    """Return (出席, names), (请假, …), (列席, …), (缺席, …); groups without anybody are left out."""
    ordered = sorted(parts, key=lambda part: part.unit.position)
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
