"""Words that the intake does not know: decided once, remembered, listed, revocable."""

import pytest

from common.workflow import TransitionRefused
from registry.choices import FeedSource
from registry.models import AbnormalListing, Cooperative, ReportPublication, SpotCheck, WordMeaning
from registry.operations.meanings import revoke_meaning
from registry.operations.rereading import decide_meaning
from registry.strange_words import strange_words_now
from tests.registry.feeds import (
    check,
    check_statements,
    commit,
    society,
    stated,
    take_in,
    take_in_statements,
)
from tongchuan_coop.duties import duties_of

ABNORMAL = FeedSource.ABNORMAL
PAGE = "/registry/feeds/words/"


@pytest.fixture
def bureau(cast):
    return cast.bureau


def strange(number=1, word="长期不见人"):
    return stated(number, word, "2020-07-10", "市监局", "", "")


def decide(bureau, key="abnormal.reason", word="长期不见人", code="unreachable"):
    return decide_meaning(key, word, code, reason="已电话询问", by=bureau)


def test_a_strange_word_is_listed_with_the_rows_that_wait_for_it(bureau):
    take_in([society(1), society(2)], by=bureau)
    check_statements(ABNORMAL, [strange(1), strange(2, "长期 不见人")], by=bureau)
    [word] = strange_words_now()
    assert (word.written, word.number, word.vocabulary.key) == ("长期不见人", 2, "abnormal.reason")


def test_one_decision_lets_every_waiting_row_go_on_and_is_remembered(bureau):
    take_in([society(1), society(2)], by=bureau)
    published = take_in_statements(ABNORMAL, [strange(1)], by=bureau)
    staged = check_statements(ABNORMAL, [strange(2)], by=bureau, quarter="2020Q3")
    assert published.counts["doubtful"] == staged.counts["doubtful"] == 1
    done = decide(bureau)
    assert done.rows == 2
    published.refresh_from_db()
    staged.refresh_from_db()
    assert published.counts["new"] == staged.counts["new"] == 1
    assert AbnormalListing.objects.known().get().reason == "unreachable"
    commit(staged, by=bureau)
    assert AbnormalListing.objects.known().count() == 2
    later = check_statements(ABNORMAL, [strange(1)], by=bureau, quarter="2020Q4")
    assert later.counts["unchanged"] == 1
    assert strange_words_now() == []


def test_a_status_of_the_register_can_be_given_a_meaning_too(bureau):
    job = check([society(1, status="长期歇业待查")], by=bureau)
    assert job.counts["doubtful"] == 1
    decide(bureau, "registration.status", "长期歇业待查", "suspended")
    job.refresh_from_db()
    assert job.counts["new"] == 1
    commit(job, by=bureau)
    assert Cooperative.objects.get().status == "suspended"


def test_of_several_results_only_the_unknown_one_is_asked_about(bureau):
    take_in([society(1)], by=bureau)
    line = stated(1, "市监局", "2020-09-01", "无法联系、账册不全")
    job = check_statements(FeedSource.SPOT_CHECK, [line], by=bureau, quarter="2020Q3")
    assert [word.written for word in strange_words_now()] == ["账册不全"]
    decide(bureau, "spot-check.results", "账册不全", "other_rules_broken")
    job.refresh_from_db()
    commit(job, by=bureau)
    spot = SpotCheck.objects.known().get()
    assert (spot.result, spot.results) == ("unreachable", ",unreachable,other_rules_broken,")


def test_what_follows_from_a_word_and_what_contradicts_it_is_worked_out_anew(bureau):
    take_in([society(1), society(2)], by=bureau)
    lines = [stated(1, 2019, "网上办结", "2020-07-01"), stated(2, 2019, "没办", "2020-05-01")]
    job = check_statements(FeedSource.REPORT_PUBLICATION, lines, by=bureau, quarter="2020Q3")
    decide(bureau, "report-publication.state", "网上办结", "published")
    decide(bureau, "report-publication.state", "没办", "not_filed")
    job.refresh_from_db()
    assert (job.counts["new"], job.counts["doubtful"]) == (1, 1)
    commit(job, by=bureau)
    assert ReportPublication.objects.known().get().on_time is False


def test_a_meaning_can_be_revoked_and_then_decided_otherwise(bureau):
    take_in([society(1)], by=bureau)
    check_statements(ABNORMAL, [strange()], by=bureau)
    meaning = decide(bureau).meaning
    with pytest.raises(TransitionRefused, match="先撤销"):
        decide(bureau, code="report_false")
    revoke_meaning(meaning, reason="问错了", by=bureau)
    again = check_statements(ABNORMAL, [strange()], by=bureau, quarter="2020Q3")
    assert again.counts["doubtful"] == 1
    assert decide(bureau, code="report_false").rows == 1


@pytest.mark.parametrize(
    ("key", "word", "code", "reason"),
    [
        ("abnormal.weather", "雨", "unreachable", "x问"),
        ("abnormal.reason", "雨", "weather", "x问"),
        ("abnormal.reason", "失联", "report_false", "x问"),
        ("abnormal.reason", "雨", "unreachable", "  "),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(bureau, key, word, code, reason):
    with pytest.raises(TransitionRefused):
        decide_meaning(key, word, code, reason=reason, by=bureau)
    assert not WordMeaning.objects.exists()


def test_the_page_lists_decides_and_revokes(bureau, browser_of):
    client = browser_of(bureau)
    assert "没有不认识的词语" in client.get(PAGE).content.decode()
    take_in([society(1)], by=bureau)
    job = take_in_statements(ABNORMAL, [strange()], by=bureau)
    assert any("1 个词语不认识" in duty.title for duty in duties_of(bureau))
    assert "长期不见人" in client.get(PAGE).content.decode()
    facts = {"key": "abnormal.reason", "written": "长期不见人", "code": "unreachable"}
    assert client.post(f"{PAGE}decide/", facts).status_code == 422
    told = client.post(f"{PAGE}decide/", {**facts, "reason": "电话询问"}, follow=True)
    assert "1 行据此继续处理" in told.content.decode()
    meaning = WordMeaning.objects.get()
    assert client.post(f"{PAGE}{meaning.pk}/revoke/", {}).status_code == 422
    client.post(f"{PAGE}{meaning.pk}/revoke/", {"reason": "问错了"})
    assert "已撤销" in client.get(PAGE).content.decode()
    job.refresh_from_db()
    assert job.counts["new"] == 1
