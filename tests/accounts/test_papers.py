"""Issued papers: dense numbers, check codes, and a public check that tells strangers nothing more."""

import hashlib
import re

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import PaperKind, PaperState
from accounts.models import AuditEvent, IssuedPaper, PublicTry
from accounts.models.issued_paper import number_key
from accounts.operations.papers import check_paper, issue_paper, supersede_paper, withdraw_paper
from accounts.views.papers import TRIES_A_MINUTE
from common.workflow import TransitionRefused
from tests.factories.files import PDF

CHECK = "/public/verify/"


def issue(cast, **more):
    facts = {
        "kind": PaperKind.ROSTER_CERTIFICATE,
        "series_label": "通农合证",
        "title": "社员名录证明",
        "public_facts": {"合作社": "春风种植专业合作社", "登记状态": "存续"},
        "content": None,
        "by": cast.bureau,
    }
    return issue_paper(cast.near.cooperative, **{**facts, **more})


def asked(number, code, client=None):
    return (client or Client()).get(CHECK, {"number": number, "code": code})


def said(answer):
    return answer.content.decode()


def test_numbers_are_dense_within_label_and_year(cast):
    numbers = [issue(cast).number, issue(cast).number, issue(cast, series_label="年报回执").number]
    assert numbers == ["通农合证〔2021〕1号", "通农合证〔2021〕2号", "年报回执〔2021〕1号"]


def test_a_number_of_a_paper_that_was_not_issued_is_used_again(cast):
    with transaction.atomic():
        issue(cast)
        transaction.set_rollback(True)
    assert issue(cast).number == "通农合证〔2021〕1号"


def test_content_may_carry_its_own_number_code_and_qr(cast):
    paper = issue(cast, content=lambda p: f"{p.number} {p.check_code} {p.verify_url}".encode())
    kept = paper.path.read_bytes()
    assert paper.number.encode() in kept
    assert paper.check_code.encode() in kept
    assert hashlib.sha256(kept).hexdigest() == paper.sha256
    assert paper.verify_url.startswith(f"{settings.SITE_URL}{CHECK}?number=")


def test_public_facts_keep_their_order(cast):
    facts = {"很长的项目名称": "甲", "乙": "", "中等长": "丙"}
    paper = issue(cast, public_facts=facts)
    paper.refresh_from_db()
    assert [label for label, _ in paper.public_facts] == list(facts)


def test_issuing_and_ending_are_recorded(cast):
    paper = issue(cast)
    withdraw_paper(paper, reason="登记信息有误", by=cast.bureau)
    deeds = AuditEvent.objects.about(paper).values_list("action", "reason")
    assert list(deeds) == [("paper-ended", "登记信息有误"), ("paper-issued", "")]


def test_a_paper_ends_once(cast):
    paper, newer = issue(cast), issue(cast)
    twin = IssuedPaper.objects.get(pk=paper.pk)
    supersede_paper(paper, newer, by=cast.bureau)
    assert (paper.state, paper.successor) == (PaperState.SUPERSEDED, newer)
    for late in (paper, twin):
        with pytest.raises(TransitionRefused):
            withdraw_paper(late, reason="晚了", by=cast.bureau)
    with pytest.raises(TransitionRefused):
        supersede_paper(newer, paper, by=cast.bureau)  # what has ended replaces nothing
    with pytest.raises(TransitionRefused):
        withdraw_paper(newer, reason=" ", by=cast.bureau)


@pytest.mark.parametrize(
    "typed",
    [
        "通农合证〔2021〕12号",
        "通农合证[2021]12",
        " 通农合证（2021）第012号 ",
        "通农合证202112"[:4] + " ２０２１ 12 号",
        "通农合证2021-12",
    ],
)
def test_a_number_is_known_however_it_was_typed(typed):
    assert number_key(typed) == number_key("通农合证〔2021〕12号")


def test_different_numbers_stay_different():
    keys = {
        number_key(n)
        for n in ("甲〔2021〕12号", "甲〔2021〕1号", "甲〔202〕112号", "乙〔2021〕12号")
    }
    assert len(keys) == 4


# --- the public check ---


def test_anybody_with_number_and_code_sees_the_listed_facts_and_no_more(cast):
    paper = issue(cast)
    answer = asked("通农合证[2021]1", f"{paper.shown_code}".lower())
    page = said(answer)
    assert answer.status_code == 200
    assert "现在有效" in page
    assert "春风种植专业合作社" in page
    for inside in (cast.bureau.full_name, cast.near.cooperative.code, paper.sha256 or "—摘要—"):
        assert inside not in page


def test_the_address_of_the_qr_opens_the_check(cast):
    paper = issue(cast)
    page = said(Client().get(paper.verify_url.removeprefix(settings.SITE_URL)))
    assert "现在有效" in page
    assert paper.verify_url.split("?")[0] == f"{settings.SITE_URL}{reverse('public-verify')}"


@pytest.mark.parametrize(
    ("state", "word"), [("superseded", "已被新的文书替代"), ("withdrawn", "已撤销")]
)
def test_an_ended_paper_says_so_without_the_reason(cast, state, word):
    paper = issue(cast)
    if state == "withdrawn":
        withdraw_paper(paper, reason="内部原因不对外", by=cast.bureau)
    else:
        supersede_paper(paper, issue(cast), by=cast.bureau)
    page = said(asked(paper.number, paper.check_code))
    assert word in page
    assert "现在有效" not in page
    assert "内部原因" not in page


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(cast):
    paper = issue(cast)
    wrong = asked(paper.number, "AAAA-AAAA")
    unknown = asked("通农合证〔2021〕999号", paper.check_code)

    def without_what_was_typed(answer):
        for typed in (paper.number, "通农合证〔2021〕999号", "AAAA-AAAA", paper.check_code):
            answer = answer.replace(typed, "")
        return re.sub(r"X-CSRFToken\": \"\w+", "", answer)

    assert wrong.status_code == unknown.status_code == 200
    assert without_what_was_typed(said(wrong)) == without_what_was_typed(said(unknown))
    assert "没有查到" in said(wrong)
    assert check_paper(paper.number, paper.check_code) == paper


def test_too_many_questions_of_one_address_are_not_answered(cast):
    paper = issue(cast)
    for _ in range(TRIES_A_MINUTE):
        asked(paper.number, "AAAAAAAA")
    answer = asked(paper.number, paper.check_code)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert "现在有效" not in said(answer)
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert "现在有效" in said(asked(paper.number, paper.check_code, other))
    assert not PublicTry.objects.filter(visitor__contains="127.0.0.1").exists()


def test_an_empty_question_says_what_to_type(db):
    assert Client().get(CHECK).status_code == 200
    answer = asked("", "")
    assert answer.status_code == 422
    assert not PublicTry.objects.exists()


@pytest.mark.parametrize("number", ["\x00", "％" * 80, "9" * 80, "号号号"])
def test_nonsense_is_answered_and_never_breaks(db, number):
    assert asked(number, "AAAAAAAA").status_code in {200, 422}


# --- the register of papers and their files ---


def test_the_register_lists_and_filters(cast, browser_of, django_assert_max_num_queries):
    paper, other = issue(cast), issue(cast, series_label="年报回执", kind=PaperKind.REPORT_RECEIPT)
    for _ in range(5):
        issue(cast)
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(12):
        page = said(client.get("/accounts/papers/"))
    assert paper.number in page
    narrowed = said(client.get("/accounts/papers/", {"kind": "report_receipt"}))
    assert other.number in narrowed
    assert paper.number not in narrowed
    assert other.number in said(client.get("/accounts/papers/", {"term": "年报回执[2021]1"}))


def test_the_file_goes_to_who_may_see_its_owner(cast, browser_of):
    paper = issue(cast, content=PDF)
    address = reverse("accounts:paper-file", args=[paper.key])
    answer = browser_of(cast.chair).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert browser_of(cast.far.clerk).get(address).status_code == 404
    paper.path.unlink()
    assert browser_of(cast.chair).get(address).status_code == 404
