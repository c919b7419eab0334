"""Recognition is impossible before the notice ends and objections are answered."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.operations.transitions import advance
from common import clock
from common.workflow import TransitionRefused
from demonstration.choices import ApplicationState, RoundState
from demonstration.models import DemonstrationTitle
from demonstration.operations.applications import answer_objection, record_objection
from demonstration.operations.rounds import recognise_round
from demonstration.workflows import APPLICATION
from tests.factories.demonstration import ApplicationFactory, RoundFactory

pytestmark = pytest.mark.django_db
DOCUMENT = "通区农发〔2021〕30号"


@pytest.fixture
def noticed(cast):
    """An application whose notice runs from yesterday for seven days."""
    today = clock.today()
    made = RoundFactory(
        state=RoundState.NOTICE,
        notice_from=today - dt.timedelta(days=1),
        notice_until=today + dt.timedelta(days=5),
    )
    return ApplicationFactory(
        round=made, cooperative=cast.near.cooperative, state=ApplicationState.NOTICED
    )


def recognise(made, by):
    return recognise_round(made, document=DOCUMENT, on=clock.today(), version=made.version, by=by)


def test_nothing_is_recognised_while_the_notice_runs(cast, noticed):
    with pytest.raises(TransitionRefused, match="期满"):
        recognise(noticed.round, cast.bureau)
    with pytest.raises(TransitionRefused, match="期满"):
        advance(APPLICATION, noticed, ApplicationState.RECOGNISED, by=cast.bureau)
    assert not DemonstrationTitle.objects.exists()


def test_an_unanswered_objection_holds_up_the_recognition(cast, noticed):
    record_objection(
        noticed,
        {
            "name": "张实名",
            "phone": "13800000000",
            "text": "情况不实",
            "received_on": clock.today(),
        },
        by=cast.bureau,
    )
    noticed.refresh_from_db()
    assert noticed.state == ApplicationState.OBJECTED
    with clock.on_day(clock.today() + dt.timedelta(days=10)):
        with pytest.raises(TransitionRefused, match="异议"):
            recognise(noticed.round, cast.bureau)
        objection = noticed.objections.get()
        answer_objection(
            objection,
            answer="已核实，不成立",
            upheld=False,
            version=objection.version,
            by=cast.bureau,
        )
        assert recognise(noticed.round, cast.bureau) == 1
    title = DemonstrationTitle.objects.get()
    assert title.document_number == DOCUMENT
    assert title.events.get().kind == "recognised"


def test_an_upheld_objection_ends_the_application(cast, noticed):
    record_objection(
        noticed,
        {
            "name": "张实名",
            "phone": "13800000000",
            "text": "情况不实",
            "received_on": clock.today(),
        },
        by=cast.bureau,
    )
    objection = noticed.objections.get()
    answer_objection(
        objection, answer="经查属实", upheld=True, version=objection.version, by=cast.bureau
    )
    noticed.refresh_from_db()
    assert noticed.state == ApplicationState.REJECTED


def test_only_the_bureau_recognises(cast, noticed):
    with pytest.raises(PermissionDenied):
        recognise(noticed.round, cast.clerk)
