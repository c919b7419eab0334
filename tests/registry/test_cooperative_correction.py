"""Setting facts right by hand: one transaction, two kinds of time, nothing typed is lost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import CooperativeKind, RowOutcome, TownshipBasis
from registry.forms.cooperatives import PLAIN
from registry.models import Cooperative, CooperativeVersion, FeedRow, Flag
from registry.operations.cooperatives import correct_cooperative
from tests.factories.accounts import unit
from tests.factories.registry import CooperativeFactory
from tests.registry.feeds import check, society, take_in

pytestmark = pytest.mark.django_db
CODE = society(1)["uscc"]
REASON = "核对营业执照副本"


@pytest.fixture
def stands(cast) -> Cooperative:
    """Return a society that came with the file of the first quarter of 2020."""
    with clock.on_day(dt.date(2020, 4, 9)):
        take_in([society(1), society(2)], by=cast.bureau, quarter="2020Q1")
    return Cooperative.objects.get(uscc=CODE)


def right(cast, cooperative, **changes) -> Cooperative:
    return correct_cooperative(
        cooperative, changes, REASON, by=cast.bureau, version=cooperative.version
    )


def form_of(cooperative: Cooperative, **changes) -> dict[str, str]:
    """Return what a browser sends for a society, with some fields changed."""
    sent = {name: getattr(cooperative, name) for name in PLAIN}
    sent |= {"township": cooperative.township_id, "phone": "", "version": cooperative.version}
    sent |= {"reason": REASON, **changes}
    return {name: "" if value is None else str(value) for name, value in sent.items()}


# -- the operation -----------------------------------------------------------------------------------


def test_a_correction_changes_the_fact_and_remembers_that_a_person_did(cast, stands):
    after = right(cast, stands, legal_representative="赵正", member_count=25)
    assert (after.legal_representative, after.member_count) == ("赵正", 25)
    assert after.corrected_fields == ["legal_representative", "member_count"]
    assert after.version == stands.version + 1


def test_history_keeps_what_was_true_and_what_was_known(cast, stands):
    before = clock.now()
    with clock.on_day(dt.date(2020, 5, 20)):
        right(cast, stands, legal_representative="赵正")
    versions = CooperativeVersion.objects.filter(cooperative=stands)
    old, past, present = versions.order_by("known_from", "true_from")
    day = dt.date(2020, 5, 20)
    assert (old.legal_representative, old.true_to) == ("王小1", None)
    assert old.known_to == past.known_from == present.known_from < before
    assert (past.legal_representative, past.true_from, past.true_to) == (
        "王小1",
        old.true_from,
        day,
    )
    assert past.known_to is None
    assert (past.delivery_id, past.row_id) == (old.delivery_id, old.row_id)
    assert (present.legal_representative, present.true_from, present.true_to) == ("赵正", day, None)
    assert (present.changed_by, present.reason) == (cast.bureau, REASON)
    assert present.changed == ["legal_representative"]
    assert present.delivery is None


def test_two_corrections_on_one_day_leave_no_version_that_lasts_no_time(cast, stands):
    first = right(cast, stands, member_count=25)
    right(cast, first, member_count=26)
    held = CooperativeVersion.objects.filter(cooperative=stands).known()
    assert [version.member_count for version in held.order_by("true_from")] == [20, 26]
    on_the_day = held.true_on(clock.today()).get()
    assert on_the_day.member_count == 26


def test_only_what_differs_is_a_correction(cast, stands):
    after = right(
        cast, stands, name=stands.name, total_contribution=Decimal(500_000), member_count=25
    )
    assert after.corrected_fields == ["member_count"]


def test_a_new_name_leaves_the_old_one_behind_and_is_found_by_its_initials(cast, stands):
    after = right(cast, stands, name="达州市通川区丰年农民专业合作社联合社")
    assert after.kind == CooperativeKind.UNION
    former = after.former_names.get()
    assert (former.name, former.until) == (stands.name, clock.today())
    for term in ("丰年", "第1号", "fnnm"):
        assert list(Cooperative.objects.matching(term)) == [after]


def test_a_new_address_finds_its_township_and_a_chosen_township_counts_as_decided(cast, stands):
    moved = right(cast, stands, domicile="四川省达州市通川区碑庙镇石笋村1组")
    assert moved.township == unit("碑庙镇")
    assert moved.township_basis == TownshipBasis.ADDRESS
    decided = right(cast, moved, township=unit("江陵镇"))
    assert decided.township_basis == TownshipBasis.PERSON
    assert "township" in decided.corrected_fields


def test_the_trail_keeps_before_and_after_with_the_reason_and_covers_telephones(cast, stands):
    right(cast, stands, member_count=25, contact_phone="13812345678")
    event = AuditEvent.objects.get(action=Action.EDIT_COOPERATIVE)
    assert event.reason == REASON
    assert event.detail["changes"] == {
        "成员总数": ["20", "25"],
        "联系电话": ["（空）", "138******78"],
    }


def test_a_correction_that_cures_a_suspicion_clears_it_at_once(cast, stands):
    wrong = right(cast, stands, member_count=3, farmer_member_count=3)
    assert Flag.objects.open().filter(cooperative=wrong, rule="R8").exists()
    right(cast, wrong, member_count=30, farmer_member_count=29)
    assert not Flag.objects.open().filter(cooperative=wrong, rule="R8").exists()


def test_a_later_file_does_not_overwrite_a_correction(cast, stands):
    right(cast, stands, legal_representative="赵正")
    lines = [society(1, legal_representative="钱误"), society(2)]
    job = check(lines, by=cast.bureau, quarter="2021Q1")
    assert job.counts["doubtful"] == 1
    assert FeedRow.objects.filter(delivery=job.delivery, outcome=RowOutcome.DOUBTFUL).count() == 1
    assert Cooperative.objects.get(uscc=CODE).legal_representative == "赵正"


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_reason_no_correction(cast, stands, reason):
    with pytest.raises(TransitionRefused, match="理由"):
        correct_cooperative(
            stands, {"member_count": 25}, reason, by=cast.bureau, version=stands.version
        )


def test_nothing_changed_is_said_and_leaves_no_trace(cast, stands):
    versions = CooperativeVersion.objects.count()
    with pytest.raises(TransitionRefused, match="没有改动"):
        right(cast, stands, member_count=stands.member_count)
    assert CooperativeVersion.objects.count() == versions
    assert not AuditEvent.objects.filter(action=Action.EDIT_COOPERATIVE).exists()


def test_the_second_of_two_who_edit_is_told(cast, stands):
    right(cast, stands, member_count=25)
    with pytest.raises(EditConflict) as conflict:
        right(cast, stands, member_count=30)
    assert conflict.value.fresh.member_count == 25


def test_a_code_that_another_society_carries_is_refused(cast, stands):
    other = CooperativeFactory(registration_no="511702000011223")
    with pytest.raises(TransitionRefused, match=other.name):
        right(cast, stands, registration_no="511702000011223")


def test_a_society_of_another_township_is_not_named_in_a_refusal(cast):
    near, far = cast.near.cooperative, cast.far.cooperative
    Cooperative.objects.filter(pk=far.pk).update(registration_no="511702000011223")
    with pytest.raises(TransitionRefused, match="另一家合作社") as refusal:
        correct_cooperative(
            near,
            {"registration_no": "511702000011223"},
            REASON,
            by=cast.clerk,
            version=near.version,
        )
    assert far.name not in str(refusal.value)


def test_a_society_cannot_lose_its_last_code(cast):
    society_ = CooperativeFactory(uscc=None, registration_no="511702000011223")
    with pytest.raises(TransitionRefused, match="不能同时为空"):
        right(cast, society_, registration_no="")


def test_a_clerk_cannot_move_a_society_out_of_the_own_township(cast):
    near = cast.near.cooperative
    changes = {"domicile": "四川省达州市通川区碑庙镇石笋村1组"}
    with pytest.raises(TransitionRefused, match="不再属于您的乡镇街道"):
        correct_cooperative(near, changes, REASON, by=cast.clerk, version=near.version)
    near.refresh_from_db()
    assert near.township == cast.near.township


@pytest.mark.parametrize("role", ["counsellor", "cooperative", "leader", "auditor", "liaison"])
def test_who_may_not_correct_is_refused(cast, role):
    near = cast.near.cooperative
    with pytest.raises(PermissionDenied):
        correct_cooperative(
            near, {"member_count": 9}, REASON, by=cast.of(role), version=near.version
        )


def test_if_the_trail_fails_the_correction_fails(cast, stands, monkeypatch):
    monkeypatch.setattr(audit, "record", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        right(cast, stands, member_count=25)
    stands.refresh_from_db()
    assert stands.member_count == 20


# -- the page ------------------------------------------------------------------------------------


@pytest.fixture
def edit(cast, browser_of, stands):
    """Return a sender of the form."""

    def send(user=None, **changes):
        url = reverse("registry:cooperative-edit", args=[CODE])
        return browser_of(user or cast.bureau).post(url, form_of(stands, **changes))

    return send


def test_the_form_saves_and_returns_to_the_society(edit, stands):
    answer = edit(member_count="25", established_on="2016-01-02")
    assert answer.status_code == 302, answer.context["form"].errors
    after = Cooperative.objects.get(pk=stands.pk)
    assert (after.member_count, after.established_on) == (25, dt.date(2016, 1, 2))
    assert after.corrected_fields == ["member_count", "established_on"]


def test_line_ends_of_a_browser_are_no_change(edit, stands):
    Cooperative.objects.filter(pk=stands.pk).update(business_scope="种植\n销售")
    assert edit(business_scope="种植\r\n销售").status_code == 422


def test_the_telephone_stays_unless_it_is_touched(cast, edit, stands, browser_of):
    Cooperative.objects.filter(pk=stands.pk).update(contact_phone="13812345678")
    url = reverse("registry:cooperative-edit", args=[CODE])
    assert "13812345678" not in browser_of(cast.bureau).get(url).content.decode()
    edit(member_count="25")
    stands.refresh_from_db()
    assert stands.contact_phone == "13812345678"
    edit(phone="13900001111", version=stands.version)
    stands.refresh_from_db()
    assert stands.contact_phone == "13900001111"
    edit(phone_cleared="on", version=stands.version)
    stands.refresh_from_db()
    assert stands.contact_phone == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "更正理由"),
        ({"farmer_member_count": "21"}, "农民成员数不能多于成员总数"),
        ({"unit_member_count": "2"}, "之和不能多于成员总数"),
        ({"member_count": "-1"}, "人数不能为负数"),
        ({"established_on": "2030-01-01"}, "日期不能晚于今天"),
        ({"registration_no": "12"}, "注册号"),
        ({"name": ""}, "名称"),
    ],
)
def test_what_cannot_be_is_refused_in_words(edit, stands, changes, sentence):
    answer = edit(**changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Cooperative.objects.get(pk=stands.pk).version == stands.version


def test_who_saves_second_sees_both_texts_and_loses_nothing(cast, edit, stands):
    right(cast, stands, member_count=25)
    answer = edit(member_count="30", legal_representative="赵正")
    page = answer.content.decode()
    assert answer.status_code == 409
    clashes = {clash.label: (clash.mine, clash.theirs) for clash in answer.context["clashes"]}
    assert clashes["成员总数"] == ("30", "25")
    assert 'value="赵正"' in page
    assert f'value="{stands.version + 1}"' in page
    again = edit(member_count="30", legal_representative="赵正", version=stands.version + 1)
    assert again.status_code == 302


def test_a_clerk_is_not_offered_another_township(cast, browser_of):
    url = reverse("registry:cooperative-edit", args=[cast.near.cooperative.code])
    assert 'name="township"' not in browser_of(cast.clerk).get(url).content.decode()
    far = reverse("registry:cooperative-edit", args=[cast.far.cooperative.code])
    assert browser_of(cast.clerk).get(far).status_code == 404


def test_a_society_without_a_new_code_can_be_given_one(cast, browser_of):
    old = CooperativeFactory(uscc=None, registration_no="511702000011223")
    url = reverse("registry:cooperative-edit", args=[old.code])
    browser = browser_of(cast.bureau)
    wrong = browser.post(url, form_of(old, uscc=CODE[:-1] + ("1" if CODE[-1] != "1" else "2")))
    assert wrong.status_code == 422
    answer = browser.post(url, form_of(old, uscc=CODE))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("registry:cooperative-detail", args=[CODE])
