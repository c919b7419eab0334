"""R18: one person or one address behind several living societies."""

import datetime as dt

from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable

from registry.choices import ENDED_STATUSES, FlagLabel, Severity
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
    lengths,
    same_address,
    same_person,
    sharers,
)
from registry.models import Cooperative


class SharedChairOrAddress(FlagRule):
    """The same legal representative, or the same full address, in two or more living societies.

    Only societies are compared: a union's chair is by law a person of a member society, and a
    branch's head is its society's. A suspended or liquidating society counts as a partner but is
    not judged itself.
    """

    code = "R18"
    title = "法定代表人或住所与其他合作社相同"
    points_to = (FlagLabel.REVIEW,)
    severity = Severity.LOW
    basis = (legal.ONE_POST, legal.SHARED_ADDRESS)
    thresholds = (Threshold("societies", "相同的合作社家数（含本社）", 2, "家"),)
    fields = ("legal_representative", "domicile")
    needs = ("legal_representative", "domicile")
    look_at = (
        "是否同一人，还是同名",
        "几家的业务性质是否相同",
        "同一住所是否各自独立经营、各有账簿",
    )
    question = "请核对本社登记的法定代表人和住所，并说明实际经营地点。"

    def measured(self, limits: Limits) -> str:
        return (
            f"同一法定代表人，或同一完整住所，登记了{limits['societies']}家及以上存续的合作社；"
            "姓名被隐去的、住所只写到村的不参加比对。"
        )

    def clears_when(self, limits: Limits) -> str:
        return "法定代表人、住所变更，或相同的其他合作社注销、迁出后，下次计算时自动解除。"

    def compared(self, as_of: dt.date) -> Societies:
        # Partners stay in the query, for the window has to see them; `judged` bars their own flag.
        return self.applicable().exclude(status__in=ENDED_STATUSES)

    def prepare(self, societies: Societies, as_of: dt.date) -> Societies:
        judged = self.judged(as_of)
        return societies.annotate(**lengths()).annotate(
            is_judged=Case(When(judged, then=Value(1)), default=Value(0)),
            same_person=sharers(judged & is_person(), "legal_representative"),
            same_address=sharers(judged & is_address(), "address_key"),
        )

    def missing(self, limits: Limits) -> Q:
        blank = ~is_person() | Q(domicile="")
        return Q(is_judged=1) & blank & ~self._shares(limits)

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        return self._shares(limits)

    def _shares(self, limits: Limits) -> Q:
        return Q(same_person__gte=limits["societies"]) | Q(same_address__gte=limits["societies"])

    def figures(self, limits: Limits) -> Expressions:
        return {
            "person": F("legal_representative"),
            "same_person": F("same_person"),
            "address": F("domicile"),
            "same_address": F("same_address"),
            "societies": Value(limits["societies"]),
        }

    def partners(self, society: Cooperative) -> list[tuple[str, Societies]]:
        others = self.applicable().exclude(status__in=ENDED_STATUSES).exclude(pk=society.pk)
        return [
            ("法定代表人相同", same_person(others, society.legal_representative)),
            ("住所相同", same_address(others, society.domicile)),
        ]

    def cured(self, limits: Limits) -> Combinable:
        return Value("法定代表人、住所均已不与其他存续合作社相同")

    def explain(self, evidence: Evidence) -> list[str]:
        said = []
        if evidence["same_person"] >= evidence["societies"]:
            said.append(
                f"法定代表人“{evidence['person']}”同时登记在{evidence['same_person']}家存续合作社"
                "（含本社），也可能只是同名，请核对身份。"
            )
        if evidence["same_address"] >= evidence["societies"]:
            said.append(
                f"住所“{evidence['address']}”登记了{evidence['same_address']}家存续合作社（含本社）。"
            )
            if evidence["address"].endswith(("组", "社")):
                said.append("住所只写到组，未写门牌，同组的多户可能都这样登记，请先核对。")
        return said
