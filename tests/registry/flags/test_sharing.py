"""R18 and R19: who is the same as whom, and which values say nothing about it."""

import datetime as dt
from typing import Any

import pytest

from registry.choices import CooperativeKind, RegistrationStatus
from registry.flags.catalogue import RULES_BY_CODE
from registry.models import Cooperative
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
DOOR = "四川省达州市通川区罗江镇大堰村3组12号"
DAY = dt.date(2016, 5, 4)


def suspects(code: str) -> set[int]:
    return set(RULES_BY_CODE[code].suspects(TODAY).values_list("pk", flat=True))


def unknowns(code: str) -> set[int]:
    return set(RULES_BY_CODE[code].unknowns(TODAY).values_list("pk", flat=True))


def evidence_of(code: str, one: Cooperative) -> dict[str, Any]:
    return dict(RULES_BY_CODE[code].suspects(TODAY).values_list("pk", "evidence"))[one.pk]


def keys(*societies: Cooperative) -> set[int]:
    return {one.pk for one in societies}


def test_two_living_societies_with_one_chair_are_both_suspected() -> None:
    first, second = society(legal_representative="钱多多"), society(legal_representative="钱多多")
    society(legal_representative="钱多")
    assert suspects("R18") == keys(first, second)
    evidence = evidence_of("R18", first)
    assert (evidence["same_person"], evidence["same_address"]) == (2, 1)
    assert "“钱多多”同时登记在2家" in "".join(RULES_BY_CODE["R18"].explain(evidence))


@pytest.mark.parametrize(
    "name", ["杨某某", "杨某", "杨*", "杨**", "杨＊", "杨××", "杨XX", "杨", ""]
)
def test_a_name_that_is_blanked_out_is_unknown_and_matches_nobody(name: str) -> None:
    first, second = society(legal_representative=name), society(legal_representative=name)
    assert suspects("R18") == set()
    assert unknowns("R18") == keys(first, second)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DOOR, DOOR, True),
        (DOOR, "达州市通川区罗江镇大堰村3组12号", True),
        (DOOR, "通川区罗江镇 大堰村3组12号", True),
        (DOOR, "四川省达州市通川区罗江镇大堰村3组13号", False),
        ("通川区罗江镇大堰村", "通川区罗江镇大堰村", False),
        ("通川区朝阳街道柳树社区", "通川区朝阳街道柳树社区", False),
        ("通川区罗江镇", "通川区罗江镇", False),
        ("村委会", "村委会", False),
        ("", "", False),
        ("通川区罗江镇大堰村3组", "通川区罗江镇大堰村3组", True),
    ],
)
def test_only_a_full_address_can_be_the_same(one: str, other: str, same: bool) -> None:
    pair = keys(society(domicile=one), society(domicile=other))
    assert suspects("R18") == (pair if same else set())


def test_a_society_with_a_blank_address_is_unknown_unless_its_chair_says_enough() -> None:
    alone = society(domicile="")
    pair = society(domicile="", legal_representative="孙二"), society(legal_representative="孙二")
    assert unknowns("R18") == keys(alone)
    assert suspects("R18") == keys(*pair)


def test_a_partner_that_has_left_does_not_count_and_one_that_sleeps_does() -> None:
    left = society(legal_representative="钱多多")
    society(legal_representative="钱多多", status=RegistrationStatus.DEREGISTERED)
    assert suspects("R18") == set()
    society(legal_representative="钱多多", status=RegistrationStatus.SUSPENDED)
    assert suspects("R18") == keys(left)


@pytest.mark.parametrize("kind", [CooperativeKind.UNION, CooperativeKind.BRANCH])
def test_a_union_or_branch_may_share_its_head_with_a_society(kind: str) -> None:
    society(legal_representative="钱多多")
    society(legal_representative="钱多多", kind=kind)
    assert suspects("R18") == set()


@pytest.mark.parametrize(
    "shared",
    [
        {"legal_representative": "钱多多"},
        {"contact_phone": "13800000000"},
        {"domicile": DOOR},
    ],
    ids=["person", "phone", "address"],
)
def test_three_of_one_day_and_one_hand_are_suspected_and_two_are_not(
    shared: dict[str, Any],
) -> None:
    first, second = society(established_on=DAY, **shared), society(established_on=DAY, **shared)
    society(established_on=DAY + dt.timedelta(days=1), **shared)
    assert suspects("R19") == set()
    third = society(established_on=DAY, **shared)
    assert suspects("R19") == keys(first, second, third)
    evidence = evidence_of("R19", third)
    assert evidence["established_on"] == "2016-05-04"
    said = "".join(RULES_BY_CODE["R19"].explain(evidence))
    assert "2016年5月4日" in said
    assert "共3家" in said


def test_three_of_one_day_that_share_different_things_are_not_a_batch() -> None:
    society(established_on=DAY, contact_phone="13800000000", legal_representative="甲一")
    society(established_on=DAY, contact_phone="13800000000", legal_representative="乙二")
    society(established_on=DAY, legal_representative="乙二")
    assert suspects("R19") == set()


@pytest.mark.parametrize("phone", ["无", "-", "138****0000", ""])
def test_a_phone_that_is_none_matches_nobody(phone: str) -> None:
    for _ in range(3):
        society(established_on=DAY, contact_phone=phone)
    assert suspects("R19") == set()


def test_without_a_founding_day_or_anything_to_compare_a_batch_is_unknown() -> None:
    undated = society(established_on=None)
    bare = society(legal_representative="", contact_phone="", domicile="")
    masked = society(legal_representative="李某某")
    assert unknowns("R19") == keys(undated, bare)
    assert masked.pk not in suspects("R19")
