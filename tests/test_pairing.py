"""Who must be paired with a counsellor follows from titles and plans, at once and every night."""

import datetime as dt

import pytest

from demonstration.choices import Honour, Level
from demonstration.models import DemonstrationTitle
from demonstration.operations.titles import enter_title
from tests.factories.demonstration import PlanFactory, TitleFactory
from tests.factories.registry import CooperativeFactory
from tongchuan_coop import pairing
from tongchuan_coop.tasks import renew_pairing_needs
from training.models import PairingNeed

pytestmark = pytest.mark.django_db


def needs():
    return dict(PairingNeed.objects.filter(until__isnull=True).values_list("cooperative", "basis"))


def test_the_highest_title_says_why_and_a_plan_is_the_least(cast):
    titled, planned = cast.near.cooperative, CooperativeFactory()
    TitleFactory(cooperative=titled, level=Level.DISTRICT)
    TitleFactory(cooperative=titled, level=Level.NATIONAL)
    PlanFactory(cooperative=titled, responsible=cast.bureau)
    PlanFactory(cooperative=planned, responsible=cast.bureau)
    standard = CooperativeFactory()
    TitleFactory(cooperative=standard, honour=Honour.STANDARD)
    renew_pairing_needs()
    assert needs() == {titled.pk: "national", planned.pk: "cultivated", standard.pk: "standard"}


def test_saying_it_again_changes_nothing_and_a_lost_title_ends_the_need(cast):
    TitleFactory(cooperative=cast.near.cooperative)
    assert pairing.renew() == 1
    assert pairing.renew() == 0
    DemonstrationTitle.objects.update(
        state="removed", ended_on=dt.date(2021, 7, 1), ended_because="不再运行"
    )
    assert pairing.renew() == 1
    assert needs() == {}
    assert PairingNeed.objects.get().until


def test_recognition_asks_for_a_pair_at_once(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enter_title(
            cast.near.cooperative,
            {
                "level": Level.DISTRICT,
                "honour": Honour.DEMONSTRATION,
                "batch": "2021年度",
                "document_number": "通区农发〔2021〕9号",
                "recognised_on": dt.date(2021, 7, 1),
            },
            by=cast.bureau,
        )
    assert needs() == {cast.near.cooperative.pk: "district"}


def test_many_titles_cost_a_fixed_number_of_queries(django_assert_max_num_queries):
    for _ in range(30):
        TitleFactory(cooperative=CooperativeFactory())
    with django_assert_max_num_queries(12):
        pairing.renew()
    assert len(needs()) == 30
