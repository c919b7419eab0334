"""The innovation record: what is asked of each kind, who may say how sure it is, sums, dividends."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import Verification
from demonstration.innovation_choices import (
    ASKED_OF,
    INNOVATIONS_OF,
    KIND_OF,
    NEEDED,
    Innovation,
    InnovationKind,
)
from demonstration.models import InnovationEntry, ShareDividend
from demonstration.operations.innovations import (
    edit_innovation,
    enter_innovation,
    save_dividend,
    verify_innovation,
    withdraw_innovation,
)
from pilot.operations.starting_plan import read_starting_plan
from pilot.proofs import PROOFS_BY_KEY
from tests.factories.demonstration import DividendFactory, InnovationFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24
WORTH = {
    "name": "双龙村股份经济合作联合社",
    "partner_code": "",
    "households": 0,
    "people": 12,
    "amount": Decimal("0.00"),
    "outsiders": 0,
    "fixed_return": Decimal(0),
}


def facts(what, **changes):
    asked = {name: WORTH[name] for name in ASKED_OF[KIND_OF[Innovation(what)]]}
    return {
        "what": what,
        "year": 2020,
        "document": "成员大会决议",
        "note": "",
        "verification": Verification.DECLARED,
        **asked,
        **changes,
    }


def paid(**changes):
    return {
        "year": 2020,
        "amount": Decimal("9600.50"),
        "households": 32,
        "paid_on": None,
        "document": "分红表",
        **changes,
    }


def test_every_entry_belongs_to_one_kind_and_every_kind_says_what_it_asks():
    assert sorted(KIND_OF) == sorted(Innovation)
    assert set(INNOVATIONS_OF) == set(ASKED_OF) == set(NEEDED) == set(InnovationKind)
    assert all(set(NEEDED[kind]) <= set(ASKED_OF[kind]) for kind in InnovationKind)


@pytest.mark.parametrize("what", Innovation)
def test_zero_is_kept_and_what_is_not_asked_stays_blank(cast, what):
    row = enter_innovation(cast.near.cooperative, facts(what, outsiders=3), by=cast.counsellor)
    row.refresh_from_db()
    asked = ASKED_OF[KIND_OF[what]]
    for name, worth in WORTH.items():
        kept = getattr(row, name)
        if name in asked:
            assert kept == (3 if name == "outsiders" else worth)
        else:
            assert kept in (None, "")


@pytest.mark.parametrize("kind", InnovationKind)
def test_what_a_kind_needs_is_asked_for_in_its_words(cast, kind):
    what, needed = INNOVATIONS_OF[kind][0], NEEDED[kind][0]
    empty = "" if needed == "name" else None
    with pytest.raises(TransitionRefused, match=ASKED_OF[kind][needed].split("（", maxsplit=1)[0]):
        enter_innovation(cast.near.cooperative, facts(what, **{needed: empty}), by=cast.bureau)


def test_the_same_line_is_entered_once_and_a_later_year_is_another(cast):
    society = cast.near.cooperative
    enter_innovation(society, facts(Innovation.MONEY), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        enter_innovation(society, facts(Innovation.MONEY), by=cast.clerk)
    enter_innovation(society, facts(Innovation.MONEY, year=2021), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="今年"):
        enter_innovation(
            society, facts(Innovation.MONEY, year=clock.today().year + 1), by=cast.clerk
        )


def test_a_society_proposes_and_others_verify(cast):
    society = cast.near.cooperative
    with pytest.raises(TransitionRefused, match="核实"):
        enter_innovation(
            society, facts(Innovation.MONEY, verification=Verification.SEEN), by=cast.chair
        )
    row = enter_innovation(society, facts(Innovation.MONEY), by=cast.chair)
    with pytest.raises(TransitionRefused, match="核实"):
        verify_innovation(row, Verification.DOCUMENTED, version=row.version, by=cast.chair)
    verify_innovation(row, Verification.DOCUMENTED, version=row.version, by=cast.counsellor)
    edit_innovation(row, facts(Innovation.MONEY, households=5), version=row.version, by=cast.chair)
    assert (row.verification, row.households) == (Verification.DECLARED, 5)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_only_looks_enters_nothing(cast, role):
    with pytest.raises(PermissionDenied):
        enter_innovation(cast.near.cooperative, facts(Innovation.MONEY), by=cast.of(role))


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNSELLOR, Role.COOPERATIVE])
def test_nobody_touches_a_foreign_line(cast, role):
    foreign = cast.far.innovation
    person = cast.of(role)
    for act in (
        lambda: verify_innovation(foreign, Verification.DECLARED, version=1, by=person),
        lambda: withdraw_innovation(foreign, reason="误登", version=1, by=person),
        lambda: save_dividend(foreign, paid(year=2021), by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_who_saves_second_loses_nothing_and_a_line_keeps_its_kind(cast, browser_of):
    row = enter_innovation(cast.near.cooperative, facts(Innovation.SHARES), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="另一类"):
        edit_innovation(row, facts(Innovation.MONEY), version=row.version, by=cast.clerk)
    seen = row.version
    edit_innovation(row, facts(Innovation.ORDERS), version=seen, by=cast.clerk)
    with pytest.raises(EditConflict):
        edit_innovation(row, facts(Innovation.SHARES), version=seen, by=cast.bureau)
    typed = {**facts(Innovation.ENTRUSTED, name="红岩村合作社"), "version": seen}
    answer = browser_of(cast.bureau).post(
        reverse("demonstration:innovation-edit", args=[row.pk]), typed
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "红岩村合作社" in page
    assert "订单合作" in page


def test_what_was_taken_back_leaves_list_and_sums_and_may_be_entered_again(cast):
    society = cast.near.cooperative
    row = enter_innovation(society, facts(Innovation.MONEY), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="原因"):
        withdraw_innovation(row, reason=" ", version=row.version, by=cast.clerk)
    withdraw_innovation(row, reason="误登", version=row.version, by=cast.clerk)
    assert not InnovationEntry.objects.standing().exists()
    with pytest.raises(TransitionRefused, match="已经撤销"):
        withdraw_innovation(row, reason="误登", version=row.version, by=cast.clerk)
    enter_innovation(society, facts(Innovation.MONEY), by=cast.clerk)
    deeds = AuditEvent.objects.filter(subject_kind="demonstration.innovationentry")
    assert deeds.filter(action="innovation-withdrawn").count() == 1


def test_a_dividend_is_paid_once_a_year_in_exact_yuan_and_only_for_poverty_funds(cast):
    entry = cast.near.innovation
    cast.near.dividend.delete()
    made = save_dividend(entry, paid(), by=cast.counsellor)
    assert ShareDividend.objects.get().amount == Decimal("9600.50")
    with pytest.raises(TransitionRefused, match="已经登记过"):
        save_dividend(entry, paid(), by=cast.counsellor)
    with pytest.raises(EditConflict):
        save_dividend(entry, paid(), dividend=made, version=9, by=cast.clerk)
    save_dividend(
        entry, paid(amount=Decimal(0)), dividend=made, version=made.version, by=cast.clerk
    )
    assert ShareDividend.objects.get().amount == 0
    other = InnovationFactory(
        cooperative=cast.near.cooperative,
        kind=InnovationKind.CONTRIBUTION,
        what=Innovation.MONEY,
    )
    with pytest.raises(TransitionRefused, match="扶贫资金"):
        save_dividend(other, paid(), by=cast.clerk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"year": 2018}, "入股年度"),
        ({"year": 2999}, "入股年度"),
        ({"paid_on": dt.date(2999, 1, 1)}, "发放日期"),
    ],
)
def test_a_dividend_lies_between_the_shares_and_today(cast, changes, words):
    with pytest.raises(TransitionRefused, match=words):
        save_dividend(cast.near.innovation, paid(**changes), by=cast.clerk)


@pytest.mark.parametrize("condition", ["", "?kind=contribution", "?year=2020", "?q=甲"])
def test_every_sum_is_that_of_its_list(cast, browser_of, condition):
    for place in range(5):
        society = CooperativeFactory(name=f"{'甲乙'[place % 2]}{place}合作社")
        entry = InnovationFactory(cooperative=society, amount=Decimal("1000.10"))
        DividendFactory(entry=entry)
        DividendFactory(entry=entry, year=2021)
        InnovationFactory(
            cooperative=society,
            year=2020,
            kind=InnovationKind.CONTRIBUTION,
            what=Innovation.MONEY,
            amount=None,
            households=place,
        )
    page = browser_of(cast.bureau).get(reverse("demonstration:innovation-list") + condition)
    rows, whole = page.context["page"].rows, page.context["whole"]
    assert whole["number"] == len(rows) > 0
    listed = [row.amount for row in rows if row.amount is not None]
    assert whole["amount_total"] == (sum(listed) if listed else None)
    dividends = [row.dividends_total for row in rows if row.dividends_total is not None]
    assert whole["dividends"] == (sum(dividends) if dividends else None)
    for _, lines in page.context["tables"]:
        assert sum(line["number"] for _, line in lines) == whole["number"]
        assert sum(line["households_total"] or 0 for _, line in lines) == whole["households_total"]


def test_the_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    for society in CooperativeFactory.create_batch(12):
        DividendFactory(entry=InnovationFactory(cooperative=society))
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(reverse("demonstration:innovation-list"))
    assert answer.context["whole"]["number"] == 12


def test_a_line_is_entered_through_the_page_in_the_words_of_its_kind(cast, browser_of):
    society, client = cast.near.cooperative, browser_of(cast.chair)
    address = reverse("demonstration:innovation-create", args=[society.code]) + "?kind=credit"
    page = client.get(address).content.decode()
    assert "承诺的固定回报" in page
    assert "村集体" not in page
    typed = facts(Innovation.MUTUAL_FUND)
    assert client.post(address, {**typed, "amount": "-1"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    row = InnovationEntry.objects.get()
    assert (row.amount, row.outsiders, row.entered_by) == (0, 0, cast.chair)
    wrong = reverse("demonstration:innovation-create", args=[society.code]) + "?kind=x"
    assert client.get(wrong).status_code == 404


@pytest.mark.parametrize(
    ("code", "words"),
    [("N2511702MF0000000X", "末位校验"), ("93511702MA62E1CB02", "末位校验")],
)
def test_a_wrong_code_of_a_collective_is_told(cast, browser_of, code, words):
    address = reverse("demonstration:innovation-create", args=[cast.near.cooperative.code])
    answer = browser_of(cast.clerk).post(
        f"{address}?kind=collective", facts(Innovation.SHARES, partner_code=code)
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_code_of_a_cooperative_is_no_code_of_a_collective(cast, browser_of):
    address = reverse("demonstration:innovation-create", args=[cast.near.cooperative.code])
    answer = browser_of(cast.clerk).post(
        f"{address}?kind=collective",
        facts(Innovation.SHARES, partner_code=cast.far.cooperative.uscc),
    )
    assert answer.status_code == 422
    assert "农民专业合作社的代码" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNSELLOR, Role.COOPERATIVE, Role.LEADER])
def test_the_society_page_leads_to_the_record_of_whom_it_concerns(cast, browser_of, role):
    entry = cast.near.innovation
    page = browser_of(cast.of(role)).get(f"/registry/{entry.cooperative.code}/").content.decode()
    assert "扶贫资金入股" in page
    assert reverse("demonstration:society-innovations", args=[entry.cooperative.code]) in page


@pytest.mark.parametrize("source", ["S-074", "S-075", "S-076", "S-078", "S-079", "S-080", "S-081"])
def test_each_duty_of_the_plan_has_the_record_as_its_proof(cast, browser_of, source):
    duty = next(task for task in read_starting_plan() if task.source == source)
    proofs = [PROOFS_BY_KEY[key] for key in duty.proofs]
    record = [proof for proof in proofs if proof.action == Action.VIEW_INNOVATION]
    assert record
    for what in Innovation:
        enter_innovation(cast.near.cooperative, facts(what), by=cast.bureau)
    for proof in record:
        rows = list(proof.table().rows)
        assert rows[0][3] == 2020
        page = browser_of(cast.bureau).get(f"{reverse(proof.page)}?{proof.query}")
        assert page.context["whole"]["number"] >= len(rows)
        assert len(page.context["page"].rows) == len(rows) or not proof.query
