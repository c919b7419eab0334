"""R18: one person or one address behind several living societies."""

import datetime as dt
from typing import ClassVar

from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact

from registry.choices import FlagLabel, Severity
from registry.flags import legal
from registry.flags.comparing import SOCIETIES, ComparingRule
from registry.flags.rule import Evidence, Expressions, Limits, Threshold
from registry.flags.sharing import ADDRESS, PERSON, crowded


class SharedChairOrAddress(ComparingRule):
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
    likenesses: ClassVar = {"same_person": PERSON, "same_address": ADDRESS}
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

    def untold(self, limits: Limits, as_of: dt.date) -> Q:
        """A blanked name or no address at all, and the other does not say enough by itself."""
        everybody, shared = self.compared(as_of), Q()
        for likeness in self.likenesses.values():
            shared |= likeness.among(crowded(everybody, likeness, limits[SOCIETIES]))
        blank = ~PERSON.usable | Q(domicile="")
        # One expression: who shares what is asked of the blank ones alone, not found first.
        untold = Case(When(blank & ~shared, then=Value(1)), default=Value(0))
        return Q(Exact(untold, 1))

    def figures(self, limits: Limits) -> Expressions:
        return {
            "person": F("legal_representative"),
            "same_person": F("same_person"),
            "address": F("domicile"),
            "same_address": F("same_address"),
            "societies": Value(limits["societies"]),
        }

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
