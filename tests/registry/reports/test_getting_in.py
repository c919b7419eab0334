"""Getting in: a printed code, once; a change of chair ends the old access that day."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common import clock
from common.workflow import TransitionRefused
from registry.choices import AgentPost
from registry.models import AgentInvitation, AnnualReport, Cooperative
from registry.operations.cooperatives import correct_cooperative
from registry.operations.invitations import (
    end_access_of_former_chairs,
    find_invitation,
    invite_agent,
    join_with_account,
)
from registry.operations.reports import start_report

pytestmark = pytest.mark.django_db
PASSWORD = "Cuili-Huangyang-58"


@pytest.fixture
def invited(cast):
    return invite_agent(
        cast.near.cooperative, person_name="李四", post=AgentPost.CHAIR, by=cast.clerk
    )


def joining(cooperative, code, **changes):
    sent = {
        "society": cooperative.code,
        "code": code,
        "full_name": "李四",
        "username": "lisi2021",
        "password": PASSWORD,
        "repeated": PASSWORD,
    }
    return {**sent, **changes}


def test_a_printed_code_opens_an_account_that_serves_the_society(cast, invited):
    society, client = cast.near.cooperative, Client()
    answer = client.post(reverse("reports:join"), joining(society, invited[1]), follow=True)
    assert answer.status_code == 200
    person = User.objects.get(username="lisi2021")
    assert person.acts_for_societies
    reached = Cooperative.objects.permitted(person, "fill-report")
    assert list(reached) == [society]


def test_the_code_is_kept_nowhere_and_used_once(cast, invited):
    invitation, code = invited
    assert code.replace("-", "") not in str(AgentInvitation.objects.values())
    Client().post(reverse("reports:join"), joining(cast.near.cooperative, code))
    again = joining(cast.near.cooperative, code, username="other2021")
    answer = Client().post(reverse("reports:join"), again)
    assert answer.status_code == 422
    assert not User.objects.filter(username="other2021").exists()
    invitation.refresh_from_db()
    assert invitation.used_by.username == "lisi2021"


def test_an_unknown_society_and_a_wrong_code_answer_alike(cast, invited):
    society = cast.near.cooperative
    wrong = Client().post(reverse("reports:join"), joining(society, "AAAA-AAAA"))
    unknown = Client().post(
        reverse("reports:join"), joining(society, invited[1], society="93511702MA6299999X")
    )
    assert wrong.status_code == unknown.status_code == 422
    assert "信用代码或邀请码不对" in wrong.content.decode()
    assert "信用代码或邀请码不对" in unknown.content.decode()


def test_an_expired_code_is_no_code(cast, invited):
    with clock.on_day(clock.today() + dt.timedelta(days=20)):
        assert find_invitation(cast.near.cooperative.code, invited[1]) is None


def test_guessing_is_slowed_down(cast, invited):
    client = Client()
    answers = [
        client.post(reverse("reports:join"), joining(cast.near.cooperative, "AAAA-AAAA"))
        for _ in range(12)
    ]
    assert answers[-1].status_code == 429


def test_a_new_invitation_ends_the_former_one(cast, invited):
    invite_agent(cast.near.cooperative, person_name="赵新", post=AgentPost.CHAIR, by=cast.clerk)
    assert find_invitation(cast.near.cooperative.code, invited[1]) is None


def test_one_person_serves_several_societies(cast):
    assert cast.near.cooperative
    invitation, _ = invite_agent(
        cast.far.cooperative, person_name="张三", post=AgentPost.STAFF, by=cast.far.clerk
    )
    join_with_account(invitation, by=cast.chair)
    assert Cooperative.objects.permitted(cast.chair, "fill-report").count() == 2
    with pytest.raises(TransitionRefused):
        join_with_account(invitation, by=cast.chair)


def test_an_office_account_cannot_use_a_code(cast, invited):
    with pytest.raises(TransitionRefused):
        join_with_account(invited[0], by=cast.bureau)


def test_a_change_of_chair_ends_the_old_access_that_day_and_keeps_the_draft(cast, browser_of):
    society = cast.near.cooperative
    agent = society.agents.get()
    agent.post = AgentPost.CHAIR
    agent.save()
    society.legal_representative = str(cast.chair)
    society.save()
    report = start_report(society, 2020, by=cast.chair)
    assert end_access_of_former_chairs() == 0
    society.refresh_from_db()
    correct_cooperative(
        society, {"legal_representative": "赵新"}, "换届", by=cast.bureau, version=society.version
    )
    agent.refresh_from_db()
    assert agent.until == clock.today()
    address = reverse("reports:report", args=[society.code, 2020])
    assert browser_of(cast.chair).get(address).status_code == 404
    assert AnnualReport.objects.get(pk=report.pk).draft == report.draft


def test_a_clerk_of_another_township_invites_nobody(cast, browser_of):
    address = reverse("reports:access", args=[cast.far.cooperative.code])
    answer = browser_of(cast.clerk).post(address, {"person_name": "甲", "post": "staff"})
    assert answer.status_code == 404
    assert not AgentInvitation.objects.exists()
