"""R19: several societies founded on one day by the same hand."""

import datetime as dt
from typing import ClassVar

from django.db.models import CharField, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from registry.choices import FlagLabel, RuleAuthority, Severity
from registry.flags import legal
from registry.flags.comparing import ComparingRule
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sharing import ADDRESS, PERSON, PHONE


class FoundedTogether(ComparingRule):
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
    likenesses: ClassVar = {"same_person": PERSON, "same_phone": PHONE, "same_address": ADDRESS}
    together = ("established_on",)
    together_in_words = "同日成立、"
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

    def untold(self, limits: Limits, as_of: dt.date) -> Q:
        """No day of founding, or nothing that could be the same as another's."""
        nothing = ~(PERSON.usable | PHONE.usable | ADDRESS.usable)
        return Q(established_on__isnull=True) | nothing

    def figures(self, limits: Limits) -> Expressions:
        return {
            "established_on": Cast("established_on", CharField()),
            "person": F("legal_representative"),
            "address": F("domicile"),
            **{name: F(name) for name in self.likenesses},
            "societies": Value(limits["societies"]),
        }

    def cured(self, limits: Limits) -> Combinable:
        return Value(f"同日成立且登记信息相同的存续合作社已少于{limits['societies']}家")

    def explain(self, evidence: Evidence) -> list[str]:
        day = dt.date.fromisoformat(evidence["established_on"])
        shown = {
            "same_person": f"“{evidence['person']}”",
            "same_address": f"“{evidence['address']}”",
        }
        return [
            f"{day.year}年{day.month}月{day.day}日成立、且{likeness.label}{shown.get(name, '')}相同的"
            f"存续合作社共{evidence[name]}家（含本社）。"
            for name, likeness in self.likenesses.items()
            if evidence[name] >= evidence["societies"]
        ]
