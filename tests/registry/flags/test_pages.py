"""The pages of suspicions: who sees what, that tiles and lists agree, and that figures have sources."""

import re
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, User
from registry.choices import FlagState, RegistrationStatus
from registry.flags.catalogue import RULES, RULES_BY_CODE
from registry.flags.evaluate import evaluate_flags
from registry.models import Cooperative, Flag, FlagRun
from tests.cast import Cast
from tests.registry.feeds import society as line
from tests.registry.feeds import take_in
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
LIST = reverse("registry:flag-list")
RULE_PAGE = reverse("registry:rule-list")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def compute() -> None:
    evaluate_flags(TODAY, cause="测试")


def words(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


@pytest.fixture
def two_townships(cast: Cast) -> dict[str, Cooperative]:
    """Return four societies with a suspicion each, two of them with one chair."""
    found = {
        "near": society(name="近处四人社", member_count=4, township=cast.near.township),
        "far": society(name="远处四人社", member_count=4, township=cast.far.township),
        "near pair": society(
            name="近处同名社", legal_representative="钱多多", township=cast.near.township
        ),
        "far pair": society(
            name="远处同名社", legal_representative="钱多多", township=cast.far.township
        ),
    }
    compute()
    return found


def test_a_clerk_lists_the_suspicions_of_her_own_township_only(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    page = signed_in(cast.clerk).get(LIST).content.decode()
    assert "近处四人社" in page
    assert "远处四人社" not in page
    assert "远处同名社" not in page


def test_the_bureau_lists_all_and_narrows_by_township(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    client = signed_in(cast.bureau)
    everything = client.get(LIST).content.decode()
    far = client.get(LIST, {"township": cast.far.township.code}).content.decode()
    assert "近处四人社" in everything
    assert "近处四人社" not in far
    assert "远处四人社" in far


def test_a_suspicion_out_of_reach_is_404_and_without_the_right_403(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    far = Flag.objects.get(cooperative=two_townships["far"])
    address = reverse("registry:flag-detail", args=[far.pk])
    assert signed_in(cast.clerk).get(address).status_code == 404
    assert signed_in(cast.bureau).get(address).status_code == 200
    assert signed_in(cast.chair).get(address).status_code == 403


def test_a_partner_in_another_township_is_counted_but_not_named(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    near = Flag.objects.get(cooperative=two_townships["near pair"])
    address = reverse("registry:flag-detail", args=[near.pk])
    page = signed_in(cast.clerk).get(address).content.decode()
    assert "远处同名社" not in page
    assert "另有1家不在您的查看范围" in words(page)
    assert "远处同名社" in signed_in(cast.bureau).get(address).content.decode()


@pytest.mark.parametrize(
    "asked", [{}, {"severity": "high"}, {"state": "all"}, {"q": "近处"}, {"label": "one_person"}]
)
def test_every_tile_says_how_many_its_list_holds(
    cast: Cast, two_townships: dict[str, Cooperative], asked: dict[str, str]
) -> None:
    client = signed_in(cast.bureau)
    tiles = client.get(LIST, asked).context["tiles"]
    assert [tile["code"] for tile in tiles] == [rule.code for rule in RULES]
    assert sum(tile["number"] for tile in tiles) == client.get(LIST, asked).context["number"]
    for tile in tiles:
        led_to = client.get(LIST, parse_qs(tile["url"].lstrip("?")))
        assert led_to.context["number"] == tile["number"]


def test_a_label_finds_every_rule_that_points_to_it(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    client = signed_in(cast.bureau)
    for label in ("one_person", "unlawful_structure"):
        found = client.get(LIST, {"label": label}).context["page"].rows
        assert {flag.rule for flag in found} == {"R8"}


def test_what_was_cured_is_listed_apart_with_its_reason(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    Cooperative.objects.filter(name="近处四人社").update(member_count=9)
    compute()
    client = signed_in(cast.bureau)
    assert "近处四人社" not in client.get(LIST).content.decode()
    page = client.get(LIST, {"state": "cleared"}).content.decode()
    assert "因测试而解除：登记的成员总数现为9" in page
    closed = Flag.objects.get(state=FlagState.CLEARED)
    detail = signed_in(cast.bureau).get(reverse("registry:flag-detail", args=[closed.pk]))
    assert "这条线索已解除" in detail.content.decode()


def test_a_wrong_condition_finds_nothing_and_says_so(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    answer = signed_in(cast.bureau).get(LIST, {"severity": "极高"})
    assert "筛选条件有误" in answer.content.decode()
    assert answer.context["number"] == 0


def test_an_empty_list_says_what_will_fill_it(cast: Cast) -> None:
    client = signed_in(cast.bureau)
    assert "还没有计算过" in client.get(LIST).content.decode()
    compute()
    assert "目前没有疑似问题" in client.get(LIST).content.decode()
    assert "没有符合条件" in client.get(LIST, {"severity": "high"}).content.decode()


def test_the_page_of_a_suspicion_leads_to_the_cell_of_each_figure(cast: Cast) -> None:
    lines = [line(1, member_count=4, farmer_member_count=4), line(2)]
    job = take_in(lines, by=cast.bureau)
    flag = Flag.objects.get(rule="R8")
    address = reverse("registry:flag-detail", args=[flag.pk])
    page = signed_in(cast.bureau).get(address).content.decode()
    assert "登记的成员总数为4名，下限为5名，相差1名" in page
    assert "第2行E列" in words(page)
    cell = reverse("registry:feed-row", args=[job.delivery.pk, flag.cooperative.last_row.ordinal])
    assert f'href="{cell}"' in page
    assert "第十二条第一项" in page
    assert RULES_BY_CODE["R8"].clears_when({"members": 5, "union_members": 3}) in page
    Cooperative.objects.update(township=cast.near.township)
    of_clerk = signed_in(cast.clerk).get(address).content.decode()
    assert "第2行E列" in words(of_clerk)
    assert f'href="{cell}"' not in of_clerk


def test_a_figure_that_a_later_file_lacks_still_leads_to_the_file_that_had_it(cast: Cast) -> None:
    first = take_in([line(1, member_count=4, farmer_member_count=4)], by=cast.bureau)
    take_in([line(1)], by=cast.bureau, quarter="2020Q3", without=("member_count",))
    flag = Flag.objects.open().get(rule="R8")
    assert flag.cooperative.last_row.delivery_id != first.delivery.pk
    page = signed_in(cast.bureau).get(reverse("registry:flag-detail", args=[flag.pk]))
    where = [fact["cell"].row.delivery_id for fact in page.context["facts"][:1]]
    assert where == [first.delivery.pk]


def test_a_corrected_figure_names_the_person_instead_of_a_cell(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    Cooperative.objects.update(corrected_fields=["member_count"])
    flag = Flag.objects.get(cooperative=two_townships["far"])
    page = signed_in(cast.bureau).get(reverse("registry:flag-detail", args=[flag.pk]))
    assert page.context["facts"][0]["cell"].where == "人工更正"


def test_a_telephone_number_is_covered_among_the_figures(cast: Cast) -> None:
    for _ in range(3):
        society(established_on=TODAY.replace(year=2016), contact_phone="13912345678")
    compute()
    flag = Flag.objects.filter(rule="R19").first()
    page = signed_in(cast.bureau).get(reverse("registry:flag-detail", args=[flag.pk]))
    assert "13912345678" not in page.content.decode()
    assert "139******78" in page.content.decode()


def test_the_rules_show_basis_thresholds_with_dates_and_numbers_in_reach(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    society(member_count=None, township=cast.far.township)
    society(status=RegistrationStatus.SUSPENDED, township=cast.far.township)
    described = {
        user: {each["rule"].code: each for each in signed_in(user).get(RULE_PAGE).context["rules"]}
        for user in (cast.bureau, cast.clerk)
    }
    of_bureau, of_clerk = described[cast.bureau]["R8"], described[cast.clerk]["R8"]
    assert [of_bureau[key] for key in ("hits", "unknown", "exempt")] == [2, 1, 1]
    assert [of_clerk[key] for key in ("hits", "unknown", "exempt")] == [1, 0, 0]
    page = words(signed_in(cast.bureau).get(RULE_PAGE).content.decode())
    assert "第2版，2022年3月1日起，法定：吊销后未注销的月数6个月" in page


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_number_of_unknowns_and_exempts_is_the_length_of_their_list(
    cast: Cast, rule: object
) -> None:
    society(member_count=None, total_contribution=None, legal_representative="李某某")
    society(status=RegistrationStatus.REVOKED, approved_on=None, established_on=None)
    society(status=RegistrationStatus.MOVED_OUT)
    compute()
    client = signed_in(cast.bureau)
    said = next(e for e in client.get(RULE_PAGE).context["rules"] if e["rule"] is rule)
    for verdict in ("unknown", "exempt"):
        address = reverse("registry:rule-societies")
        answer = client.get(address, {"rule": said["rule"].code, "verdict": verdict})
        assert answer.context["number"] == len(answer.context["page"].rows) == said[verdict]
    assert "登记状态为“迁出”" in answer.content.decode()
    assert FlagRun.objects.get().unknown[said["rule"].code] == said["unknown"]


@pytest.mark.parametrize("asked", [{"rule": "R99"}, {"rule": "R8", "verdict": "guilty"}])
def test_a_rule_that_does_not_exist_is_404(cast: Cast, asked: dict[str, str]) -> None:
    address = reverse("registry:rule-societies")
    assert signed_in(cast.bureau).get(address, asked).status_code == 404


def test_recomputing_is_recorded_and_says_what_changed(cast: Cast) -> None:
    society(member_count=4)
    address = reverse("registry:flag-recompute")
    assert signed_in(cast.bureau).get(address).status_code == 405
    answer = signed_in(cast.bureau).post(address, follow=True)
    assert "新增 1 条，更新 0 条，解除 0 条" in answer.content.decode()
    event = AuditEvent.objects.filter(action="recompute-flags").get()
    assert event.actor == cast.bureau
    assert event.detail["hits"]["R8"] == 1


@pytest.mark.parametrize("who", ["clerk", "counsellor", "leader", "auditor"])
def test_only_the_bureau_recomputes(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    assert signed_in(person).post(reverse("registry:flag-recompute")).status_code == 403
    assert "重新计算</button>" not in signed_in(person).get(LIST).content.decode()


def test_no_page_calls_a_suspicion_unlawful(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    client = signed_in(cast.bureau)
    flag = Flag.objects.first()
    for address in (LIST, RULE_PAGE, reverse("registry:flag-detail", args=[flag.pk])):
        page = client.get(address).content.decode()
        assert "违法" not in page
        assert "核实" in page


def test_the_panel_of_a_society_shows_open_and_cleared_suspicions(
    two_townships: dict[str, Cooperative],
) -> None:
    far = two_townships["far"]
    panel = render_to_string("registry/flags/_panel.html", {"flags": far.flags.all()})
    assert "疑似成员人数不足" in words(panel)
    assert "目前没有疑似问题" in render_to_string("registry/flags/_panel.html", {"flags": []})


def test_a_suspicion_with_other_figures_than_the_rule_now_notes_still_has_a_page(
    cast: Cast, two_townships: dict[str, Cooperative]
) -> None:
    Flag.objects.update(evidence={})
    client = signed_in(cast.bureau)
    assert client.get(LIST).status_code == 200
    page = client.get(reverse("registry:flag-detail", args=[Flag.objects.first().pk]))
    assert "没有留下可以复述的数值" in page.content.decode()


def test_the_list_asks_the_database_the_same_whatever_its_length(cast: Cast) -> None:
    def asked() -> int:
        compute()
        client = signed_in(cast.bureau)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    society(member_count=4, township=cast.near.township)
    once = asked()
    for _ in range(20):
        society(member_count=4, township=cast.far.township)
    assert asked() == once <= 15
