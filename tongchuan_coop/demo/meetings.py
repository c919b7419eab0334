"""The demo's meetings: six quarters held and issued, one round of consent open, one meeting overdue."""

import datetime as dt
from functools import cache
from random import Random

from django.core.files.base import ContentFile
from django.db.models import F

from accounts.choices import Role
from accounts.models import OrganisationUnit, User
from accounts.operations.attachments import attach_file
from common import clock
from common.documents.word import OfficialDocument
from common.quarter import Quarter
from liaison.meeting_choices import (
    BodyKind,
    ConsentAnswer,
    Presence,
    ReplyKind,
    SeatDuty,
)
from liaison.models import (
    BodySeat,
    Consent,
    CoordinationBody,
    Decision,
    Meeting,
    MeetingUnit,
    Minutes,
)
from liaison.operations import agendas, bodies, consents, decisions, meetings, minutes, topics
from tongchuan_coop.demo.meeting_words import DONE, JOINT, LEADING, REPORTED, Made, Sitting
from tongchuan_coop.demo.societies import make_name

FOUNDED, PLANNED = dt.date(2020, 3, 10), dt.date(2020, 3, 11)
CIRCULATED, CALLED, NEXT_HELD = dt.date(2021, 7, 16), dt.date(2021, 7, 19), dt.date(2021, 7, 29)
PLACE, HOUR = "区政府三楼会议室", dt.time(9, 0)
WITHOUT_ACCOUNT = ("fgj", "czj", "swj", "zrzyj", "lyj", "gxs", "jrb", "fpkfj")


def add_meetings(known: dict[str, User], random: Random) -> None:
    """Let both bodies meet each quarter; the last joint minutes still go round."""
    units = {unit.code: unit for unit in OrganisationUnit.objects.all()}
    liaisons = _appoint_liaisons(known, units, random)
    with clock.on_day(FOUNDED):
        bodies.establish_bodies(by=known["bureau"])
    CoordinationBody.objects.filter(kind=BodyKind.JOINT_MEETING).update(silence_agrees=True)
    _name_seats(random)
    joint = CoordinationBody.objects.get(kind=BodyKind.JOINT_MEETING)
    leading = CoordinationBody.objects.get(kind=BodyKind.LEADING_GROUP)
    last = ""
    for quarter, sitting in JOINT.items():
        for body, held in ((leading, LEADING.get(quarter)), (joint, sitting)):
            if held is not None:
                _live(body, quarter, held, known, units, liaisons=liaisons)
        last = quarter
    _answer_some(Minutes.objects.get(meeting__body=joint, meeting__quarter=last), liaisons)
    _call_next(joint, known, liaisons)


def _appoint_liaisons(
    known: dict[str, User], units: dict[str, OrganisationUnit], random: Random
) -> dict[str, User]:
    """Give every department that has none yet a liaison of its own."""
    made = {"scjgj": known["regulator"], "swju": known["tax"]}
    for number, code in enumerate(WITHOUT_ACCOUNT, start=1):
        made[code] = User.objects.create(
            username=f"department{number:02}",
            password=known["clerk"].password,
            full_name=make_name(random),
            role=Role.LIAISON,
            unit=units[code],
            post="联络员",
        )
    return made


def _name_seats(random: Random) -> None:
    """Write names, posts and office telephones into the seats."""
    seats = list(BodySeat.objects.select_related("unit", "body").order_by("pk"))
    for place, seat in enumerate(seats):
        head = seat.duty == SeatDuty.HEAD
        seat.person = make_name(random)
        if seat.body.kind == BodyKind.TOWNSHIP_GROUP:
            seat.post = "党委书记" if head else "副镇长"
        else:
            seat.post = "局长" if head else "副局长"
        seat.office_phone = f"0818-2{place:06}"
    BodySeat.objects.bulk_update(seats, ["person", "post", "office_phone"])


def _live(
    body: CoordinationBody,
    quarter: str,
    sitting: Sitting,
    known: dict[str, User],
    units: dict[str, OrganisationUnit],
    *,
    liaisons: dict[str, User],
) -> None:
    """Call, hold and write up one meeting; all but the last are agreed, issued and worked on."""
    bureau = known["bureau"]
    with clock.on_day(sitting.held - dt.timedelta(days=9)):
        meetings.plan_meetings(by=None)
        meeting = Meeting.objects.select_related("body").get(body=body, quarter=quarter)
        _arrange(meeting, sitting.held, bureau)
        agendas.propose_agenda(meeting, by=bureau)
        for talk in sitting.talks:
            facts = {"title": talk.title, "details": "", "unit": None, "position": None}
            agendas.save_item(meeting, None, facts, version=0, by=bureau)
        meetings.call_meeting(meeting, by=bureau)
    with clock.on_day(sitting.held):
        _attend(meeting, away="jrb" if body.kind == BodyKind.JOINT_MEETING else "")
        written = meetings.hold_meeting(meeting, sitting.held, by=bureau)
        _write(written, sitting, bureau, units)
    if (body.kind, quarter) == (BodyKind.JOINT_MEETING, max(JOINT)):
        with clock.on_day(CIRCULATED):
            consents.circulate(written, by=bureau)
        return
    with clock.on_day(sitting.held + dt.timedelta(days=1)):
        consents.circulate(written, by=bureau)
        Consent.objects.of(written).update(answer=ConsentAnswer.AGREED, answered_at=clock.now())
    with clock.on_day(sitting.held + dt.timedelta(days=6)):
        minutes.agree_minutes(written, by=bureau)
        minutes.sign_minutes(written, "张永贵", clock.today(), by=known["leader"])
        minutes.issue_minutes(written, by=bureau)
        minutes.record_copies(
            written, clock.today(), "公文交换", version=written.version, by=bureau
        )
        minutes.archive_minutes(written, by=bureau)
    for made in (each for talk in sitting.talks for each in talk.made):
        decision = Decision.objects.get(meeting=meeting, text=made.text)
        _work(decision, made, liaisons.get(made.lead, bureau), bureau)


def _arrange(meeting: Meeting, held: dt.date, bureau: User) -> None:
    facts = {
        "starts_at": dt.datetime.combine(held, HOUR, clock.SHANGHAI),
        "place": PLACE,
        "chair": "张永贵",
        "recorder": "李文斌",
        "reply_by": held - dt.timedelta(days=3),
    }
    meetings.arrange_meeting(meeting, facts, version=meeting.version, by=bureau)
    meeting.refresh_from_db()


def _attend(meeting: Meeting, *, away: str) -> None:
    """Take the members of the body as those who came; one department is on leave."""
    seats = {seat.unit_id: seat for seat in meeting.body.seats.all()}
    parts = list(meeting.units.select_related("unit"))
    for part in parts:
        seat = seats[part.unit_id]
        gone = part.unit.code == away
        part.reply = ReplyKind.LEAVE if gone else ReplyKind.COMING
        part.reply_note = "外出开会" if gone else ""
        part.presence = Presence.LEAVE if gone else Presence.PRESENT
        part.person, part.post = seat.person, seat.post
    MeetingUnit.objects.bulk_update(parts, ["reply", "reply_note", "presence", "person", "post"])


def _write(
    written: Minutes, sitting: Sitting, bureau: User, units: dict[str, OrganisationUnit]
) -> None:
    """Write each talk into its paragraph; what was only reported on gets one sentence."""
    talks = {talk.title: talk for talk in sitting.talks}
    for topic in list(written.topics.order_by("position")):
        talk = talks.get(topic.title)
        if talk is None:
            written.topics.filter(pk=topic.pk).update(
                text=f"会议听取了下列事项的汇报，要求继续抓紧办理：\n{topic.text}",
                version=F("version") + 1,
            )
            continue
        facts = {"title": talk.title, "text": talk.text, "position": None}
        saved = topics.save_topic(
            written,
            topic,
            facts,
            concerned=[units[code] for code in talk.concerned],
            version=topic.version,
            by=bureau,
        )
        for made in talk.made:
            topics.save_decision(
                saved,
                None,
                {"text": made.text, "lead": units[made.lead], "due_on": made.due},
                helpers=[units[code] for code in made.helpers],
                version=0,
                by=bureau,
            )


def _work(decision: Decision, made: Made, person: User, bureau: User) -> None:
    """Let the lead unit work on a decision: done with evidence, reported, or only begun."""
    if made.fate not in (DONE, REPORTED):
        with clock.on_day(decision.due_on - dt.timedelta(days=20)):
            decisions.report_progress(decision, "已开始办理，正在收集资料。", by=person)
        return
    ready = min(decision.due_on - dt.timedelta(days=3), dt.date(2021, 7, 15))
    with clock.on_day(ready):
        attach_file(
            decision,
            ContentFile(_evidence(), name="办理情况报告.docx"),
            purpose="办结佐证",
            by=person,
        )
        decisions.report_done(decision, "已按会议要求办结，报告附后。", by=person)
        if made.fate == DONE:
            decisions.confirm_done(decision, by=bureau)


@cache
def _evidence() -> bytes:
    document = OfficialDocument("议定事项办理情况报告")
    document.paragraph("会议议定由本单位牵头的事项现已办结，特此报告。")
    return document.content()


def _answer_some(round_: Minutes, liaisons: dict[str, User]) -> None:
    """In the open round some agree, one wants another wording, one objects, the others wait."""
    said = {
        "swju": ("", ConsentAnswer.AGREED, ""),
        "czj": ("", ConsentAnswer.AGREED, ""),
        "zrzyj": (
            "清理整顿收尾",
            ConsentAnswer.WORDING,
            "建议把“依法处理”改为“依法依规分类处理”。",
        ),
        "lyj": (
            "信息共享的范围",
            ConsentAnswer.OBJECTED,
            "本部门尚未确定接收人员，建议暂缓扩大共享范围。",
        ),
    }
    with clock.on_day(dt.date(2021, 7, 19)):
        for code, (minded, answer, remark) in said.items():
            person = liaisons[code]
            own = Consent.objects.of(round_).filter(unit=person.unit_id)
            answers = {
                row.pk: (answer, remark, row.version)
                if row.edition.topic.title == minded
                else (ConsentAnswer.AGREED, "", row.version)
                for row in own.select_related("edition__topic")
            }
            consents.answer_consents(round_, answers, by=person)


def _call_next(joint: CoordinationBody, known: dict[str, User], liaisons: dict[str, User]) -> None:
    """Call the joint meeting of the running quarter; the leading group's is overdue."""
    bureau = known["bureau"]
    with clock.on_day(CALLED):
        meetings.plan_meetings(by=None)
        quarter = str(Quarter.of(CALLED))
        meeting = Meeting.objects.select_related("body").get(body=joint, quarter=quarter)
        agendas.propose_agenda(meeting, by=bureau)
        _arrange(meeting, NEXT_HELD, bureau)
        meetings.call_meeting(meeting, by=bureau)
        for code, reply, note in (
            ("swju", ReplyKind.COMING, ""),
            ("czj", ReplyKind.COMING, ""),
            ("jrb", ReplyKind.LEAVE, "参加市里会议"),
        ):
            part = meeting.units.get(unit__code=code)
            meetings.reply_to_notice(
                part,
                reply,
                person="" if note else liaisons[code].full_name,
                post="" if note else "联络员",
                note=note,
                version=part.version,
                by=liaisons[code],
            )
