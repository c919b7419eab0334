"""Relations between subjects stand on the page of what a society does, and narrow the list."""

import pytest
from django.urls import reverse

from registry.cleanup.choices import RelationKind
from tests.factories.cleanup import FarmFactory, RelationFactory
from tests.factories.demonstration import StrengthFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(cast):
    """A farm that joined the near society, which is also in a union."""
    near = cast.near.cooperative
    farm = FarmFactory(name="兴旺家庭农场", township=near.township)
    RelationFactory(cooperative=near, subject=farm, recorded_by=cast.bureau)
    union = CooperativeFactory(name="通川果蔬联合社", kind="union", township=near.township)
    RelationFactory(
        kind=RelationKind.UNITED,
        cooperative=union,
        other_cooperative=near,
        subject=None,
        recorded_by=cast.bureau,
    )
    return near


def test_a_society_sees_its_own_relations_from_both_sides(cast, joined, browser_of):
    address = reverse("demonstration:society-strengths", args=[joined.code])
    page = browser_of(cast.near.chair).get(address).content.decode()
    assert "场入社" in page
    assert "兴旺家庭农场 → " in page
    assert f"{joined} → 通川果蔬联合社" in page


def test_the_list_narrows_to_societies_with_a_kind_of_relation(cast, joined, browser_of):
    StrengthFactory(cooperative=joined)
    other = CooperativeFactory(township=joined.township)
    StrengthFactory(cooperative=other)
    bureau = browser_of(cast.bureau)
    for kind in (RelationKind.FARM_JOINS, RelationKind.UNITED):
        page = bureau.get(reverse("demonstration:strength-list"), {"relation": kind.value})
        assert {row.cooperative for row in page.context["page"].rows} == {joined}
    page = bureau.get(reverse("demonstration:strength-list"), {"relation": "merged"})
    assert page.context["number"] == 0
