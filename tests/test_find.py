"""The one search box: every way of finding, each person's reach, and nothing beyond it."""

import pytest

from accounts.choices import PaperKind, Role
from accounts.models import User
from accounts.operations.papers import issue_paper
from common.lookups import like_text, pieces
from liaison.meeting_choices import MinutesState
from registry.models import FormerName
from registry.search_terms import Term
from registry.society_search import find_societies
from tests.factories.registry import CooperativeFactory
from tongchuan_coop.finding import FINDERS, find

NAME = "达州市通川区红莲种植专业合作社"


@pytest.fixture
def society(cast):
    made = CooperativeFactory(
        name=NAME,
        name_key=NAME,
        name_initials="dzstcqhlzzzyhzs",
        township=cast.near.township,
        domicile="四川省达州市通川区罗江镇石笋村2组",
        contact_phone="19008187011",
        legal_representative="苟红莲",
    )
    FormerName.objects.create(
        cooperative=made, name="达州市通川区青荷蔬菜合作社", until="2019-01-01"
    )
    return made


def titles(user, text, most=20):
    return [hit.title for group in find(user, text, most) for hit in group.hits]


WAYS = [
    "红莲",
    "红莲种植合作社",
    "青荷",
    "hlzzhzs",
    "hlzz",
    "HLZZ",
    "honglian",
    "石笋村",
    "苟红莲",
    "　红莲　",
]


@pytest.mark.parametrize("text", WAYS)
def test_a_society_is_found_by(cast, society, text):
    assert NAME in titles(cast.bureau, text)


def test_a_society_is_found_by_the_end_of_its_code_and_by_the_whole(cast, society):
    assert NAME in titles(cast.bureau, society.uscc[-5:])
    assert NAME in titles(cast.bureau, society.uscc)


def test_a_phone_end_finds_only_for_those_who_may_see_numbers(cast, society):
    assert NAME in titles(cast.bureau, "7011")
    assert NAME in titles(cast.clerk, "7011")
    for person in (cast.leader, cast.auditor, cast.counsellor):
        assert NAME not in titles(person, "7011")


def test_a_chair_is_found_by_the_beginning_of_the_name(cast, society):
    assert NAME in titles(cast.bureau, "苟红")
    for text in ("苟", "红莲花", "苟莲"):
        found = find_societies(cast.bureau, Term(text), 20)
        assert "法定代表人相符" not in [each.because for each in found]
    assert NAME not in titles(cast.far.clerk, "苟红")


@pytest.mark.parametrize("text", WAYS)
def test_what_is_out_of_reach_is_neither_found_nor_counted(cast, society, text):
    for person in (cast.far.clerk, cast.far.counsellor, cast.far.chair, cast.far.liaison):
        shown = titles(person, text)
        assert NAME not in shown
        assert "苟红莲" not in shown


def test_wildcards_are_taken_as_they_are(cast, society):
    assert titles(cast.bureau, "%红莲") == []
    assert titles(cast.bureau, "__") == []
    assert like_text("50%_\\") == "50\\%\\_\\\\"


def test_the_surest_way_comes_first(cast, society):
    other = CooperativeFactory(name="达州市通川区甲乙合作社", domicile="通川区罗江镇红莲村1组")
    found = find_societies(cast.bureau, Term("红莲"), 20)
    assert [each.key for each in found] == [society.pk, other.pk]
    assert [each.because for each in found] == ["", "住所相符"]


def test_more_than_is_shown_is_said_and_leads_to_the_list(cast):
    CooperativeFactory.create_batch(4, township=cast.near.township, domicile="罗江镇万家村1组")
    group = next(each for each in find(cast.clerk, "万家村", 3) if each.label == "合作社")
    assert len(group.hits) == 3
    assert group.has_more
    assert group.more_url.startswith("/registry/?q=")


@pytest.mark.parametrize("role", Role)
def test_every_role_searches_and_every_hit_opens(furnished, browser_of, role):
    person = furnished.of(role)
    browser = browser_of(person)
    found = [
        hit
        for text in ("合作社", "2021", "c-", "罗江")
        for g in find(person, text, 20)
        for hit in g.hits
    ]
    assert {browser.get(hit.url).status_code for hit in found} <= {200}
    assert browser.get("/find/?q=合作社").status_code == 200


def test_meetings_decisions_and_duties_are_found_within_reach(furnished):
    near, far = furnished.near, furnished.far
    meeting, decision, task = near.meeting, near.decision, near.plan_task
    meeting.agenda.update(title="红莲村清理名单")
    type(decision).objects.filter(pk=decision.pk).update(text="红莲村三家社限期注销")
    type(task).objects.filter(pk=task.pk).update(title="红莲村样板建设")
    wanted = {str(meeting), "红莲村三家社限期注销", "红莲村样板建设"}
    assert wanted <= set(titles(furnished.bureau, "红莲"))
    assert not wanted & set(titles(far.clerk, "红莲"))
    assert not wanted & set(titles(far.chair, "红莲"))


def test_a_meeting_and_its_minutes_are_found_by_the_names_that_pages_show(furnished):
    near, far = furnished.near, furnished.far
    meeting, minutes = near.meeting, near.minutes
    name = str(meeting)
    body, quarter = str(meeting.body), meeting.when.label
    number, year = "一二三四".index(quarter[-3]) + 1, quarter[:4]
    for text in (name, f"{body}{quarter}", quarter, f"{year}年第{number}季度例会", meeting.quarter):
        for person in (furnished.bureau, near.liaison):
            assert {name, str(minutes)} <= set(titles(person, text)), text
    assert str(minutes) in titles(near.liaison, f"{name}纪要")
    other = f"{int(year) - 1}{quarter[4:]}"
    assert name not in titles(near.liaison, f"{body}{other}例会")
    for text in (name, quarter):
        assert not {name, str(minutes)} & set(titles(far.liaison, text))


def test_minutes_are_found_by_their_number(furnished):
    minutes, near, far = furnished.near.minutes, furnished.near, furnished.far
    type(minutes).objects.filter(pk=minutes.pk).update(number="通农合联纪〔2021〕7号")
    for person in (near.liaison, furnished.leader):
        assert titles(person, "通农合联纪〔2021〕7号") == [str(minutes)]
    assert titles(far.liaison, "通农合联纪〔2021〕7号") == []
    type(minutes).objects.filter(pk=minutes.pk).update(state=MinutesState.DRAFT)
    assert titles(near.liaison, "通农合联纪〔2021〕7号") == []


def test_documents_of_one_s_own_are_found_by_their_number(furnished):
    near, far = furnished.near, furnished.far
    receipt = near.report.latest.paper_number
    certificate = near.certificate
    issued = issue_paper(
        certificate,
        kind=PaperKind.ROSTER_CERTIFICATE,
        series_label="通农合证",
        title=str(certificate),
        public_facts={},
        content=None,
        by=furnished.bureau,
    ).number
    for number, title in ((receipt, str(near.report)), (issued, str(certificate))):
        assert number
        for text in (number, number.replace("〔", "[").replace("〕", "] "), number[:-1]):
            assert title in titles(near.chair, text), text
            assert title in titles(near.clerk, text)
            for person in (far.chair, far.clerk, furnished.liaison, furnished.administrator):
                assert titles(person, text) == []
    assert str(near.report) in titles(furnished.leader, receipt)
    assert titles(furnished.leader, issued) == []


def test_contacts_are_found_by_name_unit_and_phone_end(furnished):
    near, far = furnished.near, furnished.far
    contact = near.contact
    told = {"person": "章光华", "mobile": "13900012045", "office_phone": "0818-2130777"}
    type(contact).objects.filter(pk=contact.pk).update(**told)
    readers = (furnished.bureau, near.clerk, far.clerk, near.liaison, furnished.leader)
    for text in ("章光华", "光华", "zgh", "ZhangGuang", contact.unit.short_name, "0777"):
        for person in (*readers, furnished.auditor):
            assert "章光华" in titles(person, text), (person, text)
        assert "章光华" not in titles(furnished.counsellor, text)
        assert "章光华" not in titles(furnished.chair, text)
    for person in (furnished.bureau, near.clerk):
        assert "章光华" in titles(person, "2045")
    for person in (far.clerk, near.liaison, furnished.leader, furnished.auditor):
        assert "章光华" not in titles(person, "2045")
    notes = [hit.note for group in find(near.clerk, "2045", 5) for hit in group.hits]
    assert any(contact.unit.name in note for note in notes)
    assert not any("13900012045" in note for note in notes)


def test_people_are_found_by_initials_and_pinyin(furnished):
    User.objects.filter(pk=furnished.counsellor.pk).update(full_name="苟明远")
    for text in ("gmy", "gm", "goumingyuan", "goum", "mingyuan"):
        assert "苟明远" in titles(furnished.bureau, text)
        assert "苟明远" in titles(furnished.near.clerk, text)
        assert "苟明远" not in titles(furnished.chair, text)
    for text in ("my", "gmya", "ingyuan"):
        assert "苟明远" not in titles(furnished.bureau, text)


def test_a_sponsorship_is_found_by_its_society_and_its_person(furnished):
    sponsorship = furnished.near.sponsorship
    assert str(sponsorship.cooperative) in titles(furnished.bureau, sponsorship.person)


def test_an_empty_term_finds_nothing_at_no_cost(cast, django_assert_num_queries):
    for text in ("", " ", "a", "7"):
        with django_assert_num_queries(0):
            assert find(cast.bureau, text, 20) == []


def test_the_number_of_queries_does_not_follow_the_register(cast, django_assert_max_num_queries):
    CooperativeFactory.create_batch(30, township=cast.near.township)
    with django_assert_max_num_queries(28):
        assert find(cast.bureau, "合作社", 20)
    with django_assert_max_num_queries(28):
        find(cast.bureau, "hongliang", 20)


def test_suggestions_are_a_list_box(cast, society, browser_of):
    answer = browser_of(cast.bureau).get("/find/?q=红莲", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'role="listbox"' in page
    assert 'role="option"' in page
    assert "<html" not in page


def test_every_kind_says_what_right_it_needs():
    assert len({finder.label for finder in FINDERS}) == len(FINDERS)
    assert all(finder.action for finder in FINDERS)


def test_pieces_and_readings_of_a_term():
    assert pieces(("回龙种植", "合作社"), 2) == ["回龙", "龙种", "种植", "合作", "作社"]
    assert pieces(("hz",), 3) == []
    assert Term("hlzzhzs").letters == ("hlzz", "hzs")
    assert "hl" in Term("huilong").readings
    assert Term("０ｋｈ４ｊ").code == "0KH4J"
    assert Term("huil").is_pinyin_of("通川区回龙种植")
    assert not Term("uilong").is_pinyin_of("通川区回龙种植")
