"""The register: what is seen, by whom, in which order, at which cost."""

import datetime as dt
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.choices import CooperativeKind, FeedScope, JobState, RegistrationStatus, TownshipBasis
from registry.models import Cooperative, FormerName, GoneNotice
from tests.factories.registry import (
    CooperativeFactory,
    DeliveryFactory,
    FlagFactory,
    valid_uscc,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def look(cast, browser_of):
    """Return a reader of the list: the context of the page that a person sees."""

    def read(user=None, **asked):
        answer = browser_of(user or cast.bureau).get(reverse("registry:cooperative-list"), asked)
        assert answer.status_code == 200
        return answer

    return read


def names(answer) -> list[str]:
    return [row["name"] for row in answer.context["rows"]]


def many(number: int, **facts) -> None:
    """Make societies in one statement."""
    Cooperative.objects.bulk_create(
        Cooperative(
            uscc=valid_uscc(6_300_000 + place),
            name=f"第{place:04d}号合作社",
            name_key=f"第{place:04d}号合作社",
            **facts,
        )
        for place in range(number)
    )


# -- who sees what ------------------------------------------------------------------------------


def test_a_clerk_sees_the_societies_of_the_own_township_only(cast, look):
    near, far = cast.near.cooperative, cast.far.cooperative
    assert set(names(look())) == {near.name, far.name}
    assert names(look(cast.clerk)) == [near.name]


def test_a_chair_sees_the_own_society_and_no_suspicion(cast, look):
    FlagFactory(cooperative=cast.near.cooperative)
    page = look(cast.chair)
    assert names(page) == [cast.near.cooperative.name]
    assert "疑似问题" not in page.content.decode()


def test_a_chair_who_asks_for_suspicions_by_address_learns_nothing(cast, look):
    FlagFactory(cooperative=cast.near.cooperative)
    assert names(look(cast.chair, flag="none")) == [cast.near.cooperative.name]
    assert "open_flags" not in look(cast.chair, col="flags").content.decode()


def test_a_filter_cannot_reach_beyond_the_own_township(cast, look):
    far = cast.far.cooperative
    assert names(look(cast.clerk, township=far.township.code, q=far.name)) == []


# -- conditions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", ["春风茶叶", "旧雨", "MA6299999", "511702000", "dzcfcy", "DZCFCY"])
def test_a_society_is_found_by_name_old_name_code_old_number_and_initials(look, term):
    CooperativeFactory()
    society = CooperativeFactory(
        name="达州春风茶叶专业合作社",
        uscc=valid_uscc(6_299_999),
        registration_no="511702000011223",
        name_initials="dzcfcyzyhzs",
    )
    FormerName.objects.create(cooperative=society, name="旧雨合作社", until=dt.date(2019, 1, 1))
    assert names(look(q=term)) == [society.name]


def test_a_society_is_found_by_the_beginning_of_its_chairs_name(cast, look):
    chaired = CooperativeFactory(legal_representative="苟红莲", township=cast.near.township)
    CooperativeFactory(legal_representative="苟青", township=cast.near.township)
    for term in ("苟红", "苟红莲", "　苟红　"):
        assert names(look(q=term)) == [chaired.name]
    for term in ("苟", "苟莲", "红莲", "苟%"):  # one character finds too many to be meant
        assert names(look(q=term)) == []
    assert names(look(cast.clerk, q="苟红")) == [chaired.name]
    assert names(look(cast.far.clerk, q="苟红")) == []


def test_where_chairs_are_not_read_no_name_is_guessed_by_its_beginning(cast):
    CooperativeFactory(legal_representative="苟红莲")
    assert not Cooperative.objects.matching("苟红").exists()
    assert Cooperative.objects.matching("苟红莲").exists()


def test_townships_filter_and_undecided_ones_can_be_found(cast, look):
    near = cast.near.cooperative
    lost = CooperativeFactory(township_basis=TownshipBasis.UNRESOLVED)
    assert names(look(township=near.township.code)) == [near.name]
    assert names(look(township="none")) == [lost.name]


def test_status_kind_founding_year_and_capital_filter(look):
    society = CooperativeFactory(
        status=RegistrationStatus.REVOKED,
        kind=CooperativeKind.UNION,
        established_on=dt.date(2012, 12, 31),
        total_contribution=Decimal(5_000_000),
    )
    CooperativeFactory(status=RegistrationStatus.DEREGISTERED)
    CooperativeFactory(established_on=None, total_contribution=None)
    wanted = [society.name]
    assert names(look(status="revoked")) == wanted
    assert society.name in names(look(status="living"))
    assert len(names(look(status="living"))) == 2
    assert names(look(kind="union")) == wanted
    assert names(look(founded_from="2010", founded_to="2012")) == wanted
    assert names(look(capital_from="500", capital_to="500")) == wanted


def test_an_unstated_status_can_be_asked_for(look):
    society = CooperativeFactory(status="")
    CooperativeFactory()
    assert names(look(status="unstated")) == [society.name]


def test_suspicions_filter_by_any_none_label_and_rule(look):
    clean, flagged = CooperativeFactory(), CooperativeFactory()
    FlagFactory(cooperative=flagged, rule="R8", label="unlawful_structure")
    FlagFactory(cooperative=clean, rule="R8", state="cleared")
    for value in ("any", "R8", "one_person"):
        assert names(look(flag=value)) == [flagged.name]
    assert names(look(flag="none")) == [clean.name]


def test_societies_that_the_latest_full_list_lacks_can_be_found(look):
    kept, gone, formerly = (CooperativeFactory() for _ in range(3))
    del kept
    for quarter, missing in (("2020Q4", formerly), ("2021Q1", gone)):
        delivery = DeliveryFactory(quarter=quarter, job=JobState.COMMITTED)
        GoneNotice.objects.create(delivery=delivery, cooperative=missing)
    later = DeliveryFactory(quarter="2021Q2", scope=FeedScope.CHANGES, job=JobState.COMMITTED)
    GoneNotice.objects.create(delivery=later, cooperative=formerly)
    page = look(seen="gone")
    assert names(page) == [gone.name]
    assert "最近名单未见" in page.content.decode()


def test_a_wrong_condition_finds_nobody_and_says_so(look):
    CooperativeFactory()
    page = look(founded_from="去年")
    assert names(page) == []
    assert "筛选条件有误" in page.content.decode()


def test_an_empty_register_tells_the_bureau_to_upload_and_others_whom_to_ask(cast, look):
    assert reverse("registry:delivery-create") in look().content.decode()
    assert "请联系区农业农村局" in look(cast.clerk).content.decode()


def test_no_hits_offer_to_clear_the_conditions(look):
    CooperativeFactory()
    assert "没有符合条件的合作社" in look(q="不存在").content.decode()


# -- order, pages, columns ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("founded", "甲乙丙"), ("-founded", "乙甲丙"), ("capital", "乙丙甲"), ("-capital", "丙乙甲")],
)
def test_the_list_sorts_with_blanks_last(look, sort, expected):
    for name, founded, capital in (("甲", 2010, None), ("乙", 2015, 1), ("丙", None, 2)):
        CooperativeFactory(
            name=name,
            established_on=founded and dt.date(founded, 1, 1),
            total_contribution=capital,
        )
    assert "".join(names(look(sort=sort))) == expected


def test_pages_keep_conditions_and_show_every_society_once(look, cast, browser_of):
    many(120, status="active", total_contribution=None)
    browser, found = browser_of(cast.bureau), []
    url = reverse("registry:cooperative-list") + "?status=active&sort=-capital&col=kind"
    while url:
        page = browser.get(url)
        found += names(page)
        follow = page.context["next_url"]
        assert not follow or parse_qs(urlsplit(follow).query)["status"] == ["active"]
        url = follow
    assert len(found) == len(set(found)) == 120


def test_the_way_back_leads_to_the_same_page(look, cast, browser_of):
    many(120)
    browser = browser_of(cast.bureau)
    first = browser.get(reverse("registry:cooperative-list"))
    second = browser.get(first.context["next_url"])
    assert names(browser.get(second.context["previous_url"])) == names(first)


def test_the_count_stops_at_a_cap(look, monkeypatch):
    monkeypatch.setattr("registry.views.cooperatives.MOST_COUNTED", 10)
    many(11)
    assert look().context["count_words"] == "超过 10"


def test_columns_are_chosen_in_the_address(look):
    CooperativeFactory(domicile="罗江镇新桥村8组")
    assert "新桥村8组" not in look().content.decode()
    page = look(col=["domicile", "kind"])
    assert [column.key for column in page.context["columns"]] == ["kind", "domicile"]
    assert "新桥村8组" in page.content.decode()


def test_contact_numbers_are_covered(look):
    CooperativeFactory(contact_phone="13812345678")
    page = look(col="contact_phone").content.decode()
    assert "138******78" in page
    assert "13812345678" not in page


def test_the_fragment_is_the_same_table_without_the_frame(look, cast, browser_of):
    society = CooperativeFactory()
    browser = browser_of(cast.bureau)
    fragment = browser.get(reverse("registry:cooperative-list"), headers={"HX-Request": "true"})
    text = fragment.content.decode()
    assert society.name in text
    assert "<html" not in text


# -- cost --------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_few_queries_with_three_thousand_societies(look, cast, browser_of):
    many(3_000, status="active", township=cast.near.township)
    delivery = DeliveryFactory(job=JobState.COMMITTED)
    for society in Cooperative.objects.all()[:60]:
        FlagFactory(cooperative=society)
        GoneNotice.objects.create(delivery=delivery, cooperative=society)
    browser = browser_of(cast.bureau)
    browser.get(reverse("registry:cooperative-list"))
    for asked in ({}, {"flag": "any", "seen": "gone", "q": "号", "sort": "-founded"}):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse("registry:cooperative-list"), asked)
        assert len(names(page)) == 50
        assert len(queries) <= MOST_QUERIES
