"""A rehearsed rule says which titles and which targets it would touch."""

import pytest
from django.urls import reverse

from common import clock
from demonstration.choices import NamedList
from demonstration.concerns import targets_touched, titles_touched
from demonstration.models import DemonstrationTitle, NamedListEntry
from registry.models import Cooperative, Rehearsal, RehearsalFinding
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


def listed(society, name=NamedList.TYPICAL):
    return NamedListEntry.objects.create(
        cooperative=society, name=name, reason="规模大", since="2021-01-01"
    )


def only(*societies):
    return Cooperative.objects.filter(pk__in=[society.pk for society in societies])


def test_titles_are_counted_by_level_and_named():
    holder, other = CooperativeFactory(name="甲合作社"), CooperativeFactory(name="乙合作社")
    TitleFactory(cooperative=holder, level="district")
    TitleFactory(cooperative=other, level="district")
    number = DemonstrationTitle.objects.held().filter(level="district").count()
    (line,) = titles_touched(only(holder))
    assert f"在册{number}个，其中1个会被列入：甲合作社" in line
    assert list(titles_touched(only(CooperativeFactory()))) == []


def test_targets_say_how_many_of_a_wanted_list_would_be_listed():
    first, second = CooperativeFactory(), CooperativeFactory()
    listed(first)
    listed(second)
    assert list(targets_touched(only(first))) == [
        "“典型示范社”名单现有2家，目标10家，其中1家会被列入"
    ]
    assert list(targets_touched(only(CooperativeFactory()))) == []


def test_the_questions_do_not_grow_with_the_societies(django_assert_num_queries):
    societies = CooperativeFactory.create_batch(12)
    for society in societies:
        TitleFactory(cooperative=society)
        listed(society)
    with django_assert_num_queries(4):
        list(titles_touched(only(*societies)))
        list(targets_touched(only(*societies)))


def test_the_page_of_a_rehearsal_shows_what_is_touched(cast, browser_of):
    tried = Rehearsal.objects.create(
        rule="R8",
        thresholds={"members": 6, "union_members": 3},
        compared={"members": 5, "union_members": 3},
        quarter="2021Q2",
        as_of="2021-06-30",
        effective_from="2021-08-01",
        reason="试一试",
        drafted_by=cast.bureau,
        counts={"new": 1},
        computed_at=clock.now(),
    )
    RehearsalFinding.objects.create(
        rehearsal=tried,
        cooperative=cast.near.title.cooperative,
        side="new",
        evidence={"members": 5, "minimum": 6, "kind": "cooperative"},
    )
    page = browser_of(cast.bureau).get(reverse("registry:rehearsal-detail", args=[tried.pk]))
    told = page.content.decode()
    assert "触及的称号" in told
    assert "个会被列入：" + cast.near.title.cooperative.name in told
