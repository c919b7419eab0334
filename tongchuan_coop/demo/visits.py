"""The demo's visits over six quarters: what was seen, agreed and found wrong, with some photos."""

import datetime as dt
import hashlib
import io
import uuid
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.models import User
from accounts.operations.attachments import attach_file
from common import clock
from common.clock import SHANGHAI
from registry.choices import FindingState, OperatingState, Seen
from registry.models import Cooperative, SiteFinding
from training.choices import (
    PromiseKind,
    PromiseOwner,
    PromiseState,
    RevisionOutcome,
    SeenThing,
    VisitMethod,
    VisitPurpose,
    VisitState,
)
from training.digests import digest
from training.models import Promise, Visit, VisitPhoto, VisitRevision
from training.operations.photos import PHOTO, likeness_of
from training.operations.visits import Packet, receive_version
from training.questions.catalogue import questions_for

FIRST_DAY, LAST_DAY = dt.date(2020, 5, 6), dt.date(2021, 7, 16)
SHARE, WITH_PHOTOS, AT_HOME = 0.62, 12, 6
WORKS = (
    (
        "成员账户登记不全",
        "逐户核对出资和交易，讲解成员账户登记办法",
        PromiseKind.ACCOUNTS,
        "补齐全部成员账户",
    ),
    (
        "没有开成员大会的记录",
        "讲解成员大会的召集和表决，留下会议记录样本",
        PromiseKind.ORGANS,
        "召开成员大会并留存记录",
    ),
    (
        "财务没有公开",
        "指导设公开栏，每季度公布收支和盈余",
        PromiseKind.DISCLOSURE,
        "设立社务公开栏并公布账目",
    ),
    (
        "章程与现在的做法不一致",
        "对照示范章程逐条修改，说明备案手续",
        PromiseKind.CHARTER,
        "修订章程并备案",
    ),
    (
        "年报还没有报送",
        "现场帮助登录公示系统，说明逾期的后果",
        PromiseKind.REPORT,
        "补报上一年度年报",
    ),
    (
        "盈余分配没有按交易量返还",
        "讲解盈余分配六成返还的规定，试算一次",
        PromiseKind.DISTRIBUTION,
        "按交易量制定返还方案",
    ),
    ("", "宣传合作社法和扶持政策，解答成员提问", None, ""),
    ("", "查看大棚和账簿，交流销售情况", None, ""),
)


def add_visits(known: dict[str, User], random: Random) -> None:
    """Let the counsellors of all townships visit about two thirds of their societies."""
    societies = list(
        Cooperative.objects.living()
        .filter(counsellor__isnull=False, uscc__isnull=False)
        .select_related("counsellor")
        .order_by("pk")
    )
    rows = [
        _visit(society, day, random)
        for society in societies
        if random.random() < SHARE
        for day in _days(random)
    ]
    rows.sort(key=lambda row: row[0].visited_on)
    Visit.objects.bulk_create([visit for visit, _ in rows], batch_size=300)
    VisitRevision.objects.bulk_create([_version(visit) for visit, _ in rows], batch_size=200)
    SiteFinding.objects.bulk_create([_finding(visit) for visit, _ in rows], batch_size=200)
    Promise.objects.bulk_create([made for _, made in rows if made], batch_size=200)
    _take_photos(random)
    _visit_home(known)


def _days(random: Random) -> list[dt.date]:
    span = (LAST_DAY - FIRST_DAY).days
    days = {
        FIRST_DAY + dt.timedelta(days=random.randrange(span))
        for _ in range(random.choice((1, 1, 2, 3)))
    }
    return sorted(day - dt.timedelta(days=max(0, day.weekday() - 4)) for day in days)


def _visit(society: Cooperative, day: dt.date, random: Random) -> tuple[Visit, Promise | None]:
    problems, guidance, kind, promised = random.choice(WORKS)
    found = random.random() < 0.9
    at = dt.datetime.combine(day, dt.time(9 + random.randrange(8), random.randrange(60)), SHANGHAI)
    state = VisitState.CONFIRMED if random.random() < 0.7 else VisitState.REPORTED
    operating = random.choices(OperatingState.values[:3], (75, 15, 10))[0] if found else "unknown"
    by = society.counsellor
    assert by is not None  # noqa: S101 - the societies were chosen so
    visit = Visit(
        key=_uuid(random),
        head=_uuid(random),
        cooperative=society,
        counsellor=by,
        visited_on=day,
        method=VisitMethod.ON_SITE if random.random() < 0.85 else VisitMethod.PHONE,
        purpose=random.choice(VisitPurpose.values),
        met=f"{society.legal_representative}，理事长"
        if found and society.legal_representative
        else "",
        at_address=Seen.YES if found else Seen.NO,
        operating=operating,
        seen=sorted(random.sample(SeenThing.values, random.randrange(1, 6))) if found else [],
        members_met=random.randrange(1, 9) if found else None,
        problems=problems if found else "登记住所没有找到人，邻居说已停业",
        guidance=guidance if found else "向村委会了解情况",
        no_photo_reason="declined",
        no_place_reason="refused",
        next_visit_on=day + dt.timedelta(days=90) if random.random() < 0.4 else None,
        state=state,
        device_time=at,
        received_at=at + dt.timedelta(hours=random.randrange(1, 9)),
        confirmed_by=society.legal_representative if state == VisitState.CONFIRMED else "",
        confirmed_at=at + dt.timedelta(days=1) if state == VisitState.CONFIRMED else None,
    )
    if not (found and kind and random.random() < 0.55):
        return visit, None
    return visit, _promise(society, visit, random, kind=kind, text=promised)


def _promise(
    society: Cooperative, visit: Visit, random: Random, *, kind: PromiseKind, text: str
) -> Promise:
    due = visit.visited_on + dt.timedelta(days=random.choice((20, 30, 45, 60)))
    kept = due < LAST_DAY and random.random() < 0.86
    by = visit.counsellor
    return Promise(
        key=_uuid(random),
        cooperative=society,
        visit=visit,
        kind=kind,
        text=text,
        owner=PromiseOwner.SOCIETY if random.random() < 0.8 else PromiseOwner.COUNSELLOR,
        due_on=due,
        state=PromiseState.CLOSED if kept else PromiseState.OPEN,
        made_by=by,
        made_at=visit.received_at,
        outcome="再次走访时核实，已办好。" if kept else "",
        closed_by=by if kept else None,
        closed_at=visit.received_at + dt.timedelta(days=18) if kept else None,
    )


def _version(visit: Visit) -> VisitRevision:
    body = {
        "society": visit.cooperative.uscc,
        "visited_on": visit.visited_on.isoformat(),
        "method": visit.method,
        "purpose": visit.purpose,
        "met": visit.met,
        "at_address": visit.at_address,
        "operating": visit.operating,
        "seen": visit.seen,
        "members_met": "" if visit.members_met is None else str(visit.members_met),
        "problems": visit.problems,
        "guidance": visit.guidance,
        "next_visit_on": visit.next_visit_on.isoformat() if visit.next_visit_on else "",
        "no_photo_reason": visit.no_photo_reason,
        "no_place_reason": visit.no_place_reason,
        "place": None,
        "answers": [],
        "promises": [],
        "photos": [],
    }
    return VisitRevision(
        visit=visit,
        key=visit.head,
        body=body,
        sha256=digest(body),
        outcome=RevisionOutcome.APPLIED,
        author=visit.counsellor,
        device_time=visit.device_time,
        received_at=visit.received_at,
        from_phone=True,
    )


def _finding(visit: Visit) -> SiteFinding:
    signed = visit.state == VisitState.CONFIRMED
    return SiteFinding(
        visit_key=str(visit.key),
        cooperative=visit.cooperative,
        seen_on=visit.visited_on,
        seen_by=visit.counsellor,
        in_person=visit.method == VisitMethod.ON_SITE,
        state=FindingState.SIGNED if signed else FindingState.REPORTED,
        at_address=visit.at_address,
        operating=visit.operating,
        members_met=visit.members_met,
        note=visit.problems,
        **{code: Seen.YES if code in visit.seen else Seen.UNKNOWN for code in SeenThing.values},
    )


def _take_photos(random: Random) -> None:
    """Give some of the latest open visits a photo, drawn and plainly invented."""
    chosen = Visit.objects.filter(state=VisitState.REPORTED, at_address=Seen.YES)
    for visit in chosen.select_related("cooperative", "counsellor").order_by("-visited_on", "-pk")[
        :WITH_PHOTOS
    ]:
        content = _drawn(random)
        key = _uuid(random)
        with clock.on_day(visit.visited_on):
            upload = ContentFile(content, name="走访照片.jpg")
            attach_file(visit, upload, purpose=PHOTO, by=visit.counsellor, client_id=key)
        VisitPhoto.objects.create(
            key=key,
            visit=visit,
            size=len(content),
            received=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            taken_at=visit.device_time,
            done_at=visit.received_at,
            likeness=likeness_of(content),
        )
        Visit.objects.filter(pk=visit.pk).update(no_photo_reason="")


def _drawn(random: Random) -> bytes:
    """Draw a field under a sky, so that nobody takes it for a photograph."""
    image = Image.new("RGB", (960, 720), (176, 205, 230))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 400, 960, 720), fill=(96, 140, 72))
    for row in range(8):
        y = 410 + row * 40
        draw.line(
            (random.randrange(60), y, 960, y + random.randrange(30)), fill=(70, 110, 50), width=8
        )
    for _ in range(random.randrange(3, 7)):
        x, width = random.randrange(80, 760), random.randrange(90, 170)
        top = random.randrange(240, 380)
        draw.rectangle(
            (x, top, x + width, 420), fill=(210, 200, 185), outline=(120, 110, 95), width=4
        )
        draw.polygon(
            (x - 12, top, x + width // 2, top - 60, x + width + 12, top), fill=(150, 78, 60)
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=78)
    return out.getvalue()


def _visit_home(known: dict[str, User]) -> None:
    """Let the known counsellor send some visits the real way, answers and proposals included."""
    by = known["counsellor"]
    home = list(
        Cooperative.objects.filter(counsellor=by, uscc__isnull=False)
        .living()
        .order_by("pk")[:AT_HOME]
    )
    asked = questions_for(home)
    random = Random(by.pk)
    for place, society in enumerate(home):
        day = LAST_DAY - dt.timedelta(days=place * 2)
        answers = [
            {
                "key": question.key,
                "text": question.text,
                "why": question.why,
                "kind": question.answer.value,
                "answer": {"yes_no": "yes", "done": "no", "number": "9"}.get(
                    question.answer.value, ""
                ),
                "note": "现场核对",
            }
            for question in asked[society.pk]
        ]
        body = {
            "society": society.uscc,
            "visited_on": day.isoformat(),
            "method": "on_site",
            "purpose": "survey",
            "met": f"{society.legal_representative}，理事长",
            "at_address": "yes",
            "operating": "yes",
            "seen": ["signboard", "accounts_kept"],
            "members_met": "5",
            "problems": f"{WORKS[place % 6][0]}（{society.name[-10:]}）",
            "guidance": f"{WORKS[place % 6][1]}，约定下月再看",
            "next_visit_on": (day + dt.timedelta(days=60)).isoformat(),
            "no_photo_reason": "device",
            "no_place_reason": "no_signal",
            "place": None,
            "answers": answers,
            "promises": [
                {
                    "id": str(_uuid(random)),
                    "text": WORKS[place % 6][3],
                    "kind": str(WORKS[place % 6][2]),
                    "owner": "society",
                    "due_on": (day + dt.timedelta(days=40)).isoformat(),
                    "grave": place == 0,
                }
            ],
            "photos": [],
        }
        with clock.on_day(day):
            receive_version(
                Packet(_uuid(random), _uuid(random), None, str(society.uscc), body), by=by
            )


def _uuid(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)
