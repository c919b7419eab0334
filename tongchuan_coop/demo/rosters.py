"""The demo's rosters: most societies have one, some with the gaps that real rosters have."""

import datetime as dt
import io
from decimal import Decimal
from random import Random

from stdnum.cn import ric

from accounts.models import User
from common import clock
from registry.choices import ContributionForm, CooperativeKind, MemberKind, MemberPost
from registry.models import Cooperative, Member, MemberAccount
from registry.operations.roster_files import write_roster
from registry.operations.rosters import upload_roster
from tongchuan_coop.demo.societies import make_name

WRITTEN_ON = dt.date(2021, 3, 10)
ACCOUNTS_OF = 2020
SHARE_WITH_ROSTER, SHARE_WITH_ACCOUNTS = 0.6, 0.7
MOST_MEMBERS = 60
_REGION = "511702"  # no person: the serial part is always 999 and the day is made up
_FORMS = (
    ContributionForm.CASH,
    ContributionForm.CASH,
    ContributionForm.LAND,
    ContributionForm.IN_KIND,
)


def add_rosters(_known: dict[str, User], random: Random) -> None:
    """Write rosters and member accounts, set-based."""
    members: list[Member] = []
    with_accounts: set[int] = set()
    societies = Cooperative.objects.living().filter(kind=CooperativeKind.COOPERATIVE)
    served = set(Cooperative.objects.filter(agents__isnull=False).values_list("pk", flat=True))
    with clock.on_day(WRITTEN_ON):
        now = clock.now()
    for society in societies.order_by("uscc"):
        has_roster = random.random() < SHARE_WITH_ROSTER or society.pk in served
        too_long = (society.member_count or 0) > MOST_MEMBERS and society.pk not in served
        if not has_roster or not society.member_count or too_long:
            continue
        members += _roster(society, random, now)
        if random.random() < SHARE_WITH_ACCOUNTS or society.pk in served:
            with_accounts.add(society.pk)
    Member.objects.bulk_create(members, batch_size=1_000)
    MemberAccount.objects.bulk_create(
        [_account(m, random) for m in members if m.cooperative_id in with_accounts],
        batch_size=1_000,
    )


def _roster(society: Cooperative, random: Random, now: dt.datetime) -> list[Member]:
    total = society.member_count or 0
    farmers = min(society.farmer_member_count or 0, total)
    units = min(society.unit_member_count or 0, total - farmers)
    kinds = [MemberKind.FARMER] * farmers + [MemberKind.ENTERPRISE] * units
    kinds += [MemberKind.NON_FARMER] * (total - len(kinds))
    each = _share(society, total)
    joined = society.established_on or dt.date(2015, 1, 1)
    written = []
    for place, kind in enumerate(kinds):
        is_chair = place == 0 and bool(society.legal_representative)
        name = society.legal_representative if is_chair else make_name(random)
        if kind == MemberKind.ENTERPRISE:
            name = f"通川区{make_name(random)[1:]}农业有限公司"
        posts = {0: MemberPost.CHAIR, 1: MemberPost.COUNCIL, 2: MemberPost.SUPERVISOR}
        later = dt.timedelta(random.choice((0, 0, 0, 200, 500)))
        written.append(
            Member(
                cooperative=society,
                name=name,
                kind=kind,
                identity_number=_identity(random) if kind != MemberKind.ENTERPRISE else "",
                household=name if random.random() < 0.8 else "",
                contribution=each,
                contribution_form=random.choice(_FORMS),
                post=posts.get(place, MemberPost.NONE) if is_chair or place else MemberPost.NONE,
                joined_on=min(joined + later, WRITTEN_ON),
                changed_at=now,
            )
        )
    return written


def add_upload(known: dict[str, User], random: Random) -> None:
    """Leave one roster file waiting for a look: the current roster, sent back unchanged."""
    del random
    society = Cooperative.objects.filter(agents__user=known["cooperative"]).order_by("pk").first()
    if society is None:
        return
    with clock.on_day(dt.date(2021, 7, 18)):
        written = io.BytesIO()
        write_roster(society, written, by=known["cooperative"])
        written.seek(0)
        upload_roster(society, written, filename="成员名册.xlsx", by=known["cooperative"])


def _share(society: Cooperative, total: int) -> Decimal | None:
    if not society.total_contribution or not total:
        return None
    return (society.total_contribution / total).quantize(Decimal("0.01"))


def _identity(random: Random) -> str:
    day = dt.date(1950, 1, 1) + dt.timedelta(random.randrange(18_000))
    body = f"{_REGION}{day:%Y%m%d}{random.randrange(900, 1000)}"
    return body + str(ric.calc_check_digit(body))


def _account(member: Member, random: Random) -> MemberAccount:
    traded = Decimal(random.randrange(0, 400)) * 100
    return MemberAccount(
        member=member,
        year=ACCOUNTS_OF,
        contribution=member.contribution,
        reserve_share=Decimal(random.randrange(0, 30)) * 10,
        transactions=traded,
        returned=(traded / 20).quantize(Decimal("0.01")),
    )
