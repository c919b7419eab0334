"""R20: a licence revoked, and the society still not deregistered long after."""

import datetime as dt

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    DateField,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable, When
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from registry.choices import CooperativeKind, FlagLabel, RegistrationStatus, Severity
from registry.flags import legal
from registry.flags.days import in_words, last_day_over, months_later
from registry.flags.rule import Evidence, Expressions, FlagRule, Limits, Societies, Threshold
from registry.models import CooperativeVersion

TOLD_BY = {
    "turned": "历次登记信息显示，登记状态自{day}起变为“吊销未注销”。",
    "approved": "首次收到的登记信息已是“吊销未注销”，登记的核准日期为{day}，以此日起算。",
    "learned": "首次收到的登记信息已是“吊销未注销”且没有核准日期，自得知之日{day}起算。",
}


class RevokedNotClosed(FlagRule):
    """Revoked, not deregistered, for more than 6 months; exactly 6 months passes.

    Since when: the day on which the status turned from another to revoked, where we saw it turn.
    A society that came to us revoked has no such day: then the day of the last approval, else the
    day on which we first learned of it, which is late but certain.
    """

    code = "R20"
    title = "吊销后长期未注销"
    points_to = (FlagLabel.EXIT_PENDING,)
    severity = Severity.HIGH
    basis = (legal.LIQUIDATION, legal.SIX_MONTHS_AFTER_REVOCATION)
    thresholds = (Threshold("months", "吊销后未注销的月数", 6, "个月"),)
    period = "自登记状态变为“吊销未注销”之日起，到计算基准日"
    kinds = (CooperativeKind.COOPERATIVE, CooperativeKind.UNION, CooperativeKind.BRANCH)
    fields = ("status", "approved_on")
    needs = ("status",)
    look_at = (
        "是否已成立清算组、是否已公告",
        "有无未了结的债权债务和欠缴税款",
        "本社有无办理注销的意愿，需要哪些帮助",
    )
    question = "请说明本社营业执照被吊销后的清算和注销办理情况，以及需要哪些帮助。"

    def measured(self, limits: Limits) -> str:
        return f"登记状态为“吊销未注销”，且已超过{limits['months']}个月。"

    def clears_when(self, limits: Limits) -> str:
        return "登记状态变为“注销”“吊销已注销”或恢复“存续”，下次计算时自动解除。"

    def compared(self, as_of: dt.date) -> Societies:
        concerned = (RegistrationStatus.REVOKED, RegistrationStatus.UNSTATED)
        return super().compared(as_of).filter(status__in=concerned)

    def prepare(self, societies: Societies, as_of: dt.date) -> Societies:
        own = CooperativeVersion.objects.filter(cooperative=OuterRef("pk")).order_by()
        held = own.known().filter(true_from__lte=as_of)
        revoked = Q(status=RegistrationStatus.REVOKED)
        turned = held.filter(revoked, true_from__gt=OuterRef("last_otherwise"))
        return societies.annotate(
            last_otherwise=_of_each(held.exclude(revoked), Max("true_from")),
            first_learned=_of_each(own.filter(revoked), Min(TruncDate("known_from"))),
        ).annotate(
            turned_on=_of_each(turned, Min("true_from")),
            revoked_since=Coalesce("turned_on", "approved_on", "first_learned"),
            told_by=Case(
                When(turned_on__isnull=False, then=Value("turned")),
                When(approved_on__isnull=False, then=Value("approved")),
                default=Value("learned"),
            ),
        )

    def missing(self, limits: Limits) -> Q:
        revoked = Q(status=RegistrationStatus.REVOKED)
        return Q(status=RegistrationStatus.UNSTATED) | (revoked & Q(revoked_since__isnull=True))

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        return Q(
            status=RegistrationStatus.REVOKED,
            revoked_since__lte=last_day_over(limits["months"], as_of),
        )

    def figures(self, limits: Limits) -> Expressions:
        return {
            "status": F("status"),
            "revoked_since": Cast("revoked_since", CharField()),
            "told_by": F("told_by"),
            "months": Value(limits["months"]),
        }

    def cured(self, limits: Limits) -> Combinable:
        labels = [When(status=status, then=Value(status.label)) for status in RegistrationStatus]
        now = Concat(Value("登记状态现为“"), Case(*labels, default=F("status")), Value("”"))
        short = Value(f"登记状态为“吊销未注销”的时间未超过{limits['months']}个月")
        return Case(When(status=RegistrationStatus.REVOKED, then=short), default=now)

    def explain(self, evidence: Evidence) -> list[str]:
        since = dt.date.fromisoformat(evidence["revoked_since"])
        due = months_later(since, evidence["months"])
        return [
            TOLD_BY[evidence["told_by"]].format(day=in_words(since)),
            f"{in_words(since)}加{evidence['months']}个月为{in_words(due)}，这一天之后仍为“吊销未注销”。",
        ]


def _of_each(versions: QuerySet[CooperativeVersion], day: Aggregate) -> Subquery:
    """Return one day per society from its versions."""
    grouped = versions.values("cooperative").annotate(day=day).values("day")
    return Subquery(grouped, output_field=DateField())
