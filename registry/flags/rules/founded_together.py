"""R19: several societies founded on one day by the same hand."""

import datetime as dt

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from registry.choices import ENDED_STATUSES, FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.rule import (
    Evidence,
    Expressions,
    FlagRule,
    Limits,
    Societies,
    Threshold,
)
from registry.flags.sharing import (
    is_address,
    is_person,
    is_phone,
    lengths,
    same_address,
    same_person,
    same_phone,
    sharers,
)
from registry.models import Cooperative

WORDS = {"same_person": "法定代表人", "same_phone": "联系电话", "same_address": "住所"}


class FoundedTogether(FlagRule):
    """Three or more living societies founded the same day with one representative, phone or address."""

    code = "R19"
    title = "同日成立且登记信息雷同"
    points_to = (FlagLabel.SHELL,)
    severity = Severity.MEDIUM
    basis = (legal.FOUNDED_TOGETHER,)
    authority = RuleAuthority.PROPOSAL
    thresholds = (Threshold("societies", "同日成立且相同的家数（含本社）", 3, "家"),)
    fields = ("established_on", "legal_representative", "contact_phone", "domicile")
    needs = ("established_on",)
    look_at = (
        "设立是谁经办的，成员是否本人签字",
        "几家是否各自独立经营、有无账簿和成员",
        "联系电话实际由谁使用",
    )
    question = "请说明本社的设立经过、实际经营地点和联系方式，并提供成员名册。"

    def measured(self, limits: Limits) -> str:
        return f"同一天成立、且法定代表人或联系电话或住所相同的存续合作社达到{limits['societies']}家及以上。"

    def clears_when(self, limits: Limits) -> str:
        return (
            f"同日成立且相同的存续合作社少于{limits['societies']}家"
            "（登记信息变更，或有合作社注销）后，下次计算时自动解除。"
        )

    def compared(self, as_of: dt.date) -> Societies:
        # Partners stay in the query, for the window has to see them; `judged` bars their own flag.
        return self.applicable().exclude(status__in=ENDED_STATUSES)

    def prepare(self, societies: Societies, as_of: dt.date) -> Societies:
        judged = self.judged(as_of)
        dated = judged & Q(established_on__isnull=False)
        return societies.annotate(**lengths()).annotate(
            is_judged=Case(When(judged, then=Value(1)), default=Value(0)),
            same_person=sharers(dated & is_person(), "established_on", "legal_representative"),
            same_phone=sharers(dated & is_phone(), "established_on", "contact_phone"),
            same_address=sharers(dated & is_address(), "established_on", "address_key"),
        )

    def missing(self, limits: Limits) -> Q:
        nothing = ~(is_person() | is_phone() | is_address())
        return Q(is_judged=1) & (Q(established_on__isnull=True) | nothing)

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        found = Q()
        for name in WORDS:
            found |= Q(**{f"{name}__gte": limits["societies"]})
        return found

    def figures(self, limits: Limits) -> Expressions:
        return {
            "established_on": Cast("established_on", CharField()),
            "person": F("legal_representative"),
            "address": F("domicile"),
            **{name: F(name) for name in WORDS},
            "societies": Value(limits["societies"]),
        }

    def partners(self, society: Cooperative) -> list[tuple[str, Societies]]:
        others = self.applicable().exclude(status__in=ENDED_STATUSES).exclude(pk=society.pk)
        others = others.filter(established_on=society.established_on)
        return [
            ("同日成立、法定代表人相同", same_person(others, society.legal_representative)),
            ("同日成立、联系电话相同", same_phone(others, society.contact_phone)),
            ("同日成立、住所相同", same_address(others, society.domicile)),
        ]

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"同日成立且登记信息相同的存续合作社已少于{limits['societies']}家")

    def explain(self, evidence: Evidence) -> list[str]:
        day = dt.date.fromisoformat(evidence["established_on"])
        shown = {
            "same_person": f"“{evidence['person']}”",
            "same_address": f"“{evidence['address']}”",
        }
        return [
            f"{day.year}年{day.month}月{day.day}日成立、且{word}{shown.get(name, '')}相同的"
            f"存续合作社共{evidence[name]}家（含本社）。"
            for name, word in WORDS.items()
            if evidence[name] >= evidence["societies"]
        ]
