"""A typical case is written, reviewed and published; the public reads it when its society agreed."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent, NoticeReceipt
from accounts.operations.attachments import AttachmentRefused, attach_file
from accounts.operations.transitions import advance
from accounts.policy import GRANTS, Action, Reach
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.exemplar_choices import ExemplarKind, ExemplarState
from liaison.exemplar_flows import EXEMPLAR
from liaison.forms.exemplars import ExemplarForm
from liaison.models import Exemplar
from liaison.operations.exemplars import (
    approve_exemplar,
    edit_exemplar,
    end_consent,
    publish_exemplar,
    record_consent,
    return_exemplar,
    revive_exemplar,
    submit_exemplar,
    withdraw_exemplar,
    write_exemplar,
)
from tests.factories.exemplars import ExemplarFactory
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory
from tests.factories.sponsorships import SponsorshipFactory
from tests.test_home import duty_named

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24
E = ExemplarState


def facts(**changes):
    return {
        "title": "账目上墙",
        "kind": ExemplarKind.SOCIETY,
        "summary": "每季公开账目",
        "practice": "每季张贴收支",
        "results": "成员交售增加",
        "lessons": "看得到账才信得过社",
        "cooperative": None,
        "township": None,
        **changes,
    }


def written(cast, *, to=E.DRAFT, **changes):
    """Return a case of the near clerk's about the near society, as far as it is asked for."""
    row = write_exemplar(facts(cooperative=cast.near.cooperative, **changes), by=cast.clerk)
    order = (E.DRAFT, E.SUBMITTED, E.APPROVED, E.PUBLISHED)
    if order.index(to) >= 1:
        submit_exemplar(row, by=cast.clerk)
    if order.index(to) >= 2:
        approve_exemplar(row, by=cast.bureau)
    if order.index(to) >= 3:
        publish_exemplar(row, open_to_public=False, by=cast.bureau)
    return row


def agree(row, by, *, on=None, who="理事长"):
    record_consent(row, on or clock.today(), who, version=row.version, by=by)


def public_page():
    return Client().get(reverse("public-exemplars")).content.decode()


def test_a_case_goes_from_its_writer_to_everybody(cast):
    row = written(cast)
    assert (row.unit, row.township) == (cast.near.township, cast.near.cooperative.township)
    submit_exemplar(row, by=cast.clerk)
    told = NoticeReceipt.objects.of(cast.bureau).values_list("notice__title", flat=True)
    assert "罗江镇报送典型案例：账目上墙" in told
    return_exemplar(row, reason="成效要有依据", by=cast.bureau)
    told = NoticeReceipt.objects.of(cast.clerk).values_list("notice__title", flat=True)
    assert "典型案例退回修改：账目上墙" in told
    edit_exemplar(row, facts(results="附台账"), version=row.version, by=cast.clerk)
    submit_exemplar(row, by=cast.clerk)
    approve_exemplar(row, by=cast.bureau)
    assert row not in Exemplar.objects.permitted(cast.far.clerk, Action.VIEW_EXEMPLAR)
    publish_exemplar(row, open_to_public=False, by=cast.bureau)
    assert (row.state, row.published_on) == (E.PUBLISHED, clock.today())
    for role in Role:
        reach = Exemplar.objects.permitted(cast.of(role), Action.VIEW_EXEMPLAR)
        assert reach.exists() == (GRANTS[Action.VIEW_EXEMPLAR].get(role, Reach.NONE) > Reach.NONE)
    deeds = list(AuditEvent.objects.values_list("action", flat=True))
    assert [deeds.count(deed) for deed in ("exemplar-written", "exemplar-changed")] == [1, 1]


@pytest.mark.parametrize("state", [E.DRAFT, E.SUBMITTED, E.APPROVED, E.WITHDRAWN])
def test_what_is_not_published_is_its_own_peoples_matter(cast, state):
    ExemplarFactory(
        unit=cast.near.township,
        township=cast.near.township,
        cooperative=cast.near.cooperative,
        state=state,
    )

    def sees(person):
        return Exemplar.objects.permitted(person, Action.VIEW_EXEMPLAR).exists()

    assert sees(cast.clerk)
    assert sees(cast.bureau)
    assert sees(cast.chair) == (state != E.DRAFT)
    for stranger in (cast.far.clerk, cast.far.chair, cast.liaison, cast.far.counsellor):
        assert not sees(stranger)


@pytest.mark.parametrize("gap", ["practice", "results", "lessons"])
def test_an_unfinished_case_is_not_handed_up(cast, gap):
    row = write_exemplar(facts(**{gap: ""}), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="没有写齐"):
        submit_exemplar(row, by=cast.clerk)


def test_a_title_is_taken_once_in_a_unit_and_free_again_when_dropped(cast):
    row = write_exemplar(facts(), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="同名的案例"):
        write_exemplar(facts(), by=cast.clerk)
    other = write_exemplar(facts(), by=cast.far.clerk)
    assert other.pk != row.pk
    withdraw_exemplar(row, reason="写重了", by=cast.clerk)
    write_exemplar(facts(), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="同名的案例"):
        revive_exemplar(row, by=cast.clerk)
    row.refresh_from_db()
    assert row.state == E.WITHDRAWN


def test_two_who_edit_a_draft_do_not_overwrite_each_other(cast):
    row = written(cast)
    edit_exemplar(row, facts(summary="先改"), version=1, by=cast.clerk)
    with pytest.raises(EditConflict):
        edit_exemplar(row, facts(summary="后改"), version=1, by=cast.clerk)
    row.refresh_from_db()
    assert row.summary == "先改"
    with pytest.raises(PermissionDenied):
        edit_exemplar(row, facts(), version=row.version, by=cast.far.clerk)
    with pytest.raises(PermissionDenied):
        edit_exemplar(row, facts(), version=row.version, by=cast.counsellor)
    submit_exemplar(row, by=cast.clerk)
    with pytest.raises(TransitionRefused, match="不能再改"):
        edit_exemplar(row, facts(), version=row.version, by=cast.clerk)


def test_each_step_is_taken_by_who_has_the_right_and_nobody_else(cast):
    for arrow, role in itertools.product(EXEMPLAR.transitions, Role):
        person = cast.of(role)
        row = ExemplarFactory(unit=person.unit or cast.near.township, state=arrow.source)
        step = {"by": person, "reason": "理由", "published_on": clock.today()}
        if role in GRANTS[arrow.action]:
            advance(EXEMPLAR, row, arrow.target, **step)
            assert row.state == arrow.target
        else:
            with pytest.raises(PermissionDenied):
                advance(EXEMPLAR, row, arrow.target, **step)


def test_without_consent_of_its_society_no_case_is_public(cast):
    row = written(cast, to=E.APPROVED)
    with pytest.raises(TransitionRefused, match="没有登记合作社同意"):
        publish_exemplar(row, open_to_public=True, by=cast.bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemplar.objects.filter(pk=row.pk).update(open_to_public=True)
    publish_exemplar(row, open_to_public=False, by=cast.bureau)
    assert row.title not in public_page()
    agree(row, cast.clerk)
    assert row.title not in public_page()
    publish_exemplar(row, open_to_public=True, by=cast.bureau)
    assert row.is_public
    assert row.title in public_page()
    end_consent(row, reason="合作社改变主意", version=row.version, by=cast.clerk)
    assert (row.open_to_public, row.consented_by) == (False, "")
    assert row.title not in public_page()


def test_a_case_about_no_society_needs_no_consent(cast):
    row = write_exemplar(facts(), by=cast.clerk)
    submit_exemplar(row, by=cast.clerk)
    with pytest.raises(TransitionRefused, match="不需要登记"):
        agree(row, cast.clerk)
    approve_exemplar(row, by=cast.bureau)
    publish_exemplar(row, open_to_public=True, by=cast.bureau)
    assert row.title in public_page()
    withdraw_exemplar(row, reason="情况有变", by=cast.bureau)
    assert row.title not in public_page()


def test_a_consent_holds_for_the_text_that_was_read(cast):
    row = written(cast)
    with pytest.raises(TransitionRefused, match="定稿"):
        agree(row, cast.clerk)
    submit_exemplar(row, by=cast.clerk)
    with pytest.raises(TransitionRefused, match="不能晚于今天"):
        agree(row, cast.clerk, on=clock.today() + dt.timedelta(days=1))
    with pytest.raises(TransitionRefused, match="填写代表"):
        agree(row, cast.clerk, who=" ")
    agree(row, cast.clerk)
    return_exemplar(row, reason="补数字", by=cast.bureau)
    assert (row.consented_on, row.consented_by) == (None, "")


def test_a_stale_page_records_no_consent(cast):
    row = written(cast, to=E.APPROVED)
    with pytest.raises(EditConflict):
        record_consent(row, clock.today(), "理事长", version=row.version - 1, by=cast.clerk)
    agree(row, cast.clerk)
    with pytest.raises(EditConflict):
        end_consent(row, reason="反悔", version=row.version - 1, by=cast.clerk)
    with pytest.raises(PermissionDenied):
        end_consent(row, reason="反悔", version=row.version, by=cast.far.clerk)


def test_strangers_read_the_white_list_and_no_more(cast):
    row = written(cast, to=E.APPROVED)
    agree(row, cast.clerk, who="不公开的同意人")
    publish_exemplar(row, open_to_public=True, by=cast.bureau)
    page = public_page()
    for shown in (row.title, row.practice, row.results, row.lessons, row.cooperative.name):
        assert shown in page
    for hidden in ("不公开的同意人", str(cast.clerk), row.cooperative.code):
        assert hidden not in page


def test_files_follow_the_case_and_are_locked_with_its_text(cast):
    row = written(cast)
    attach_file(row, photo_upload(), purpose="典型案例材料", by=cast.clerk)
    with pytest.raises(PermissionDenied):
        attach_file(row, photo_upload(), purpose="典型案例材料", by=cast.far.clerk)
    submit_exemplar(row, by=cast.clerk)
    with pytest.raises(AttachmentRefused, match="已经提交或撤下"):
        attach_file(row, photo_upload(), purpose="典型案例材料", by=cast.clerk)


def test_a_department_names_the_society_that_it_sponsors_and_no_other(cast):
    sponsored, other = CooperativeFactory(), CooperativeFactory()
    SponsorshipFactory(cooperative=sponsored, department=cast.near.department)
    typed = {key: value or "" for key, value in facts().items()}

    def form(society):
        return ExemplarForm({**typed, "cooperative": society.code}, user=cast.liaison)

    assert form(sponsored).is_valid()
    assert "cooperative" in form(other).errors


def test_the_pages_walk_a_case_through_its_steps(cast, browser_of):
    clerk, office = browser_of(cast.clerk), browser_of(cast.bureau)
    typed = {key: value or "" for key, value in facts().items()}
    typed |= {"cooperative": cast.near.cooperative.code, "evidence": [photo_upload()]}
    answer = clerk.post(reverse("liaison:exemplar-create"), typed)
    row = Exemplar.objects.get()
    assert answer.url == reverse("liaison:exemplar-detail", args=[row.pk])
    assert Attachment.objects.of(row).count() == 1

    def post(client, name, **more):
        row.refresh_from_db()
        url = reverse(f"liaison:exemplar-{name}", args=[row.pk])
        said = client.post(url, {"version": row.version, **more})
        row.refresh_from_db()
        return said

    post(clerk, "edit", **{**typed, "title": "改过的标题", "evidence": []})
    assert row.title == "改过的标题"
    post(clerk, "drop", reason="再想想")
    post(clerk, "drop")
    assert row.state == E.DRAFT
    post(clerk, "submit")
    assert duty_named(cast.bureau, "典型案例待审核")
    post(office, "review", target="drafted", reason="补依据")
    post(clerk, "submit")
    post(office, "review", target="vetted")
    post(clerk, "consent", consented_on="2021-06-30", consented_by="理事长")
    post(office, "publish", open_to_public="on")
    assert row.is_public
    assert "改过的标题" in public_page()
    post(clerk, "end-consent", reason="合作社要求")
    post(office, "review", target="taken_back", reason="情况有变")
    assert row.state == E.WITHDRAWN
    page = clerk.get(reverse("liaison:exemplar-list")).content.decode()
    assert "改过的标题" not in page
    page = clerk.get(f"{reverse('liaison:exemplar-list')}?state=taken_back").content.decode()
    assert "改过的标题" in page


def test_a_stale_step_of_the_page_is_refused(cast, browser_of):
    row = written(cast)
    url = reverse("liaison:exemplar-submit", args=[row.pk])
    browser_of(cast.clerk).post(url, {"version": row.version + 5})
    row.refresh_from_db()
    assert row.state == E.DRAFT


def test_the_list_is_narrowed_and_costs_the_same_however_long(
    cast, browser_of, django_assert_max_num_queries
):
    ExemplarFactory.create_batch(12, unit=cast.near.township, state=E.PUBLISHED)
    one = ExemplarFactory(title="三方见面", kind=ExemplarKind.CLEANUP, township=cast.near.township)
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("liaison:exemplar-list"))
    assert page.context["number"] == 13
    for query in (
        "q=三方",
        "kind=cleanup",
        f"township={cast.near.township.code}",
        "state=handed_up",
    ):
        found = client.get(f"{reverse('liaison:exemplar-list')}?{query}").context["page"].rows
        assert list(found) == [one]
