"""Suspicions, rehearsals and cases are work about a society; they never change what it is."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.operations.transitions import advance
from accounts.policy import Reach
from common import clock
from common.workflow import TransitionRefused
from demonstration.models import DemonstrationTitle
from registry.choices import FlagState
from registry.flag_choices import RehearsalState
from registry.flags.evaluate import evaluate_flags
from registry.flags.workflows import FLAG, REHEARSAL
from registry.models import Cooperative
from tests.accounts.matrix import signed_rights
from tests.factories.accounts import UserFactory
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import FlagFactory, RehearsalFactory
from tests.registry.cleanup.test_flows import FLOWS, Flow

pytestmark = pytest.mark.django_db
SIGNED = signed_rights()
PAGES = ("public-home", "public-statistics", "open-statistics-json", "demonstration:public-titles")
# What differs from one request to the next by itself.
PASSING = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def a_flag(cast):
    return FlagFactory(
        cooperative=cast.near.cooperative,
        state=FlagState.CHECKING,
        assigned_to=cast.near.clerk,
        assigned_at=clock.now(),
        due_on=clock.today(),
    )


def a_rehearsal(_cast):
    return RehearsalFactory(drafted_by=UserFactory(username="colleague", role=Role.BUREAU))


ALL = FLOWS | {
    "flag": Flow(FLAG, FlagState, a_flag),
    "rehearsal": Flow(REHEARSAL, RehearsalState, a_rehearsal),
}
EXTRA = {
    ("step", "done"): {"done_on": clock.today},
    ("flag", "deferred"): {"deferred_until": clock.today},
}
DECIDED = {"conclusion": "看过了"}


def what_it_is(cast) -> tuple:
    """Return the society, its titles and what the public sees."""
    anybody = Client()
    seen = [PASSING.sub("", anybody.get(reverse(page)).content.decode()) for page in PAGES]
    societies = list(Cooperative.objects.order_by("pk").values())
    return societies, list(DemonstrationTitle.objects.order_by("pk").values()), seen


def person_for(cast, action):
    """Return somebody who may do it near."""
    reach = SIGNED[action]
    able = [role for role in Role if reach[role] in {Reach.DISTRICT, Reach.TOWNSHIP}]
    able += [role for role in Role if reach[role] == Reach.ASSIGNED]
    return cast.of(able[0])


@pytest.mark.parametrize("name", ALL)
def test_no_transition_changes_status_title_or_public_page(cast, name):
    society = cast.near.cooperative
    TitleFactory(cooperative=society)
    flow = ALL[name]
    subject = flow.make(cast)
    model, field = type(subject), flow.table.field
    before = what_it_is(cast)
    moved, refused = set(), set()
    for arrow in flow.table.transitions:
        facts = {key: told() for key, told in EXTRA.get((name, arrow.target), {}).items()}
        here = {"done_on": clock.today()} if name == "step" else {}
        if name == "flag":
            here = {"decided_by": cast.bureau, "decided_at": clock.now(), **DECIDED}
            here["deferred_until"] = clock.today()
        if (name, arrow.target) == ("rehearsal", RehearsalState.RELEASED):
            facts["released_by"] = cast.bureau
        with transaction.atomic():
            model.objects.filter(pk=subject.pk).update(**{field: arrow.source}, **here)
            fresh = model.objects.get(pk=subject.pk)
            by = person_for(cast, arrow.action)
            try:
                advance(flow.table, fresh, arrow.target, by=by, reason="测试", **facts)
                moved.add((arrow.source, arrow.target))
            except TransitionRefused:
                refused.add((arrow.source, arrow.target))
            assert what_it_is(cast) == before, arrow
            transaction.set_rollback(True)
    assert moved
    assert moved | refused == {(a.source, a.target) for a in flow.table.transitions}


def test_neither_does_computing_the_rules(cast):
    society = cast.near.cooperative
    Cooperative.objects.filter(pk=society.pk).update(member_count=2)
    TitleFactory(cooperative=society)
    before = what_it_is(cast)
    assert evaluate_flags(clock.today(), cause="测试").counts["R8"] == 1
    assert what_it_is(cast) == before
