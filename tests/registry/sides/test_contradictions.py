"""Which sources contradict each other, what closes that, and who sees it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import OperatingState, RegistrationStatus, Seen
from registry.models import Contradiction, Cooperative, FeedRow
from registry.operations.contradictions import (
    assign_contradiction,
    reopen_contradiction,
    settle_contradiction,
)
from registry.operations.cooperatives import correct_cooperative
from registry.side_choices import ContradictionKind, ContradictionState
from registry.sides.compare import compare_sources
from registry.sides.kinds import KINDS
from registry.sides.words import said
from registry.statement_choices import ExitKind, PublicationState, TaxpayerState
from tests.factories.registry import CooperativeFactory
from tests.factories.sides import (
    ContradictionFactory,
    ExitFactory,
    FindingFactory,
    ListingFactory,
    PublicationFactory,
    TaxFactory,
    accepted_report,
)
from tests.registry.feeds import society, take_in

pytestmark = pytest.mark.django_db
K = ContradictionKind
DUE = dt.timedelta(days=10)


def kinds_of(cooperative):
    compare_sources()
    found = Contradiction.objects.open().filter(cooperative=cooperative)
    return set(found.values_list("kind", flat=True))


def seen(cooperative, cast, **facts):
    return FindingFactory(cooperative=cooperative, seen_by=cast.counsellor, **facts)


def _untaxed(one, _cast):
    TaxFactory(cooperative=one, state=TaxpayerState.NOT_REGISTERED, registered=False)


def _ended(one, _cast):
    Cooperative.objects.filter(pk=one.pk).update(status=RegistrationStatus.DEREGISTERED)
    TaxFactory(cooperative=one)


def _exit(one, _cast):
    ExitFactory(cooperative=one)


def _revoked(one, _cast):
    Cooperative.objects.filter(pk=one.pk).update(status=RegistrationStatus.REVOKED)
    TaxFactory(cooperative=one, declared_sales=Decimal(500))


def _shut(one, cast):
    seen(one, cast, operating=OperatingState.NO)


def _absent(one, cast):
    seen(one, cast, at_address=Seen.NO)


def _listed(one, cast):
    ListingFactory(cooperative=one)
    seen(one, cast)


def _idle(one, _cast):
    accepted_report(one, no_activity=True)
    TaxFactory(cooperative=one, as_of=dt.date(2020, 9, 30), declared_sales=Decimal(100))
    TaxFactory(cooperative=one, as_of=dt.date(2020, 12, 31), declared_sales=Decimal(0))


def _untaxed_income(one, _cast):
    accepted_report(one, operating_income=Decimal(100_000))
    TaxFactory(cooperative=one, as_of=dt.date(2020, 9, 30), zero_declared=True)
    TaxFactory(cooperative=one, as_of=dt.date(2020, 12, 31), zero_declared=True)


def _members(one, _cast):
    accepted_report(one, members_total=one.member_count + 1, chair=one.legal_representative)


def _chair(one, _cast):
    accepted_report(one, members_total=one.member_count, chair="另一人")


def _unpublished(one, _cast):
    accepted_report(one, members_total=one.member_count)
    PublicationFactory(cooperative=one)


@pytest.mark.parametrize(
    ("arrange", "kind"),
    [
        (_untaxed, K.ACTIVE_UNTAXED),
        (_ended, K.ENDED_TAXED),
        (_exit, K.EXIT_UNRECORDED),
        (_revoked, K.REVOKED_TRADING),
        (_shut, K.ACTIVE_SHUT),
        (_absent, K.NOT_AT_DOMICILE),
        (_listed, K.UNREACHABLE_SEEN),
        (_idle, K.IDLE_WITH_SALES),
        (_untaxed_income, K.INCOME_UNTAXED),
        (_members, K.MEMBERS_DIFFER),
        (_chair, K.CHAIR_DIFFERS),
        (_unpublished, K.REPORT_UNPUBLISHED),
    ],
)
def test_each_kind_is_found_alone_and_said_in_words(cast, arrange, kind):
    one, other = CooperativeFactory.create_batch(2)
    arrange(one, cast)
    assert kinds_of(one) == {kind}
    assert kinds_of(other) == set()
    words = said(Contradiction.objects.get().evidence)
    assert len(words) >= 2 or kind == K.ACTIVE_UNTAXED
    assert all(source and label and value for source, label, value in words)


def test_every_kind_has_its_rule():
    assert {kind.code for kind in KINDS} == set(ContradictionKind)


def test_sources_that_agree_or_are_silent_contradict_nobody(cast):
    quiet = CooperativeFactory()
    agreeing = CooperativeFactory()
    TaxFactory(cooperative=agreeing, declared_sales=Decimal(9), as_of=dt.date(2020, 9, 30))
    seen(agreeing, cast)
    chair, members = agreeing.legal_representative, agreeing.member_count
    accepted_report(agreeing, chair=chair, members_total=members, operating_income=Decimal(9))
    PublicationFactory(cooperative=agreeing, state=PublicationState.PUBLISHED)
    ExitFactory(cooperative=agreeing, kind=ExitKind.ANNOUNCED)
    assert kinds_of(quiet) == kinds_of(agreeing) == set()


def test_only_the_newest_word_of_a_source_counts(cast):
    one = CooperativeFactory()
    seen(one, cast, operating=OperatingState.NO, seen_on=dt.date(2021, 1, 1))
    seen(one, cast, operating=OperatingState.YES, seen_on=dt.date(2021, 6, 1))
    assert kinds_of(one) == set()


def test_a_corrected_value_that_a_later_file_does_not_confirm_is_a_contradiction(cast):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2020Q2")
    one = Cooperative.objects.get(uscc=society(1)["uscc"])
    correct_cooperative(one, {"member_count": 25}, "已核", by=cast.bureau, version=one.version)
    assert kinds_of(one) == {K.CORRECTED_DIFFERS}
    words = said(Contradiction.objects.get().evidence)
    assert ("最近报送", "成员总数", "20") in words
    take_in([society(1, member_count=25), society(2)], by=cast.bureau, quarter="2020Q3")
    assert FeedRow.objects.filter(cooperative=one).count() == 2
    assert kinds_of(one) == set()


def test_a_cured_contradiction_is_closed_with_a_day_and_not_erased(cast):
    one = CooperativeFactory()
    seen(one, cast, operating=OperatingState.NO, seen_on=dt.date(2021, 1, 1))
    assert kinds_of(one) == {K.ACTIVE_SHUT}
    seen(one, cast, seen_on=dt.date(2021, 6, 1))
    assert kinds_of(one) == set()
    kept = Contradiction.objects.get()
    assert (kept.state, bool(kept.closed_at)) == (ContradictionState.CURED, True)


def test_what_was_settled_stays_settled_until_the_sources_say_something_else(cast):
    one = CooperativeFactory()
    accepted_report(one, members_total=12, chair=one.legal_representative)
    compare_sources()
    settle_contradiction(Contradiction.objects.get(), reason="两人尚未备案", by=cast.bureau)
    assert kinds_of(one) == set()
    Cooperative.objects.filter(pk=one.pk).update(member_count=11)
    assert kinds_of(one) == {K.MEMBERS_DIFFER}


def test_computing_twice_changes_nothing(cast):
    one = CooperativeFactory()
    seen(one, cast, operating=OperatingState.NO)
    compare_sources()
    assert compare_sources() == {"opened": 0, "renewed": 0, "cured": 0}
    assert Contradiction.objects.get().version == 1


def test_the_number_of_statements_does_not_grow_with_the_register(cast):
    def statements(number):
        for one in CooperativeFactory.create_batch(number):
            seen(one, cast, operating=OperatingState.NO)
        with CaptureQueriesContext(connection) as counted:
            compare_sources()
        return len(counted)

    assert statements(2) == statements(30)


def test_a_contradiction_is_given_to_somebody_who_reaches_the_society(cast):
    one = ContradictionFactory(cooperative=cast.near.cooperative)
    day = clock.today() + DUE
    with pytest.raises(TransitionRefused, match="看不到这家合作社"):
        assign_contradiction(one, cast.far.clerk, day, by=cast.bureau, version=1)
    given = assign_contradiction(one, cast.near.counsellor, day, by=cast.near.clerk, version=1)
    assert (given.assignee, given.due_on) == (cast.near.counsellor, day)
    assert AuditEvent.objects.get(action="assign-contradiction").detail["due_on"] == str(day)
    with pytest.raises(EditConflict):
        assign_contradiction(one, cast.near.clerk, day, by=cast.bureau, version=1)


def test_a_day_in_the_past_is_refused(cast):
    one = ContradictionFactory(cooperative=cast.near.cooperative)
    with pytest.raises(TransitionRefused, match="不能早于今天"):
        assign_contradiction(one, cast.near.clerk, clock.today() - DUE, by=cast.bureau, version=1)


def test_only_the_bureau_settles_and_always_with_a_reason(cast):
    one = ContradictionFactory(cooperative=cast.near.cooperative)
    with pytest.raises(PermissionDenied):
        settle_contradiction(one, reason="是", by=cast.near.clerk)
    with pytest.raises(TransitionRefused, match="须填写理由"):
        settle_contradiction(one, reason=" ", by=cast.bureau)
    settle_contradiction(one, reason="已查实", by=cast.bureau)
    reopen_contradiction(one, reason="又有新情况", by=cast.bureau)
    assert (one.state, one.closed_at) == (ContradictionState.OPEN, None)


@pytest.mark.parametrize("role", ["bureau", "clerk", "counsellor", "leader", "auditor"])
def test_every_count_is_that_of_its_list_for_every_role(cast, browser_of, role):
    for world in (cast.near, cast.far):
        ContradictionFactory(cooperative=world.cooperative)
        ContradictionFactory(cooperative=world.cooperative, kind=K.MEMBERS_DIFFER)
    ContradictionFactory(cooperative=CooperativeFactory(), kind=K.MEMBERS_DIFFER)
    browser = browser_of(cast.of(role))
    here = reverse("registry:contradiction-list")
    page = browser.get(here)
    assert page.context["number"] == len(page.context["page"].rows) > 0
    tiles = [*page.context["tiles"], *page.context["townships"]]
    assert sum(tile["number"] for tile in page.context["tiles"]) == page.context["number"]
    for tile in tiles:
        behind = browser.get(here + tile["url"])
        assert behind.context["number"] == len(behind.context["page"].rows) == tile["number"]


def test_the_page_assigns_and_settles(cast, browser_of):
    one = ContradictionFactory(cooperative=cast.near.cooperative)
    browser = browser_of(cast.bureau)
    here = reverse("registry:contradiction-detail", args=[one.pk])
    assert "登记存续，走访见已停业" in browser.get(here).content.decode()
    day = clock.today() + DUE
    asked = {"person": cast.near.clerk.pk, "due_on": day.isoformat(), "version": 1}
    answer = browser.post(
        reverse("registry:contradiction-assign", args=[one.pk]), asked, follow=True
    )
    assert "已交" in answer.content.decode()
    one.refresh_from_db()
    asked = {"target": "settled", "reason": "确已停业，转入清理", "version": one.version}
    answer = browser.post(
        reverse("registry:contradiction-decide", args=[one.pk]), asked, follow=True
    )
    assert "已作结论" in answer.content.decode()


def test_a_wrong_day_is_answered_in_words_and_nothing_is_saved(cast, browser_of):
    one = ContradictionFactory(cooperative=cast.near.cooperative)
    asked = {"person": cast.near.clerk.pk, "due_on": "31/02", "version": 1}
    here = reverse("registry:contradiction-assign", args=[one.pk])
    answer = browser_of(cast.bureau).post(here, asked)
    assert answer.status_code == 422
    assert "期限" in answer.content.decode()


def test_the_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    for one in CooperativeFactory.create_batch(30):
        ContradictionFactory(cooperative=one)
    browser = browser_of(cast.bureau)
    with django_assert_max_num_queries(16):
        browser.get(reverse("registry:contradiction-list"))
