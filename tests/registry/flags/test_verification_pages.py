"""The pages of a verification: what the verifier, the office and the society see and send."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from registry.choices import FlagLabel, FlagState
from registry.flags.catalogue import RULES
from registry.models import Flag
from tests.cast import Cast
from tests.factories.registry import FlagFactory
from tests.registry.flags.societies import TODAY
from tests.registry.flags.test_verification import LATER, flag_in, photo
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
LIST = reverse("registry:flag-list")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def in_hand(cast: Cast) -> Flag:
    flag = flag_in(FlagState.CHECKING, cast.near.cooperative, cast.near.counsellor)
    Flag.objects.filter(pk=flag.pk).update(
        rule="R8", evidence={"members": 4, "minimum": 5, "kind": "cooperative"}
    )
    flag.refresh_from_db()
    return flag


def words(page: str) -> str:
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", main))


def test_a_society_reads_what_is_asked_and_neither_rule_nor_label(
    cast: Cast, in_hand: Flag
) -> None:
    client = signed_in(cast.near.chair)
    forbidden = {"疑似", "线索", *(str(label.label) for label in FlagLabel)}
    forbidden |= {rule.title for rule in RULES}
    for name, arguments in (("matter-list", []), ("matter-detail", [in_hand.pk])):
        page = words(client.get(reverse(f"registry:{name}", args=arguments)).content.decode())
        assert "请核对本社现有成员人数" in page
        assert not {word for word in forbidden if word in page}
        assert not re.search(r"R\d", page)


def test_a_society_sees_nothing_before_a_person_has_taken_it_up(cast: Cast) -> None:
    flag = FlagFactory(cooperative=cast.near.cooperative)
    client = signed_in(cast.near.chair)
    assert client.get(reverse("registry:matter-detail", args=[flag.pk])).status_code == 404
    assert "没有需要说明的事项" in client.get(reverse("registry:matter-list")).content.decode()
    assert client.get(reverse("registry:flag-detail", args=[flag.pk])).status_code == 403


def test_an_answer_with_a_photo_reaches_the_verifier(cast: Cast, in_hand: Flag) -> None:
    address = reverse("registry:matter-answer", args=[in_hand.pk])
    sent = {"text": "成员已补到七名", "photos": [photo()]}
    assert signed_in(cast.near.chair).post(address, sent).status_code == 302
    page = signed_in(cast.near.counsellor).get(reverse("registry:flag-verify", args=[in_hand.pk]))
    assert "成员已补到七名" in page.content.decode()
    assert "attachment-photo" in page.content.decode()


def test_an_answer_that_cannot_be_taken_loses_nothing(cast: Cast, in_hand: Flag) -> None:
    address = reverse("registry:matter-answer", args=[in_hand.pk])
    answer = signed_in(cast.near.chair).post(address, {"text": " "})
    assert answer.status_code == 422
    assert in_hand.answers.count() == 0


def test_the_verifier_is_told_what_to_look_at(cast: Cast, in_hand: Flag) -> None:
    page = signed_in(cast.near.counsellor).get(reverse("registry:flag-verify", args=[in_hand.pk]))
    said = words(page.content.decode())
    assert "成员名册现有多少名成员" in said
    assert "登记的成员总数为4名" in said


def test_true_without_proof_is_refused_in_words_and_with_a_document_taken(
    cast: Cast, in_hand: Flag
) -> None:
    client = signed_in(cast.near.counsellor)
    address = reverse("registry:flag-verify", args=[in_hand.pk])
    typed = {"verdict": "confirmed", "conclusion": "只有四名成员", "version": in_hand.version}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "须有凭据" in refused.content.decode()
    assert "只有四名成员" in refused.content.decode()
    taken = client.post(address, typed | {"uploads": [photo()]}, follow=True)
    assert "已核实属实" in taken.content.decode()


def test_a_stale_conclusion_keeps_what_was_typed(cast: Cast, in_hand: Flag) -> None:
    client = signed_in(cast.near.counsellor)
    address = reverse("registry:flag-verify", args=[in_hand.pk])
    typed = {"verdict": "dismissed", "conclusion": "成员都在", "version": in_hand.version + 1}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert "成员都在" in answer.content.decode()


def test_a_counsellor_decides_only_what_was_given_to_her(cast: Cast, in_hand: Flag) -> None:
    Flag.objects.filter(pk=in_hand.pk).update(assigned_to=cast.near.clerk)
    address = reverse("registry:flag-verify", args=[in_hand.pk])
    assert signed_in(cast.near.counsellor).get(address).status_code == 404
    assert signed_in(cast.near.clerk).get(address).status_code == 200
    assert signed_in(cast.far.clerk).get(address).status_code == 404
    assert signed_in(cast.leader).get(address).status_code == 403


def test_the_office_ticks_suspicions_and_gives_them_away_on_the_next_page(cast: Cast) -> None:
    FlagFactory(cooperative=cast.near.cooperative)
    page = signed_in(cast.clerk).get(LIST).content.decode()
    assert "交办所选" in page
    assert "暂缓所选" in page
    assert 'name="item"' in page


def test_who_may_not_give_away_has_no_boxes(cast: Cast) -> None:
    FlagFactory(cooperative=cast.near.cooperative)
    assert "交办所选" not in signed_in(cast.leader).get(LIST).content.decode()


def test_one_suspicion_is_given_to_a_person_and_again_with_a_reason(cast: Cast) -> None:
    flag = FlagFactory(cooperative=cast.near.cooperative)
    client = signed_in(cast.clerk)
    address = reverse("registry:flag-assign", args=[flag.pk])
    sent = {"to": cast.near.counsellor.pk, "due_on": str(LATER), "version": flag.version}
    assert client.post(address, sent).status_code == 302
    flag.refresh_from_db()
    assert flag.assigned_to == cast.near.counsellor
    Flag.objects.filter(pk=flag.pk).update(
        state="dismissed",
        decided_by=cast.clerk,
        decided_at=TODAY.isoformat() + "T10:00+08:00",
        conclusion="在经营",
    )
    again = sent | {"version": flag.version}
    assert client.post(address, again).status_code == 422
    assert client.post(address, again | {"reason": "群众有新反映"}).status_code == 302


def test_the_home_page_counts_what_its_lists_hold(cast: Cast, in_hand: Flag) -> None:
    Flag.objects.filter(pk=in_hand.pk).update(due_on=TODAY - dt.timedelta(days=1))
    for person in (cast.near.counsellor, cast.near.chair, cast.clerk):
        client = signed_in(person)
        found = [duty for duty in duties_of(person) if "flags" in duty.url or "matters" in duty.url]
        assert found
        for duty in found:
            assert client.get(duty.url).context["number"] == duty.count


def test_a_deferral_and_its_early_end(cast: Cast, in_hand: Flag) -> None:
    client = signed_in(cast.near.counsellor)
    sent = {"until": str(LATER), "reason": "等收购季", "version": in_hand.version}
    told = client.post(reverse("registry:flag-defer", args=[in_hand.pk]), sent, follow=True)
    assert "暂缓至2021年8月9日" in words(told.content.decode())
    in_hand.refresh_from_db()
    back = client.post(
        reverse("registry:flag-resume", args=[in_hand.pk]),
        {"version": in_hand.version},
        follow=True,
    )
    assert "已恢复核实" in back.content.decode()
    wrong = client.post(reverse("registry:flag-defer", args=[in_hand.pk]), {"reason": "x"})
    assert wrong.status_code == 422


def test_what_was_found_true_offers_a_clean_up_case_to_who_may_open_one(
    cast: Cast, in_hand: Flag
) -> None:
    address = reverse("registry:flag-detail", args=[in_hand.pk])
    offer = "立清理整顿案件"
    assert offer not in signed_in(cast.clerk).get(address).content.decode()
    Flag.objects.filter(pk=in_hand.pk).update(
        state="confirmed",
        decided_by=cast.clerk,
        decided_at=TODAY.isoformat() + "T10:00+08:00",
        conclusion="只有四名成员",
    )
    page = signed_in(cast.clerk).get(address)
    assert offer in page.content.decode()
    assert signed_in(cast.clerk).get(page.context["case_url"]).status_code == 200
    assert offer not in signed_in(cast.counsellor).get(address).content.decode()
