"""Suspicions of every rule, and verifications and rehearsals in every state."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Count, F, Q

from accounts.choices import Role
from accounts.models import User
from accounts.operations.attachments import attach_file
from common import clock
from registry.choices import FlagState, MemberKind
from registry.flag_choices import RehearsalState
from registry.models import Cooperative, CooperativeAgent, Flag, Member, MemberAccount
from registry.operations.flags import recompute_flags
from registry.operations.rehearsals import move_rehearsal, rehearse_rule, release_rule
from registry.operations.roster_confirmations import confirm_roster
from registry.operations.rosters import edit_member
from registry.operations.verification import (
    CLERK,
    COUNSELLOR,
    answer_matter,
    assign_flags,
    decide_flag,
    defer_flag,
)
from registry.roster.marks import roster_mark
from tongchuan_coop.demo.files import draw_photo

LOOKED_ON, ASSIGNED_ON = dt.date(2021, 7, 8), dt.date(2021, 7, 12)
EACH_KIND, SMALL, CONFIRMED = 3, 10, 6
VILLAGES = ("石桥村", "大堰村", "新桥村", "柳树社区")
TRUE = "到登记住所看过，门上锁，村干部说两年没有收购。"
FALSE = "查看了名册和近两个月的收购单，成员都在社，备案正在办理。"
ANSWER = "名册上的成员都是本村农户，今年三月补交了出资，凭据已拍照。"


def odd_rosters(known: dict[str, User], random: Random) -> None:
    """Let a few rosters be those of one payer, one trader, one household, one surname."""
    small = (
        Cooperative.objects.living()
        .annotate(size=Count("members"), persons=Count("members", filter=_persons()))
        .filter(size__gte=5, size__lte=SMALL, size=F("persons"))
        .order_by("uscc")
    )
    own = Cooperative.objects.filter(agents__user=known["cooperative"]).values("pk")
    chosen = list(small.exclude(pk__in=own).values_list("pk", flat=True)[: 4 * EACH_KIND])
    rosters: dict[int, list[Member]] = {}
    for member in Member.objects.filter(cooperative__in=chosen).order_by("pk"):
        rosters.setdefault(member.cooperative_id, []).append(member)
    for place, members in enumerate(rosters.values()):
        _bend(members, place % 4, random)
    changed = [member for members in rosters.values() for member in members]
    Member.objects.bulk_update(
        changed, ["name", "contribution", "household", "village"], batch_size=200
    )
    _pay_alone(Member.objects.filter(cooperative__in=own).order_by("pk"))
    traders = [members for place, members in enumerate(rosters.values()) if place % 4 == 1]
    MemberAccount.objects.filter(member__in=[m for each in traders for m in each]).delete()
    MemberAccount.objects.bulk_create(
        MemberAccount(member=member, year=2020, transactions=_trade(number))
        for members in traders
        for number, member in enumerate(members)
    )


def confirm_rosters(known: dict[str, User], random: Random) -> None:
    """Confirm the rosters of a few societies at home; one of them has changed since."""
    clerk = known["clerk"]
    home = Cooperative.objects.living().filter(township=clerk.unit, members__isnull=False)
    chosen = list(home.distinct().order_by("uscc")[:CONFIRMED])
    with clock.on_day(LOOKED_ON - dt.timedelta(days=7)):
        for society in chosen:
            basis = random.choice(("名册原件、成员身份证明", "名册原件，到社里逐户核对"))
            confirm_roster(society, basis, mark=roster_mark(society), by=clerk)
    if chosen:
        last = chosen[-1].members.order_by("pk").first()
        with clock.on_day(LOOKED_ON):
            if last is not None:
                edit_member(last, {"village": VILLAGES[0]}, version=last.version, by=clerk)


def _persons() -> Q:
    return Q(members__kind__in=(MemberKind.FARMER, MemberKind.NON_FARMER))


def _bend(members: list[Member], kind: int, random: Random) -> None:
    head, village = members[0], random.choice(VILLAGES)
    for number, member in enumerate(members):
        member.village = village if kind == 3 else random.choice(VILLAGES)
        member.household = head.name if kind == 2 and number < len(members) - 1 else member.name
        member.contribution = Decimal(460_000 if kind == 0 and not number else 5_000)
        if kind == 3:
            member.name = head.name[0] + member.name[1:]


def _pay_alone(members: Any) -> None:
    """Let the first member of the known society hold nearly everything, so that it is asked."""
    first = members.first()
    if first is not None:
        members.update(contribution=Decimal(500))
        members.filter(pk=first.pk).update(contribution=Decimal(980_000))


def _trade(number: int) -> Decimal:
    return Decimal(190_000 if number == 0 else 500)


def verify(known: dict[str, User], random: Random) -> None:
    """Give suspicions away, let societies answer, and decide some in each way."""
    bureau, chair = known["bureau"], known["cooperative"]
    with clock.on_day(LOOKED_ON):
        recompute_flags(by=None)
    open_flags = Flag.objects.filter(state=FlagState.SUSPECTED).order_by("rule", "pk")
    mine = open_flags.filter(cooperative__agents__user=chair)
    home = open_flags.filter(cooperative__township=known["clerk"].unit)
    taken = _some_of_each_rule(open_flags)
    with clock.on_day(ASSIGNED_ON):
        due = ASSIGNED_ON + dt.timedelta(days=30)
        assign_flags(Flag.objects.filter(pk__in=taken), COUNSELLOR, due, by=bureau)
        assign_flags(mine, COUNSELLOR, due, by=bureau)
        late = Flag.objects.filter(pk__in=home.values_list("pk", flat=True)[:2])
        assign_flags(late, CLERK, ASSIGNED_ON + dt.timedelta(days=5), by=bureau)
    in_hand = Flag.objects.filter(state=FlagState.CHECKING).exclude(
        pk__in=Flag.objects.filter(cooperative__agents__user=chair).values("pk")
    )
    for place, flag in enumerate(in_hand.order_by("rule", "pk").select_related("assigned_to")):
        _move_on(flag, place % 5, bureau, random)
    _let_answer(Flag.objects.filter(state=FlagState.CHECKING, rule__in=("R9", "R13")), random)
    recompute_flags(by=None)


def _let_answer(flags: Any, random: Random) -> None:
    """Let two more societies have a person of their own, who answers with a photo."""
    free = flags.filter(cooperative__agents__isnull=True).select_related("cooperative")
    for number, flag in enumerate(free.order_by("pk")[:2], start=1):
        society = flag.cooperative
        person = User.objects.create_user(
            f"society-{number}", full_name=society.legal_representative, role=Role.COOPERATIVE
        )
        CooperativeAgent.objects.create(cooperative=society, user=person, since=ASSIGNED_ON)
        photo = ContentFile(draw_photo(random, ASSIGNED_ON), name="现场.jpg")
        with clock.on_day(ASSIGNED_ON + dt.timedelta(days=3)):
            answer_matter(flag, ANSWER, [photo], by=person)


def _some_of_each_rule(flags: Any) -> list[int]:
    """Return up to three suspicions of each rule whose society has a counsellor."""
    counted: dict[str, int] = {}
    chosen = []
    for pk, rule in flags.filter(cooperative__counsellor__isnull=False).values_list("pk", "rule"):
        counted[rule] = counted.get(rule, 0) + 1
        if counted[rule] <= EACH_KIND:
            chosen.append(pk)
    return chosen


def _move_on(flag: Flag, turn: int, bureau: User, random: Random) -> None:
    """Decide every second and third of five, put off every fourth; the rest stays in hand."""
    if turn == 1:
        photo = ContentFile(draw_photo(random, ASSIGNED_ON), name="现场照片.jpg")
        attach_file(flag, photo, purpose="flag-proof", note="登记住所", by=bureau)
        decide_flag(flag, FlagState.CONFIRMED, TRUE, by=bureau, version=flag.version)
    elif turn == 2:
        decide_flag(flag, FlagState.DISMISSED, FALSE, by=bureau, version=flag.version)
    elif turn == 3:
        until = clock.today() + dt.timedelta(days=random.randrange(10, 60))
        defer_flag(flag, until, "正值收购季，负责人在外", by=bureau, version=flag.version)


def rehearse(known: dict[str, User], _random: Random) -> None:
    """Leave a released rule, one that waits for a second person, and a draft."""
    bureau = known["bureau"]
    colleague = User.objects.create_user(
        "bureau-zhou",
        full_name="周敏",
        role=Role.BUREAU,
        unit=bureau.unit,
        post="农经站站长",
    )
    day = clock.today()
    released = rehearse_rule(
        "R13",
        {"percent": 90, "members": 3},
        quarter="2021Q2",
        effective_from=day + dt.timedelta(days=12),
        reason="同户成员占比八成的不少，先看九成以上的",
        by=bureau,
    )
    move_rehearsal(released, RehearsalState.PROPOSED, by=bureau, version=released.version)
    release_rule(released, "股室研究同意", by=colleague, version=released.version)
    waiting = rehearse_rule(
        "R18",
        {"societies": 3},
        quarter="2021Q2",
        effective_from=day + dt.timedelta(days=12),
        reason="两家同名多为重名，三家以上再列",
        by=colleague,
    )
    move_rehearsal(waiting, RehearsalState.PROPOSED, by=colleague, version=waiting.version)
    rehearse_rule(
        "R8",
        {"members": 6, "union_members": 3},
        quarter="2021Q1",
        effective_from=day + dt.timedelta(days=43),
        reason="看看刚够法定人数的有多少",
        by=bureau,
    )


PARTS = (odd_rosters, confirm_rosters, verify, rehearse)
