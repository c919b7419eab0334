"""Each rule just below, exactly at and just above its threshold, and without the facts it needs."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from registry.choices import CooperativeKind, RegistrationStatus
from registry.flags.catalogue import RULES, RULES_BY_CODE
from registry.models import Cooperative
from registry.statement_choices import SpotCheckResult
from tests.registry.flags.records import check, healthy_records, listing
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
UNION, BRANCH = CooperativeKind.UNION, CooperativeKind.BRANCH


def verdict(code: str, one: Cooperative, as_of: dt.date = TODAY) -> str:
    """Return what a rule says of one society: suspect, unknown, exempt or passes."""
    rule = RULES_BY_CODE[code]
    said = [
        word
        for word, found in (
            ("suspect", rule.suspects(as_of)),
            ("unknown", rule.unknowns(as_of)),
            ("exempt", rule.exempt(as_of)),
        )
        if one.pk in set(found.values_list("pk", flat=True))
    ]
    assert len(said) <= 1, f"{code} says two things at once: {said}"
    return said[0] if said else "passes"


def members(total: int | None, farmers: int | None, units: int | None) -> dict[str, Any]:
    return {"member_count": total, "farmer_member_count": farmers, "unit_member_count": units}


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("R8", {"member_count": 0}, "suspect"),
        ("R8", {"member_count": 4}, "suspect"),
        ("R8", {"member_count": 5}, "passes"),
        ("R8", {"member_count": 6}, "passes"),
        ("R8", {"member_count": None}, "unknown"),
        ("R8", {"member_count": 2, "kind": UNION}, "suspect"),
        ("R8", {"member_count": 3, "kind": UNION}, "passes"),
        ("R8", {"member_count": 1, "kind": BRANCH}, "passes"),
        ("R9", members(10, 7, 0), "suspect"),
        ("R9", members(10, 8, 0), "passes"),
        ("R9", members(10, 9, 0), "passes"),
        ("R9", members(99, 79, 0), "suspect"),
        ("R9", members(100, 80, 0), "passes"),
        ("R9", members(2_000_000_000, 1_599_999_999, 0), "suspect"),
        ("R9", members(0, 0, 0), "passes"),
        ("R9", members(10, None, 0), "unknown"),
        ("R9", members(None, 8, 0), "unknown"),
        ("R9", {**members(4, 0, 0), "kind": UNION}, "passes"),
        ("R10", members(20, 20, 1), "passes"),
        ("R10", members(20, 18, 2), "suspect"),
        ("R10", members(21, 20, 1), "passes"),
        ("R10", members(21, 19, 2), "suspect"),
        ("R10", members(39, 37, 2), "suspect"),
        ("R10", members(40, 38, 2), "passes"),
        ("R10", members(41, 38, 3), "suspect"),
        ("R10", members(40, 38, None), "unknown"),
        ("R10", members(None, 38, 1), "unknown"),
        ("R10", {**members(3, 0, 3), "kind": UNION}, "passes"),
        ("R17", {"total_contribution": Decimal("999999999.99")}, "passes"),
        ("R17", {"total_contribution": Decimal("1000000000.00")}, "suspect"),
        ("R17", {"total_contribution": Decimal("1000000000.01")}, "suspect"),
        ("R17", {"total_contribution": Decimal(0)}, "passes"),
        ("R17", {"total_contribution": None}, "unknown"),
    ],
)
def test_a_threshold_is_kept_to_the_letter(code: str, facts: dict[str, Any], expected: str) -> None:
    assert verdict(code, society(**facts)) == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_healthy_society_passes_every_rule(rule: Any) -> None:
    healthy = society()
    healthy_records(healthy)
    listing(society())
    check(society(), SpotCheckResult.NORMAL)
    assert verdict(rule.code, healthy) == "passes"


@pytest.mark.parametrize(
    "status",
    [
        RegistrationStatus.SUSPENDED,
        RegistrationStatus.LIQUIDATING,
        RegistrationStatus.DEREGISTERED,
        RegistrationStatus.REVOKED_DEREGISTERED,
        RegistrationStatus.CANCELLED,
        RegistrationStatus.MOVED_OUT,
    ],
)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_who_has_stopped_or_left_is_exempt_with_the_reason(rule: Any, status: str) -> None:
    same = {"legal_representative": "钱多多", "established_on": dt.date(2016, 6, 6)}
    gone = society(**members(1, 0, 3), total_contribution=Decimal(10**10), status=status, **same)
    society(**same)
    society(**same)
    assert verdict(rule.code, gone) == "exempt"
    reason = rule.exempt(TODAY).get(pk=gone.pk).reason
    assert RegistrationStatus(status).label in reason


def test_a_revoked_society_still_has_members_to_count() -> None:
    assert verdict("R8", society(member_count=3, status=RegistrationStatus.REVOKED)) == "suspect"


def test_a_society_without_a_stated_status_is_judged_by_what_is_known() -> None:
    assert verdict("R8", society(member_count=3, status="")) == "suspect"
    assert verdict("R20", society(status="")) == "unknown"


def test_evidence_holds_every_figure_and_explains_itself() -> None:
    society(member_count=3)
    low = society(**members(10, 7, 0))
    rules = {code: RULES_BY_CODE[code].suspects(TODAY) for code in ("R8", "R9")}
    assert rules["R8"].get().evidence == {
        "members": 3,
        "kind": "cooperative",
        "minimum": 5,
        "counted_by": "register",
    }
    evidence = rules["R9"].get(pk=low.pk).evidence
    assert evidence == {
        "members": 10,
        "farmers": 7,
        "percent": 80,
        "counted_by": "register",
    }
    said = "".join(RULES_BY_CODE["R9"].explain(evidence))
    assert "7 × 100 = 700" in said
    assert "10 × 80 = 800" in said
    assert "还差1名" in said


def test_money_in_the_evidence_is_whole_cents_on_both_databases() -> None:
    society(total_contribution=Decimal("1000000000.29"))
    evidence = RULES_BY_CODE["R17"].suspects(TODAY).get().evidence
    assert evidence == {"contribution_cents": 100_000_000_029, "contribution_wan": 100_000}
    assert "（1,000,000,000.29元），不低于100,000万元" in "".join(
        RULES_BY_CODE["R17"].explain(evidence)
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_names_its_basis_its_fields_and_what_clears_it(rule: Any) -> None:
    limits = rule.version_on(TODAY).limits
    assert rule.basis
    assert rule.points_to
    assert rule.measured(limits).endswith("。")
    assert rule.clears_when(limits).endswith("。")
    names = {field.name for field in Cooperative._meta.get_fields()}
    assert set(rule.fields) | set(rule.needs) <= names
    assert "违法" not in rule.title + rule.measured(limits) + rule.clears_when(limits)


def test_codes_are_used_once() -> None:
    assert len(RULES_BY_CODE) == len(RULES)
