"""Member accounts: the three items of article 43, year by year."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock, locks
from registry.models import Cooperative, Member, MemberAccount
from registry.roster.columns import ACCOUNT_FIELDS

Amounts = Mapping[str, Decimal | None]


@transaction.atomic
def save_accounts(
    society: Cooperative, year: int, amounts: Mapping[int, Amounts], *, by: User
) -> int:
    """Write the accounts of some members for a year; return how many changed.

    `amounts` maps a member's key to its reserve share, transactions and returned surplus;
    the contribution is that of the roster. Members of other societies are passed over.
    """
    reach = Cooperative.objects.permitted(by, Action.EDIT_ROSTER)
    if not reach.filter(pk=society.pk).exists():
        raise PermissionDenied(Action.EDIT_ROSTER)
    locks.hold(f"roster-{society.pk}")
    members = society.members.filter(pk__in=amounts.keys())
    former = {a.member_id: a for a in MemberAccount.objects.filter(member__in=members, year=year)}
    wanted = [_account(m, year, amounts[m.pk]) for m in members]
    changed = [a for a in wanted if _differs(a, former.get(a.member_id))]
    MemberAccount.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["member", "year"],
        update_fields=["contribution", *ACCOUNT_FIELDS],
    )
    if changed:
        audit.record("accounts-saved", society, by=by, year=year, number=len(changed))
    return len(changed)


def complete_accounts(society: Cooperative, year: int) -> tuple[int, int]:
    """Return how many members of the end of a year have a complete account, and of how many."""
    members = society.members.on(clock.year_end(year))
    complete = MemberAccount.objects.filter(
        member__in=members,
        year=year,
        contribution__isnull=False,
        reserve_share__isnull=False,
        transactions__isnull=False,
    )
    return complete.count(), members.count()


def _account(member: Member, year: int, amounts: Amounts) -> MemberAccount:
    return MemberAccount(
        member=member,
        year=year,
        contribution=member.contribution,
        **{name: amounts.get(name) for name in ACCOUNT_FIELDS},
    )


def _differs(account: MemberAccount, former: MemberAccount | None) -> bool:
    names = ("contribution", *ACCOUNT_FIELDS)
    if former is None:
        return any(getattr(account, name) is not None for name in ACCOUNT_FIELDS)
    return any(getattr(account, name) != getattr(former, name) for name in names)
