"""Issued minutes stay as issued, whatever units, bodies and people are called later."""

import datetime as dt
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from django.db.utils import IntegrityError
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import OrganisationUnit
from common import clock
from liaison.meeting_choices import ConsentAnswer, CopyLabel, DecisionState, MinutesState, Presence
from liaison.minutes_paper import facts_of
from liaison.models import Consent, CoordinationBody, Decision, MeetingUnit, Minutes
from liaison.operations.minutes import issue_minutes
from tests.factories.accounts import unit
from tests.factories.meetings import BodyFactory, MeetingFactory, decision_of, minutes_of

pytestmark = pytest.mark.django_db
THERE = ("农业农村局", "市场监管局", "税务局", "财政局", "水务局")


@pytest.fixture
def signed():
    """Signed minutes: four units present, one on leave, one silent, two decisions."""
    body = BodyFactory(name="通川区联席会议", office=unit("农业农村局"), copy_to="各成员单位")
    meeting = MeetingFactory(body=body, held_on=dt.date(2021, 4, 22), quarter="2021Q2")
    made = minutes_of(meeting, [unit(name) for name in THERE], state=MinutesState.SIGNED)
    Minutes.objects.filter(pk=made.pk).update(signer="张永贵", signed_on=clock.today())
    meeting.units.filter(unit=unit("水务局")).update(presence=Presence.LEAVE, post="副局长")
    asked = Consent.objects.of(made)
    asked.update(answer=ConsentAnswer.AGREED)
    asked.filter(unit=unit("税务局")).update(answer=ConsentAnswer.SILENT)
    for text in ("核对名单", "报送清单"):
        decision = decision_of(made, unit("市场监管局"), text=text, state=DecisionState.DRAFT)
        decision.helpers.set([unit("财政局"), unit("税务局")])
    made.refresh_from_db()
    return made


@pytest.fixture
def issued(signed, cast):
    issue_minutes(signed, by=cast.bureau)
    return signed


def rename_everything(minutes):
    """Give the body, its units, who came and the day of a decision other names."""
    CoordinationBody.objects.update(
        name="改名后的会议", copy_up="市委", copy_to="改过", copy_label=CopyLabel.COPY_UP
    )
    for each in OrganisationUnit.objects.all():
        each.name = f"改名后的{each.code}"
        each.save()
    MeetingUnit.objects.update(person="赵六", post="改任", presence=Presence.SITTING_IN)
    minutes.meeting.__class__.objects.update(chair="改名", place="改地点")
    first = Decision.objects.filter(meeting=minutes.meeting).order_by("pk").first()
    Decision.objects.filter(pk=first.pk).update(due_on=dt.date(2022, 1, 1))


def words(content):
    pages = PdfReader(BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_the_pdf_of_issued_minutes_stays_as_issued(cast, browser_of, issued):
    client, address = (
        browser_of(cast.bureau),
        reverse("liaison:minutes-pdf", args=[issued.meeting_id]),
    )
    before = client.get(address).content
    rename_everything(issued)
    assert client.get(address).content == before
    read = words(before)
    assert "区农业农村局王五；" in read
    assert read.index("核对名单") < read.index("报送清单")


def test_the_page_of_issued_minutes_tells_what_was_issued(cast, browser_of, issued):
    rename_everything(issued)
    page = browser_of(cast.bureau).get(reverse("liaison:minutes-detail", args=[issued.meeting_id]))
    shown = page.content.decode()
    assert "通川区联席会议2021年二季度例会纪要" in shown
    assert "区农业农村局 王五；" in shown
    assert "牵头单位：区市场监督管理局" in shown
    assert "赵六" not in shown
    assert "区委、区政府" in shown
    assert "市委" not in shown
    assert "印发后，完成时限已调整为2022年1月1日" in shown


def test_programs_read_the_name_that_was_issued(cast, browser_of, issued):
    rename_everything(issued)
    answer = browser_of(cast.bureau).get(f"/api/v1/minutes/{issued.pk}/")
    assert answer.json()["title"] == "通川区联席会议2021年二季度例会纪要"


def test_what_is_not_issued_tells_what_is_true_now(signed):
    rename_everything(signed)
    told = facts_of(Minutes.objects.get(pk=signed.pk))
    assert told["title"] == "改名后的会议纪要"
    assert told["copying"] == ["抄报", "市委"]


def test_minutes_are_not_issued_without_their_words(cast, signed):
    issued = {"number": "一号", "issued_on": clock.today(), "paper": cast.near.paper}
    with pytest.raises(IntegrityError):
        Minutes.objects.filter(pk=signed.pk).update(state=MinutesState.ISSUED, **issued)


def test_minutes_issued_before_keep_what_is_true_at_the_upgrade(
    cast, signed, monkeypatch, django_assert_num_queries
):
    """The step of the migration writes what an issue would have written."""
    Minutes.objects.filter(pk=signed.pk).update(override_reason="时间紧迫")
    migration = import_module("liaison.migrations.0013_minutes_as_issued")
    monkeypatch.setattr(migration, "ISSUED", (MinutesState.SIGNED,))

    class Editor:
        """What the step asks of a schema editor."""

        connection = connection

    body = BodyFactory(name="另一会议", office=cast.near.township, kind="township_group")
    other = minutes_of(MeetingFactory(body=body), [body.office], state=MinutesState.SIGNED)
    with django_assert_num_queries(8):
        migration.write_down(apps, Editor())
    for row in (signed, other):
        row.refresh_from_db()
    now = facts_of(signed)
    assert "税务局在规定期限内未答复" in now["consent"]
    assert signed.frozen == {**now, "attendance": [list(each) for each in now["attendance"]]}
    assert other.frozen["issuer"] == f"{cast.near.township.name}领导小组办公室"
    issue_minutes(signed, by=cast.bureau)
    written = Minutes.objects.get(pk=signed.pk).content
    assert written == signed.content
