"""Pages of visits: the plain form, confirming, reviewing, hints, promises, proposals, the phone's door."""

import datetime as dt
import hashlib
import io
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Attachment, AuditEvent, Notice
from registry.choices import FindingState
from registry.models import SiteFinding
from tests.factories.registry import FlagFactory
from tests.factories.training import (
    PromiseFactory,
    ProposalFactory,
    VisitFactory,
    VisitPhotoFactory,
    body_of,
)
from training.choices import PromiseState, ProposalKind, ProposalState, VisitState
from training.models import FieldKey, Promise, Visit, VisitPhoto
from training.operations.field import pack_for
from training.operations.hints import raise_hints
from training.operations.photos import likeness_of

MOST_QUERIES = 22


def picture(shade=0, size=(64, 48)):
    image = Image.new("RGB", size)
    image.putdata(
        [((x * 4 + shade) % 256, (y * 5) % 256, 90) for y in range(size[1]) for x in range(size[0])]
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture
def visit(cast):
    made: Visit = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
    return made


def at(name, visit):
    return reverse(f"training:{name}", args=[visit.key])


def plain(society, **said):
    body = body_of(society.code) | said
    return {
        name: value
        for name, value in body.items()
        if name not in {"answers", "promises", "photos", "place", "society"}
    }


def send(browser, rows, **more):
    content = json.dumps({"versions": rows, **more})
    return browser.post(reverse("training:field-sync"), content, content_type="application/json")


def row(society, **said):
    return {
        "id": str(uuid.uuid4()),
        "rev": str(uuid.uuid4()),
        "bases": [],
        "at": "2021-07-19T10:00:00+08:00",
        "body": body_of(society.code, **said),
    }


# -- the plain form ----------------------------------------------------------------------------------------


def test_the_plain_form_has_at_most_twelve_core_inputs_and_five_questions(cast, browser_of):
    page = browser_of(cast.counsellor).get(
        reverse("training:visit-create", args=[cast.near.cooperative.code])
    )
    assert len(page.context["form"].fields) <= 12
    assert 5 <= len(page.context["rows"]) <= 9


def test_the_plain_form_saves_once_however_often_it_is_sent(cast, browser_of):
    browser = browser_of(cast.counsellor)
    address = reverse("training:visit-create", args=[cast.near.cooperative.code])
    data = plain(cast.near.cooperative, key=str(uuid.uuid4()), revision=str(uuid.uuid4()))
    photo = SimpleUploadedFile("a.jpg", picture(), content_type="image/jpeg")
    assert browser.post(address, {**data, "photos": [photo]}).status_code == 302
    assert browser.post(address, data).status_code == 302
    visit = Visit.objects.get()
    assert Attachment.objects.of(visit).count() == 1


def test_a_refused_form_keeps_every_word(cast, browser_of):
    address = reverse("training:visit-create", args=[cast.near.cooperative.code])
    data = plain(cast.near.cooperative, visited_on="2021-08-20", problems="账目不清") | {
        "promise-0-text": "补报年报",
        "question": "ask:assembly",
        "question-0-key": "ask:assembly",
        "question-0-kind": "yes_no",
        "question-0-note": "去年腊月开过",
    }
    page = browser_of(cast.counsellor).post(address, data)
    assert page.status_code == 422
    text = page.content.decode()
    for word in ("账目不清", "补报年报", "去年腊月开过", "走访日期在今天之后"):
        assert word in text


def test_two_pages_that_change_the_same_lead_to_the_choice(cast, browser_of, visit):
    browser, base = browser_of(cast.counsellor), str(visit.head)
    for met in ("王五", "赵六"):
        data = plain(cast.near.cooperative, met=met, guidance=visit.guidance, base=base)
        answer = browser.post(at("visit-edit", visit), data)
    assert answer.url == at("visit-conflict", visit)
    page = browser.get(answer.url).content.decode()
    assert "王五" in page
    assert "赵六" in page
    browser.post(answer.url, {"take-met": "mine"})
    visit.refresh_from_db()
    assert visit.met == "赵六"


# -- both confirm, then it is locked ----------------------------------------------------------------------


def test_the_chair_confirms_and_the_visit_is_locked(cast, browser_of, visit):
    assert browser_of(cast.chair).post(at("visit-confirm", visit)).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.confirmed_by) == (VisitState.CONFIRMED, cast.chair.full_name)
    finding = SiteFinding.objects.get(visit_key=str(visit.key))
    assert finding.state == FindingState.SIGNED
    answer = browser_of(cast.counsellor).get(at("visit-edit", visit))
    assert answer.url == at("visit-detail", visit)


def test_a_visit_with_photos_under_way_is_not_confirmed(cast, browser_of, visit):
    VisitPhotoFactory(visit=visit)
    answer = browser_of(cast.chair).post(at("visit-confirm", visit))
    assert answer.status_code == 409
    assert "1 张照片没有传完" in answer.content.decode()


def test_the_signed_sheet_locks_only_with_its_photo(cast, browser_of, visit):
    browser = browser_of(cast.counsellor)
    refused = browser.post(at("visit-on-paper", visit), {"signer": "李四"})
    assert "请先上传" in refused.content.decode()
    photo = SimpleUploadedFile("单.jpg", picture(), content_type="image/jpeg")
    browser.post(at("visit-on-paper", visit), {"signer": "李四", "photos": [photo]})
    visit.refresh_from_db()
    assert (visit.state, visit.confirmed_by) == (VisitState.ON_PAPER, "李四")


def test_only_writer_and_reviewer_add_to_a_locked_visit(cast, browser_of, visit):
    browser_of(cast.chair).post(at("visit-confirm", visit))
    text = {"text": "补充：账簿在会计家"}
    assert browser_of(cast.chair).post(at("visit-addendum", visit), text).status_code == 409
    assert browser_of(cast.counsellor).post(at("visit-addendum", visit), text).status_code == 302
    assert visit.addenda.get().text == text["text"]


def test_a_void_visit_counts_nowhere(cast, browser_of, visit):
    raise_hints(visit)
    answer = browser_of(cast.bureau).post(at("visit-void", visit), {"reason": "重复填写"})
    assert answer.status_code == 302
    assert not Visit.objects.standing().exists()
    assert not SiteFinding.objects.standing().exists()


# -- hints: the writer first -------------------------------------------------------------------------------


def test_a_hint_is_shown_to_its_writer_first_and_then_to_the_reviewer_as_a_question(
    cast, browser_of, visit
):
    VisitFactory(cooperative=visit.cooperative, counsellor=cast.counsellor, guidance="x" * 20)
    same = VisitFactory(
        cooperative=visit.cooperative, counsellor=cast.counsellor, guidance="x" * 20
    )
    raise_hints(same)
    clerk, address = browser_of(cast.clerk), at("visit-detail", same)
    assert clerk.get(address).context["hints"] == []
    own = browser_of(cast.counsellor).get(address)
    assert [hint.code for hint in own.context["hints"]] == ["same_text"]
    hint = same.hints.get()
    browser_of(cast.counsellor).post(at("hint-reply", same), {"hint": hint.pk, "reply": "同类问题"})
    page = clerk.get(address).content.decode()
    assert "同类问题" in page
    assert "不是结论" in page
    assert browser_of(cast.chair).get(address).context["hints"] == []


def test_a_photo_that_came_before_is_noticed_even_scaled(cast, visit):
    other = VisitFactory(
        cooperative=visit.cooperative, counsellor=cast.counsellor, guidance="另一次"
    )
    scaled = Image.open(io.BytesIO(picture())).resize((32, 24))
    out = io.BytesIO()
    scaled.save(out, "JPEG")
    VisitPhotoFactory(visit=other, likeness=likeness_of(picture()))
    VisitPhotoFactory(visit=visit, likeness=likeness_of(out.getvalue()))
    raise_hints(visit)
    assert "几乎相同" in visit.hints.get(code="same_photo").says


def test_another_photo_is_not_taken_for_the_same(cast, visit):
    noise = Image.effect_noise((64, 48), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG")
    other = VisitFactory(
        cooperative=visit.cooperative, counsellor=cast.counsellor, guidance="另一次"
    )
    VisitPhotoFactory(visit=other, likeness=likeness_of(picture()))
    VisitPhotoFactory(visit=visit, likeness=likeness_of(out.getvalue()))
    raise_hints(visit)
    assert not visit.hints.filter(code="same_photo").exists()


@pytest.mark.parametrize(("minutes", "raised"), [(10, True), (60, False)])
def test_two_places_too_far_apart_for_the_time_between_are_a_hint(cast, minutes, raised):
    morning = dt.datetime(2021, 7, 19, 2, 0, tzinfo=dt.UTC)
    common = {"cooperative": cast.near.cooperative, "counsellor": cast.counsellor}
    VisitFactory(**common, latitude="31.200000", longitude="107.500000", device_time=morning)
    later = VisitFactory(
        **common,
        latitude="31.560000",
        longitude="107.500000",
        device_time=morning + dt.timedelta(minutes=minutes),
        guidance="另一次",
    )
    raise_hints(later)
    assert later.hints.filter(code="too_fast").exists() == raised


@pytest.mark.parametrize(("skew", "raised"), [(10, False), (11, True), (-1440, True)])
def test_a_clock_that_is_off_by_more_than_ten_minutes_is_a_hint(visit, skew, raised):
    visit.skew_minutes = skew
    raise_hints(visit)
    assert visit.hints.filter(code="wrong_clock").exists() == raised


# -- promises ---------------------------------------------------------------------------------------------


def test_a_grave_promise_needs_proof_and_a_second_person(cast, browser_of):
    promise = PromiseFactory(cooperative=cast.near.cooperative, grave=True)
    address = reverse("training:promise-keep", args=[promise.pk])
    clerk = browser_of(cast.clerk)
    refused = clerk.post(address, {"outcome": "账已补齐"})
    assert refused.status_code == 422
    assert "账已补齐" in refused.content.decode()
    photo = SimpleUploadedFile("账.jpg", picture(), content_type="image/jpeg")
    assert clerk.post(address, {"outcome": "账已补齐", "photos": [photo]}).status_code == 302
    promise.refresh_from_db()
    assert promise.state == PromiseState.TO_CONFIRM
    decide = reverse("training:promise-decide", args=[promise.pk])
    assert clerk.post(decide, {"decision": "confirm"}).status_code == 409
    assert browser_of(cast.bureau).post(decide, {"decision": "confirm"}).status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.confirmed_by) == (PromiseState.CLOSED, cast.bureau)


def test_a_society_sees_and_keeps_its_own_promises_only(cast, browser_of):
    own = PromiseFactory(cooperative=cast.near.cooperative, text="补报年报")
    PromiseFactory(cooperative=cast.far.cooperative, text="别家的事")
    browser = browser_of(cast.chair)
    text = browser.get(reverse("training:promise-list")).content.decode()
    assert "补报年报" in text
    assert "别家的事" not in text
    browser.post(reverse("training:promise-keep", args=[own.pk]), {"outcome": "已补报"})
    own.refresh_from_db()
    assert own.state == PromiseState.CLOSED


@pytest.mark.parametrize("person", ["bureau", "clerk", "counsellor", "chair"])
def test_the_list_leads_those_who_work_promises_to_a_new_one(cast, browser_of, person):
    society, browser = cast.near.cooperative, browser_of(getattr(cast, person))
    choose = reverse("training:promise-choose")
    create = reverse("training:promise-create", args=[society.code])
    assert f'href="{choose}"' in browser.get(reverse("training:promise-list")).content.decode()
    assert f'href="{create}"' in browser.get(choose, {"q": society.name}).content.decode()
    asked = {"text": "建账", "kind": "other", "owner": "society", "due_on": "2021-08-20"}
    assert browser.post(create, asked).status_code == 302
    assert Promise.objects.get(text="建账").cooperative == society


def test_who_only_reads_promises_is_not_led_to_a_new_one(cast, browser_of):
    browser, choose = browser_of(cast.auditor), reverse("training:promise-choose")
    page = browser.get(reverse("training:promise-list"))
    assert page.status_code == 200
    assert f'href="{choose}"' not in page.content.decode()
    assert browser.get(choose).status_code == 403


def test_only_societies_in_reach_can_be_chosen_for_a_promise(cast, browser_of):
    near, far = cast.near.cooperative, cast.far.cooperative
    text = browser_of(cast.clerk).get(reverse("training:promise-choose")).content.decode()
    assert near.name in text
    assert far.name not in text


def test_a_promise_is_late_the_day_after_its_date(cast):
    PromiseFactory(cooperative=cast.near.cooperative, due_on=dt.date(2021, 7, 20))
    late = PromiseFactory(cooperative=cast.near.cooperative, due_on=dt.date(2021, 7, 19))
    assert list(Promise.objects.overdue(dt.date(2021, 7, 20))) == [late]
    assert late.days_over == 1


# -- proposals ----------------------------------------------------------------------------------------------


def test_an_accepted_fact_stands_in_the_register_with_the_visit_as_its_reason(
    cast, browser_of, visit
):
    proposal = ProposalFactory(visit=visit)
    address = reverse("training:proposal-decide", args=[proposal.pk])
    browser_of(cast.clerk).post(address, {"decision": "accept"})
    cast.near.cooperative.refresh_from_db()
    assert cast.near.cooperative.member_count == 12
    version = cast.near.cooperative.versions.order_by("-pk").first()
    assert "走访核实" in version.reason
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED


def test_a_declined_proposal_needs_a_reason_and_changes_nothing(cast, browser_of, visit):
    proposal = ProposalFactory(visit=visit)
    address = reverse("training:proposal-decide", args=[proposal.pk])
    browser_of(cast.clerk).post(address, {"decision": "decline"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING
    browser_of(cast.clerk).post(address, {"decision": "decline", "reason": "名册为准"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (ProposalState.DECLINED, "名册为准")


# -- the phone's door -----------------------------------------------------------------------------------------


def test_one_bad_visit_does_not_keep_the_others_out(cast, browser_of):
    society = cast.near.cooperative
    rows = [row(society), row(society, guidance=""), row(society)]
    results = send(browser_of(cast.counsellor), rows).json()["results"]
    assert [result["outcome"] for result in results] == ["applied", "refused", "applied"]
    assert Visit.objects.count() == 2


def test_the_digest_of_the_receipt_is_that_of_the_canonical_body(cast, browser_of):
    sent = row(cast.near.cooperative)
    told = send(browser_of(cast.counsellor), [sent]).json()["results"][0]
    text = json.dumps(sent["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert told["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_clock_a_day_wrong_is_noted_and_nothing_is_refused(cast, browser_of):
    now = dt.datetime.now(dt.UTC).timetz()
    ahead = dt.datetime.combine(dt.date(2021, 7, 21), now).isoformat()
    send(browser_of(cast.counsellor), [row(cast.near.cooperative)], now=ahead)
    visit = Visit.objects.get()
    assert abs(visit.skew_minutes) > 600
    assert visit.hints.filter(code="wrong_clock").exists()


def test_a_letter_that_was_lost_on_the_way_makes_no_conflict(cast, browser_of):
    browser, first = browser_of(cast.counsellor), row(cast.near.cooperative)
    send(browser, [first])
    lost = str(uuid.uuid4())
    second = row(cast.near.cooperative, met="王五")
    second |= {"id": first["id"], "bases": [lost, first["rev"]]}
    assert send(browser, [second]).json()["results"][0]["outcome"] == "applied"


def test_who_is_no_counsellor_any_more_is_refused_in_words_and_the_trail_notes_it(cast, browser_of):
    answer = send(browser_of(cast.clerk), [row(cast.near.cooperative)])
    assert answer.status_code == 409
    assert "导出后交给区农业农村局" in answer.json()["refused"]
    assert AuditEvent.objects.filter(action="visits-refused").count() == 1
    told = Notice.objects.get()
    assert "没有交上来" in told.title
    assert [receipt.person for receipt in told.receipts.all()] == [cast.bureau]
    assert not Visit.objects.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"versions": 3}', '{"versions": [{}]}'])
def test_what_cannot_be_read_is_answered_with_a_sentence(cast, browser_of, content):
    browser = browser_of(cast.counsellor)
    answer = browser.post(reverse("training:field-sync"), content, content_type="application/json")
    assert answer.status_code == 400
    assert "手机上的记录还在" in answer.json()["refused"]


def test_the_pack_holds_the_agenda_and_no_personal_number(cast, browser_of):
    society = cast.near.cooperative
    society.contact_phone = "13812345678"
    society.domicile = "罗江镇新桥村1组 电话13812345678"
    society.save()
    text = browser_of(cast.counsellor).get(reverse("training:field-pack")).content.decode()
    assert society.name in json.loads(text)["societies"][0]["name"]
    assert "13812345678" not in text
    assert cast.far.cooperative.name not in text


def test_the_pack_costs_the_same_few_queries_for_many_societies(
    cast, django_assert_max_num_queries
):
    from tests.factories.registry import CooperativeFactory

    CooperativeFactory.create_batch(
        80, township=cast.near.township, counsellor=cast.counsellor, member_count=None
    )
    with django_assert_max_num_queries(16):
        assert len(pack_for(cast.counsellor)["societies"]) == 80


def test_the_key_is_the_same_each_time_and_another_for_another(cast, browser_of):
    keys = [
        browser_of(person).post(reverse("training:field-unlock")).json()["key"]
        for person in (cast.counsellor, cast.counsellor, cast.far.counsellor)
    ]
    assert keys[0] == keys[1] != keys[2]
    assert FieldKey.objects.count() == 2


# -- photos in pieces -------------------------------------------------------------------------------------------


def announced(visit, content):
    digest = hashlib.sha256(content).hexdigest()
    photo: VisitPhoto = VisitPhotoFactory(visit=visit, size=len(content), sha256=digest)
    return photo


def give(browser, photo, offset, piece):
    return browser.post(
        reverse("training:field-photo", args=[photo.key]),
        piece,
        content_type="application/octet-stream",
        headers={"X-Offset": str(offset)},
    )


def test_a_photo_that_broke_off_goes_on_where_it_stopped(cast, browser_of, visit):
    content = picture(size=(300, 200))
    photo, browser = announced(visit, content), browser_of(cast.counsellor)
    assert give(browser, photo, 0, content[:1000]).json() == {"received": 1000, "done": False}
    assert give(browser, photo, 0, content[:1000]).json()["received"] == 1000
    where = browser.get(reverse("training:field-photo", args=[photo.key])).json()["received"]
    assert give(browser, photo, where, content[where:]).json()["done"] is True
    assert give(browser, photo, where, content[where:]).json()["done"] is True
    kept = Attachment.objects.of(visit).get()
    assert kept.client_id == photo.key
    assert kept.received_sha256 == photo.sha256


def test_a_photo_that_arrived_damaged_is_asked_for_again(cast, browser_of, visit):
    content = picture()
    photo, browser = announced(visit, content), browser_of(cast.counsellor)
    damaged = content[:-1] + b"x"
    assert give(browser, photo, 0, damaged).status_code == 409
    photo.refresh_from_db()
    assert photo.received == 0
    assert give(browser, photo, 0, content).json()["done"] is True


def test_a_photo_of_another_counsellor_cannot_be_sent(cast, browser_of, visit):
    photo = announced(visit, picture())
    assert give(browser_of(cast.far.counsellor), photo, 0, b"x").status_code == 404


# -- cost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["visit-list", "promise-list", "proposal-list"])
def test_a_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries, name):
    for _ in range(30):
        visit = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
        PromiseFactory(cooperative=cast.near.cooperative, visit=visit)
        ProposalFactory(visit=visit)
    browser = browser_of(cast.bureau)
    browser.get(reverse(f"training:{name}"))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = browser.get(reverse(f"training:{name}"))
    assert len(page.context["page"].rows) == 30


def test_a_society_reads_its_visit_without_a_word_of_suspicion(visit, cast, browser_of):
    flag = FlagFactory(cooperative=visit.cooperative)
    rows = [(f"flag:{flag.pk}", "疑似“人数不足”，现场看属实吗？"), ("fact:phone", "电话还对吗？")]
    visit.answers = [
        {"key": key, "text": text, "kind": "yes_no", "answer": "yes", "note": ""}
        for key, text in rows
    ]
    visit.save()
    ProposalFactory(visit=visit, kind=ProposalKind.CONFIRM_FLAG, flag=flag)
    read = {
        person: browser_of(person).get(at("visit-detail", visit)).content.decode()
        for person in (cast.chair, cast.bureau)
    }
    assert all("电话还对吗" in page for page in read.values())
    assert "疑似" in read[cast.bureau]
    assert "疑似" not in read[cast.chair]
