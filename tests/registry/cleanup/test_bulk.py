"""Many cases at once: previewed, opened in one act, safe to repeat, taken back while untouched."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.bulk_acts import act_of
from accounts.models import AuditEvent
from accounts.operations.bulk_acts import DONE, do_to_many, take_back
from common import clock
from common.workflow import TransitionRefused
from demonstration.models import DemonstrationTitle
from registry.choices import FlagLabel, FlagState, RegistrationStatus, Severity
from registry.cleanup.bulk_acts import OPEN_CASES
from registry.cleanup.choices import CaseState, Route
from registry.cleanup.proposals import proposals
from registry.models import CleanupCase, Cooperative, Flag
from registry.operations.cleanup_cases import Charge, open_case
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


def confirmed(society, by, label=FlagLabel.SHELL, rule="R6"):
    return Flag.objects.create(
        cooperative=society,
        rule=rule,
        label=label,
        severity=Severity.HIGH,
        state=FlagState.CONFIRMED,
        as_of=clock.today(),
        opened_at=clock.now(),
        computed_at=clock.now(),
        decided_by=by,
        decided_at=clock.now(),
        conclusion="实地查看无人",
    )


@pytest.fixture
def three(cast):
    township = cast.near.cooperative.township
    societies = CooperativeFactory.create_batch(3, township=township)
    for each, label in zip(
        societies, (FlagLabel.SHELL, FlagLabel.ONE_PERSON, FlagLabel.FAMILY), strict=True
    ):
        confirmed(each, cast.clerk, label)
    return societies


def open_cases(routes, *, because, by):
    facts = {"routes": routes, "charge": Charge()}
    return do_to_many(act_of(OPEN_CASES), list(routes), facts, reason=because, by=by)


def routes_of(societies):
    return {each.society.pk: each.route or Route.ORDINARY for each in proposals(societies)}


def test_the_route_is_proposed_from_what_was_confirmed(three):
    assert [each.route for each in proposals(three)] == [
        Route.SIMPLIFIED,
        Route.CONVERSION,
        Route.RECTIFICATION,
    ]


def test_many_cases_are_one_act_and_the_same_act_twice_opens_nothing(cast, three):
    before = AuditEvent.objects.count()
    done = open_cases(routes_of(three), because="摸底核实", by=cast.clerk)
    assert len(done.rows) == 3
    assert AuditEvent.objects.count() == before + 1
    assert all(case.steps.exists() for case in done.rows)
    assert len({case.number for case in done.rows}) == 3
    again = open_cases(
        dict.fromkeys([each.pk for each in three], Route.ORDINARY),
        because="摸底核实",
        by=cast.clerk,
    )
    assert (len(again.rows), len(again.left)) == (0, 3)
    assert AuditEvent.objects.count() == before + 1


def test_a_case_opened_among_many_has_the_number_and_steps_of_one_opened_alone(cast, three):
    many = open_cases({three[0].pk: Route.SIMPLIFIED}, because="停业", by=cast.clerk).rows[0]
    alone = open_case(three[1], route=Route.SIMPLIFIED, because="停业", by=cast.clerk)
    facts = ("template", "position", "department", "state", "note")
    assert list(many.steps.order_by("position").values_list(*facts)) == list(
        alone.steps.order_by("position").values_list(*facts)
    )
    assert int(alone.number[-4:]) == int(many.number[-4:]) + 1


def test_who_is_left_out_is_told_why(cast, three):
    has_case, gone, _ = three
    case = open_case(has_case, route=Route.ORDINARY, because="停业", by=cast.clerk)
    Cooperative.objects.filter(pk=gone.pk).update(status=RegistrationStatus.DEREGISTERED)
    unverified = CooperativeFactory(township=has_case.township)
    chosen = Cooperative.objects.filter(pk__in=[has_case.pk, gone.pk, unverified.pk])
    said = {each.society.pk: each.skipped for each in proposals(chosen)}
    assert case.number in said[has_case.pk]
    assert "注销" in said[gone.pk]
    assert "没有核实属实" in said[unverified.pk]


def test_a_society_out_of_reach_is_counted_and_not_touched(cast):
    confirmed(cast.far.cooperative, cast.bureau)
    done = open_cases({cast.far.cooperative.pk: Route.ORDINARY}, because="停业", by=cast.clerk)
    assert (done.number, done.out_of_reach) == (0, 1)
    assert not CleanupCase.objects.filter(cooperative=cast.far.cooperative).exists()
    with pytest.raises(PermissionDenied):
        open_cases({cast.far.cooperative.pk: Route.ORDINARY}, because="停业", by=cast.leader)


def test_an_act_is_taken_back_whole_while_nothing_was_done(cast, three):
    cases = open_cases(routes_of(three), because="摸底核实", by=cast.bureau).rows
    act = AuditEvent.objects.get(action=DONE)
    with pytest.raises(PermissionDenied):
        take_back(act, reason="选错了", by=cast.clerk)
    assert take_back(act, reason="选错了", by=cast.bureau) == 3
    states = set(CleanupCase.objects.filter(pk__in=[c.pk for c in cases]).values_list("state"))
    assert states == {(CaseState.WITHDRAWN,)}
    with pytest.raises(TransitionRefused):
        take_back(act, reason="再来一次", by=cast.bureau)


def test_an_act_with_a_touched_case_is_not_taken_back(cast, three):
    cases = open_cases(routes_of(three), because="摸底核实", by=cast.bureau).rows
    CleanupCase.objects.filter(pk=cases[0].pk).update(version=2)
    with pytest.raises(TransitionRefused, match="1 条"):
        take_back(AuditEvent.objects.get(action=DONE), reason="选错了", by=cast.bureau)
    assert CleanupCase.objects.open().count() == 3


def test_an_act_is_not_taken_back_when_the_flow_does_not_let_a_case_end(cast, three):
    cases = open_cases(routes_of(three), because="摸底核实", by=cast.bureau).rows
    CleanupCase.objects.filter(pk=cases[0].pk).update(state=CaseState.UNDER_WAY)
    with pytest.raises(TransitionRefused, match="现在是“办理中”"):
        take_back(AuditEvent.objects.get(action=DONE), reason="选错了", by=cast.bureau)
    assert not CleanupCase.objects.filter(state=CaseState.WITHDRAWN).exists()


def test_opening_many_takes_as_many_statements_as_opening_few(
    cast, three, django_assert_max_num_queries
):
    more = CooperativeFactory.create_batch(30, township=three[0].township)
    for each in more:
        confirmed(each, cast.clerk)
    routes = routes_of([*three, *more])
    with django_assert_max_num_queries(30):
        assert len(open_cases(routes, because="摸底核实", by=cast.clerk).rows) == 33


def test_many_cases_change_neither_status_nor_title_nor_public_page(cast, three, client):
    TitleFactory(cooperative=three[0])

    def picture():
        pages = [client.get(f"/public/{page}").text for page in ("titles/", "statistics/")]
        return (
            list(Cooperative.objects.order_by("pk").values()),
            list(DemonstrationTitle.objects.order_by("pk").values()),
            pages,
        )

    before = picture()
    assert three[0].name in before[-1][0]
    open_cases(routes_of(three), because="摸底核实", by=cast.bureau)
    assert picture() == before


def test_what_a_person_did_not_tick_is_not_opened(cast, three, client):
    client.force_login(cast.bureau)
    page = client.get(reverse("registry:cleanup-create-many")).text
    boxes = [line for line in page.splitlines() if 'name="society"' in line]
    assert len(boxes) >= len(three)
    assert not any(" checked" in box for box in boxes)


def test_the_conditions_of_the_list_narrow_whom_the_act_offers(cast, three, client):
    client.force_login(cast.bureau)
    url = reverse("registry:cleanup-create-many")
    page = client.get(url, {"state": "suspected", "label": FlagLabel.ONE_PERSON}).text
    assert [each.name in page for each in three] == [False, True, False]


def test_the_page_names_who_was_left_out_and_why(cast, three, client):
    case = open_case(three[0], route=Route.ORDINARY, because="停业", by=cast.clerk)
    client.force_login(cast.bureau)
    sent = {
        "society": [str(three[0].pk)],
        f"route-{three[0].pk}": Route.ORDINARY,
        "because": "摸底核实",
        "owner": cast.bureau.pk,
        "department": cast.bureau.unit_id,
        "due_on": clock.today().isoformat(),
    }
    told = client.post(reverse("registry:cleanup-create-many"), sent, follow=True).text
    assert f"{three[0].name}（已有案件 {case.number} 在办）" in told


def test_the_page_previews_opens_and_takes_back(cast, three, client):
    client.force_login(cast.bureau)
    url = reverse("registry:cleanup-create-many")
    page = client.get(url).content.decode()
    assert all(each.name in page for each in three)
    sent = {
        "society": [str(each.pk) for each in three],
        **{f"route-{key}": value for key, value in routes_of(three).items()},
        "because": "摸底核实",
        "owner": cast.bureau.pk,
        "department": cast.bureau.unit_id,
        "due_on": clock.today().isoformat(),
    }
    told = client.post(url, sent, follow=True).content.decode()
    assert "批量立案：已办理 3 条" in told
    act = AuditEvent.objects.get(action=DONE)
    back = client.post(
        reverse("accounts:bulk-take-back", args=[OPEN_CASES]),
        {"event": act.pk, "reason": "选错了"},
        follow=True,
    )
    assert "3 件案件已终止" in back.content.decode()
    assert client.post(url, {**sent, "society": []}).status_code == 422
