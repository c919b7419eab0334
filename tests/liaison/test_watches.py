"""The watch against illegal fund-raising: its table, its secrecy, what it derives, what it changes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent, OrganisationUnit
from accounts.operations.attachments import AttachmentRefused, attach_file
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from demonstration.innovation_choices import Innovation, InnovationKind
from demonstration.models import DemonstrationTitle
from liaison.models import FundWatch
from liaison.operations.watches import (
    check_watch,
    clear_watch,
    derive_watches,
    note_watch,
    refer_watch,
    reopen_watch,
)
from liaison.tasks import note_fund_signs
from liaison.watch_choices import WatchOrigin, WatchSign, WatchState
from liaison.workflows import WATCH
from registry.models import Cooperative, CooperativeAgent
from tests.factories.demonstration import InnovationFactory
from tests.factories.files import photo_upload
from tests.flows import outcome
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
SECRET = "外村村民交款取得会员卡"


def noted(cast, **changes):
    facts = {"sign": WatchSign.OUTSIDERS, "content": SECRET, "noted_on": clock.today()}
    return note_watch(cast.near.cooperative, {**facts, **changes}, by=cast.bureau)


def credit(society, **changes):
    facts = {"outsiders": 0, "fixed_return": Decimal(0), **changes}
    return InnovationFactory(
        cooperative=society, kind=InnovationKind.CREDIT, what=Innovation.MUTUAL_FUND, **facts
    )


def referral(**changes):
    return {
        "referred_to": OrganisationUnit.objects.get(code="jrb"),
        "referred_on": clock.today(),
        "referral_number": "通农函〔2021〕23号",
        **changes,
    }


@pytest.mark.parametrize("source", WatchState)
def test_only_what_the_table_allows_ever_moves(cast, source):
    watch = noted(cast)
    FundWatch.objects.filter(pk=watch.pk).update(
        state=source, finding="属实", checked_on=clock.today(), **referral()
    )
    arrows = {arrow.target for arrow in WATCH.leaving(source)}
    for target in WatchState:
        for role in Role:
            allowed = "moved" if role == Role.BUREAU else "forbidden"
            expected = allowed if target in arrows else "refused"
            held = FundWatch.objects.get(pk=watch.pk)
            answer = outcome(WATCH, held, target, cast.of(role), **referral())
            assert answer == expected, (target, role)


def test_a_sign_is_looked_into_and_referred_with_day_and_number(cast):
    watch = noted(cast)
    with pytest.raises(TransitionRefused, match="理由"):
        check_watch(watch, " ", by=cast.bureau)
    check_watch(watch, "核对收据属实", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="移送日期"):
        refer_watch(
            watch, referral(referred_on=clock.today() + dt.timedelta(days=1)), by=cast.bureau
        )
    refer_watch(watch, referral(), by=cast.bureau)
    assert (watch.state, watch.referred_to.code) == (WatchState.REFERRED, "jrb")
    with pytest.raises(TransitionRefused):
        refer_watch(watch, referral(), by=cast.bureau)


def test_no_concern_needs_its_reason_and_may_be_looked_into_again(cast):
    watch = noted(cast)
    check_watch(watch, "只在成员内部", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="理由"):
        clear_watch(watch, "", by=cast.bureau)
    clear_watch(watch, "台账齐全", by=cast.bureau)
    assert not FundWatch.objects.open().exists()
    reopen_watch(watch, "又有反映", by=cast.bureau)
    assert FundWatch.objects.open().get() == watch


def test_two_who_decide_at_once_decide_once(cast):
    watch = noted(cast)
    same = FundWatch.objects.get(pk=watch.pk)
    check_watch(watch, "属实", by=cast.bureau)
    with pytest.raises(TransitionRefused):
        check_watch(same, "不属实", by=cast.bureau)
    assert FundWatch.objects.get().finding == "属实"


def test_the_same_words_about_a_society_are_noted_once(cast):
    noted(cast)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        noted(cast)
    with pytest.raises(TransitionRefused, match="发现日期"):
        noted(cast, noted_on=clock.today() + dt.timedelta(days=1))


def test_lines_about_credit_say_themselves_what_is_a_sign_and_only_once(cast):
    society, other = cast.near.cooperative, cast.far.cooperative
    sound = credit(society)
    blank = credit(other, outsiders=None, fixed_return=None)
    both = credit(society, year=2020, outsiders=1, fixed_return=Decimal("0.01"))
    assert derive_watches(by=cast.bureau) == 2
    assert derive_watches(by=cast.bureau) == 0
    note_fund_signs()
    found = FundWatch.objects.all()
    assert {(each.entry, each.sign) for each in found} == {
        (both, WatchSign.BEYOND_MEMBERS),
        (both, WatchSign.FIXED_RETURN),
    }
    assert {each.origin for each in found} == {WatchOrigin.DERIVED}
    assert not found.filter(entry__in=(sound, blank)).exists()
    assert AuditEvent.objects.filter(action="fund-watches-derived").count() == 1


def test_deriving_costs_the_same_however_many(cast, django_assert_max_num_queries):
    for year in range(2008, 2020):
        credit(cast.near.cooperative, year=year, outsiders=2)
    with django_assert_max_num_queries(14):
        assert derive_watches(by=cast.bureau) == 12


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BUREAU])
def test_nobody_but_the_bureau_notes_or_derives(cast, role):
    facts = {"sign": WatchSign.LENDING, "content": "放贷", "noted_on": clock.today()}
    with pytest.raises(PermissionDenied):
        note_watch(cast.near.cooperative, facts, by=cast.of(role))
    with pytest.raises(PermissionDenied):
        derive_watches(by=cast.of(role))


@pytest.mark.parametrize("role", Role)
def test_who_has_no_right_sees_nothing_of_it_anywhere(cast, browser_of, role):
    watch = noted(cast)
    client, code = browser_of(cast.of(role)), watch.cooperative.code
    sees = role in (Role.BUREAU, Role.AUDITOR)
    address = reverse("liaison:watch-detail", args=[watch.pk])
    assert client.get(address).status_code == (200 if sees else 403)
    for page in (
        f"/registry/{code}/",
        f"/registry/{code}/timeline/",
        f"/demonstration/innovations/{code}/",
        f"/api/v1/cooperatives/{code}/",
        "/public/",
        "/public/titles/",
    ):
        told = client.get(page).content.decode()
        assert SECRET not in told
        assert sees or "集资风险" not in told, page


def test_who_speaks_for_the_society_never_sees_its_signs_even_with_the_right(cast, browser_of):
    watch = noted(cast)
    CooperativeAgent.objects.create(
        cooperative=watch.cooperative, user=cast.bureau, since=clock.today()
    )
    assert not FundWatch.objects.permitted(cast.bureau, Action.VIEW_FUND_WATCH).exists()
    missing = browser_of(cast.bureau).get("/liaison/watches/999999/")
    held = browser_of(cast.bureau).get(reverse("liaison:watch-detail", args=[watch.pk]))
    assert (held.status_code, missing.status_code) == (404, 404)


def test_a_sign_changes_neither_status_nor_titles(cast):
    title, society = cast.near.title, cast.near.cooperative
    before = (
        Cooperative.objects.filter(pk=society.pk).values().get(),
        DemonstrationTitle.objects.filter(pk=title.pk).values().get(),
    )
    watch = noted(cast)
    check_watch(watch, "属实", by=cast.bureau)
    refer_watch(watch, referral(), by=cast.bureau)
    after = (
        Cooperative.objects.filter(pk=society.pk).values().get(),
        DemonstrationTitle.objects.filter(pk=title.pk).values().get(),
    )
    assert after == before


def test_the_trail_names_the_sign_by_its_number_alone(cast):
    noted(cast)
    kept = AuditEvent.objects.filter(subject_kind="liaison.fundwatch")
    assert kept.exists()
    assert not any(SECRET in str(vars(event)) for event in kept)


def test_open_signs_are_a_duty_of_the_bureau_alone(cast):
    watch = noted(cast)
    titles = {role: [duty.title for duty in duties_of(cast.of(role))] for role in Role}
    having = {role for role, found in titles.items() if any("集资风险" in t for t in found)}
    assert having == {Role.BUREAU}
    check_watch(watch, "属实", by=cast.bureau)
    refer_watch(watch, referral(), by=cast.bureau)
    assert not any("集资风险" in duty.title for duty in duties_of(cast.bureau))


def test_a_sign_goes_through_its_pages(cast, browser_of):
    client, society = browser_of(cast.bureau), cast.near.cooperative
    new = reverse("liaison:watch-create", args=[society.code])
    assert client.post(new, {"sign": "unpaid", "content": ""}).status_code == 422
    typed = {"sign": "unpaid", "content": "到期未退", "noted_on": clock.today().isoformat()}
    assert client.post(new, typed).status_code == 302
    watch = FundWatch.objects.get()

    def press(name, **more):
        watch.refresh_from_db()
        client.post(
            reverse(f"liaison:watch-{name}", args=[watch.pk]), {"version": watch.version, **more}
        )
        watch.refresh_from_db()
        return watch.state

    assert press("check", reason="查明属实") == WatchState.CHECKED
    assert press("refer", referred_to="", referral_number="") == WatchState.CHECKED
    office = referral()["referred_to"]
    assert (
        press(
            "refer",
            referred_to=office.pk,
            referred_on=clock.today().isoformat(),
            referral_number="1号",
        )
        == WatchState.REFERRED
    )
    page = client.get(reverse("liaison:watch-detail", args=[watch.pk])).content.decode()
    assert office.name in page
    assert "1号" in page


def referred(cast):
    watch = noted(cast)
    check_watch(watch, "已核对收据", by=cast.bureau)
    refer_watch(watch, referral(), by=cast.bureau)
    return watch


def test_the_letter_of_a_referral_is_kept_with_it_and_as_secret(cast, browser_of):
    watch = noted(cast)
    check_watch(watch, "已核对收据", by=cast.bureau)
    with pytest.raises(AttachmentRefused, match="移送以后"):
        attach_file(watch, photo_upload(), purpose="移送函扫描件", by=cast.bureau)
    office = browser_of(cast.bureau)
    typed = {**referral(), "referred_to": referral()["referred_to"].pk, "version": watch.version}
    refer = reverse("liaison:watch-refer", args=[watch.pk])
    office.post(refer, {**typed, "letter": [photo_upload("移送函扫描件.jpg")]})
    letter = Attachment.objects.of(watch).get()
    here = reverse("liaison:watch-detail", args=[watch.pk])
    assert letter.filename == "移送函扫描件.jpg"
    assert (
        reverse("accounts:attachment-small", args=[letter.pk]) in office.get(here).content.decode()
    )
    file = reverse("accounts:attachment-file", args=[letter.pk])
    assert office.get(file).status_code == 200
    assert browser_of(cast.auditor).get(file).status_code == 200
    for person in (cast.clerk, cast.chair, cast.liaison, cast.leader):
        assert browser_of(person).get(file).status_code == 404


def test_a_scan_that_comes_later_is_added_and_a_spoilt_one_refused(cast, browser_of):
    watch = referred(cast)
    office = browser_of(cast.bureau)
    url = reverse("liaison:watch-letter", args=[watch.pk])
    office.post(url, {"letter": [SimpleUploadedFile("空.pdf", b"no such file")]})
    office.post(url, {})
    assert not Attachment.objects.of(watch).exists()
    office.post(url, {"letter": [photo_upload()]})
    assert Attachment.objects.of(watch).count() == 1
    assert browser_of(cast.auditor).post(url, {"letter": [photo_upload()]}).status_code == 403
