"""The demo's counsellors: appointments, whom they look after, and the gaps between."""

import datetime as dt
from random import Random

from accounts.choices import Role
from accounts.models import User
from common import clock
from registry.choices import InterestKind
from registry.models import Cooperative
from tongchuan_coop import pairing
from tongchuan_coop.demo.people import HOME_UNIT
from training.choices import AssignmentKind, CounsellorSource, Specialty
from training.models import Counsellor, CounsellorAssignment, PairingNeed
from training.operations.assignments import assign_counsellor
from training.operations.counsellors import declare_interest
from training.operations.handovers import hand_over

APPOINTED, PAIRED = dt.date(2020, 4, 20), dt.date(2020, 9, 1)
ENDS_SOON, ENDED = dt.date(2021, 8, 31), dt.date(2021, 6, 30)
UNIT_ENDING, UNIT_WITHOUT = "511702208", "lianhu"
UNPAIRED = 3


def add_counsellors(known: dict[str, User], random: Random) -> None:
    """Appoint everyone with a counsellor's account, and let them look after their societies."""
    people = list(User.objects.filter(role=Role.COUNSELLOR).select_related("unit").order_by("pk"))
    terms = {UNIT_ENDING: ENDS_SOON, UNIT_WITHOUT: ENDED}
    Counsellor.objects.bulk_create(
        Counsellor(
            user=person,
            specialty=random.choice(Specialty.values),
            source=random.choice(CounsellorSource.values[:4]),
            full_time=random.random() < 0.3,
            appointed_on=APPOINTED,
            until=terms.get(person.unit.code if person.unit else ""),
        )
        for person in people
    )
    societies = Cooperative.objects.filter(counsellor__isnull=False).order_by("pk")
    CounsellorAssignment.objects.bulk_create(
        CounsellorAssignment(
            cooperative_id=pk,
            counsellor_id=counsellor,
            kind=AssignmentKind.GUIDANCE,
            since=APPOINTED,
            reason="试点启动时确定",
        )
        for pk, counsellor in societies.values_list("pk", "counsellor")
    )
    _share_home(known)
    _hand_over(known)


def _share_home(known: dict[str, User]) -> None:
    """In the home township a second counsellor took over some societies, and declared an interest."""
    second = (
        Counsellor.objects.filter(user__unit__code=HOME_UNIT)
        .exclude(user=known["counsellor"])
        .select_related("user")
        .order_by("pk")
        .first()
    )
    if second is None:
        return
    home = list(Cooperative.objects.filter(counsellor=known["counsellor"]).living().order_by("pk"))
    with clock.on_day(dt.date(2021, 3, 2)):
        for society in home[8:20]:
            assign_counsellor(
                society,
                second,
                kind=AssignmentKind.GUIDANCE,
                reason="工作量调整",
                by=known["clerk"],
            )
        declare_interest(
            second.user,
            home[0],
            kind=InterestKind.RELATIVE,
            note="妻弟是该社理事",
            by=known["bureau"],
        )


def _hand_over(known: dict[str, User]) -> None:
    """Whoever's term has ended gave the societies to a colleague, with a sheet to sign."""
    giver = Counsellor.objects.filter(until=ENDED).select_related("user").order_by("pk").first()
    taker = Counsellor.objects.filter(until__isnull=True).select_related("user").order_by("pk")
    if giver is None or not taker:
        return
    with clock.on_day(ENDED):
        hand_over(giver, taker[0], reason="任期届满", leaves=False, by=known["bureau"])


def add_pairs(known: dict[str, User], random: Random) -> None:
    """Pair every society that titles and plans ask for; the last few still wait."""
    del known, random
    with clock.on_day(PAIRED):
        pairing.renew()
    needs = PairingNeed.objects.filter(cooperative__counsellor__isnull=False)
    chosen = list(needs.select_related("cooperative__counsellor").order_by("cooperative__uscc"))
    CounsellorAssignment.objects.bulk_create(
        CounsellorAssignment(
            cooperative=need.cooperative,
            counsellor=need.cooperative.counsellor,
            kind=AssignmentKind.PAIRING,
            since=PAIRED,
            reason="示范社结对",
        )
        for need in chosen[:-UNPAIRED]
    )
