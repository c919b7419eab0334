"""Relations that count: both sides known, counted only while they hold."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from common import clock
from common.workflow import TransitionRefused
from registry.cleanup.choices import RelationKind
from registry.models import Relation
from registry.operations.relations import end_relation, record_relation
from tests.factories.cleanup import leave_register
from tests.factories.registry import CooperativeFactory
from tests.registry.cleanup.test_case_pages import farm_code

pytestmark = pytest.mark.django_db


def farm(cast, number=1, **facts):
    return {
        "uscc": farm_code(number),
        "name": f"家庭农场{number}",
        "kind": "family_farm",
        "township": cast.near.township,
        **facts,
    }


def record(cast, kind, **sides):
    by = sides.pop("by", cast.bureau)
    return record_relation(kind, since=clock.today(), by=by, **sides)


def test_each_kind_has_its_two_sides_and_counts(cast):
    society, union = cast.near.cooperative, CooperativeFactory(kind="union")
    record(cast, "household_to_farm", household="张大山", farm=farm(cast, 1))
    record(cast, "farm_joins", cooperative=society, farm=farm(cast, 1))
    record(cast, "united", cooperative=union, other_cooperative=society)
    merged = record(cast, "merged", cooperative=CooperativeFactory(), other_cooperative=society)
    kinds = set(Relation.objects.counting().values_list("kind", flat=True))
    assert kinds == {"household_to_farm", "farm_joins", "united"}
    leave_register(merged.cooperative)
    assert Relation.objects.counting().filter(kind="merged").exists()


def test_a_relation_is_recorded_once(cast):
    record(cast, "farm_joins", cooperative=cast.near.cooperative, farm=farm(cast))
    with pytest.raises(TransitionRefused, match="已经登记过"):
        record(cast, "farm_joins", cooperative=cast.near.cooperative, farm=farm(cast))


def test_a_farm_has_a_code_of_its_own(cast):
    own = farm(cast, uscc=cast.near.cooperative.uscc)
    with pytest.raises(TransitionRefused, match="自己的统一社会信用代码"):
        record(cast, "conversion", cooperative=cast.near.cooperative, farm=own)


def test_an_ended_relation_stays_and_no_longer_counts(cast):
    kept = record(cast, "farm_joins", cooperative=cast.near.cooperative, farm=farm(cast))
    with clock.on_day(clock.today() + dt.timedelta(days=9)):
        end_relation(kept, on=clock.today(), reason="退社", by=cast.bureau, version=kept.version)
        assert not Relation.objects.counting().exists()
        assert Relation.objects.counting(clock.today() - dt.timedelta(days=2)).exists()


def test_a_clerk_records_nothing_of_another_township(cast):
    elsewhere = farm(cast, township=cast.far.township)
    with pytest.raises(PermissionDenied):
        record(
            cast,
            "farm_joins",
            cooperative=cast.far.cooperative,
            farm=elsewhere,
            by=cast.near.clerk,
        )
    assert not Relation.objects.exists()


@pytest.mark.parametrize(
    ("relation", "said"),
    [("household_to_farm", "农户"), ("farm_joins", "合作社代码"), ("united", "另一家合作社代码")],
)
def test_a_missing_side_is_named(cast, browser_of, relation, said):
    answer = browser_of(cast.bureau).post(
        reverse("registry:relation-create"), {"relation": relation, "since": "2021-07-20"}
    )
    assert answer.status_code == 422
    assert said in "".join(str(errors) for errors in answer.context["form"].errors) + "".join(
        str(answer.context["form"].fields[name].label) for name in answer.context["form"].errors
    )


def test_the_tiles_count_what_counts(cast, browser_of):
    record(cast, "household_to_farm", household="张大山", farm=farm(cast, 1))
    shown = browser_of(cast.leader).get(reverse("registry:relation-list"))
    numbers = {tile["label"]: tile["number"] for tile in shown.context["tiles"]}
    assert numbers[RelationKind.HOUSEHOLD_TO_FARM.label] == 1
    assert numbers[RelationKind.CONVERSION.label] == 0
