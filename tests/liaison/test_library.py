"""Documents are found by their words, by those who may read them and by nobody else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent, NoticeReceipt, OrganisationUnit
from accounts.operations.attachments import attach_file
from accounts.policy import Action
from common.conflict import EditConflict
from common.documents.word import OfficialDocument
from common.workflow import TransitionRefused
from liaison.library_choices import DocumentKind, DocumentState, Openness
from liaison.models import LibraryDocument
from liaison.operations.library import (
    edit_document,
    end_reading,
    enter_document,
    let_read,
    move_document,
    replace_document,
)
from tests.factories.files import photo_upload
from tests.factories.library import DocumentFactory
from tongchuan_coop.finding import find

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24


def facts(**changes):
    return {
        "number": "通农发〔2021〕88号",
        "title": "成员账户指引",
        "kind": DocumentKind.POLICY,
        "issuer": "区农业农村局",
        "issued_on": "2021-03-01",
        "summary": "",
        "text": "每个成员设立账户，记载 ＡＢＣ 出资额。",
        "openness": Openness.STAFF,
        **changes,
    }


def titles(user, text):
    return [hit.title for group in find(user, text, 20) for hit in group.hits]


@pytest.mark.parametrize(
    "term", ["成员 出资额", "设立账户", "〔2021〕88", "abc", "ＡＢＣ", "农业农村局"]
)
def test_a_document_is_found_by_number_title_issuer_and_text(cast, term):
    made = enter_document(facts(), [], by=cast.bureau)
    DocumentFactory(text="别的内容", issuer="区税务局")
    assert list(LibraryDocument.objects.holding(term)) == [made]
    assert made.title in titles(cast.bureau, term)


def test_the_search_box_finds_only_what_one_may_read(cast):
    document = cast.near.document
    for person in (cast.clerk, cast.liaison, cast.bureau, cast.leader):
        assert document.title in titles(person, "设立账户")
    for person in (cast.far.clerk, cast.far.liaison, cast.counsellor, cast.chair):
        expected = person == cast.counsellor  # of the township that is named
        assert (document.title in titles(person, "设立账户")) == expected


OPEN_TO = {
    Openness.PUBLIC: {"clerk", "counsellor", "chair", "liaison", "leader"},
    Openness.STAFF: {"clerk", "counsellor", "liaison", "leader"},
    Openness.UNITS: {"clerk", "counsellor", "leader"},
    Openness.PRIVATE: {"leader"},
}


@pytest.mark.parametrize("openness", Openness)
def test_how_open_a_document_is_decides_who_reads_it(cast, openness):
    document = DocumentFactory(openness=openness)
    document.units.set([cast.near.township])
    readers = {
        name
        for name in ("clerk", "counsellor", "chair", "liaison", "leader")
        if LibraryDocument.objects.permitted(getattr(cast, name), Action.VIEW_DOCUMENT).exists()
    }
    assert readers == OPEN_TO[openness]
    assert not LibraryDocument.objects.permitted(cast.administrator, Action.VIEW_DOCUMENT).exists()


def test_a_private_file_opens_by_grant_and_shuts_when_it_is_taken_back(cast, browser_of):
    document = enter_document(facts(openness=Openness.PRIVATE), [], by=cast.bureau)
    file = attach_file(document, photo_upload(), purpose="文件附件", by=cast.bureau)
    address = reverse("accounts:attachment-file", args=[file.pk])
    page = reverse("liaison:library-detail", args=[document.pk])
    clerk = browser_of(cast.clerk)
    assert (clerk.get(address).status_code, clerk.get(page).status_code) == (404, 404)
    reader = let_read(document, cast.clerk, reason="协助核查", by=cast.bureau)
    assert let_read(document, cast.clerk, reason="协助核查", by=cast.bureau) == reader
    assert (clerk.get(address).status_code, clerk.get(page).status_code) == (200, 200)
    assert browser_of(cast.far.clerk).get(address).status_code == 404
    assert NoticeReceipt.objects.of(cast.clerk).filter(notice__title__contains="可以查看").exists()
    end_reading(document, reader, by=cast.bureau)
    assert (clerk.get(address).status_code, clerk.get(page).status_code) == (404, 404)
    with pytest.raises(TransitionRefused, match="已经收回"):
        end_reading(document, reader, by=cast.bureau)
    deeds = set(AuditEvent.objects.values_list("action", flat=True))
    assert deeds >= {"document-entered", "document-granted", "document-grant-ended"}


def test_who_has_no_right_at_all_cannot_be_let_in(cast):
    document = enter_document(facts(), [], by=cast.bureau)
    with pytest.raises(TransitionRefused, match="没有查看文件的权限"):
        let_read(document, cast.administrator, reason="看看", by=cast.bureau)
    with pytest.raises(PermissionDenied):
        let_read(document, cast.clerk, reason="看看", by=cast.far.liaison)


def test_a_number_of_an_issuer_is_entered_once_until_it_is_taken_down(cast):
    first = enter_document(facts(), [], by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        enter_document(facts(title="另一份"), [], by=cast.bureau)
    enter_document(facts(number=""), [], by=cast.bureau)
    enter_document(facts(number=""), [], by=cast.bureau)
    move_document(first, DocumentState.WITHDRAWN, reason="登记有误", by=cast.bureau)
    enter_document(facts(title="另一份"), [], by=cast.bureau)
    assert first not in LibraryDocument.objects.readable(cast.clerk)
    with pytest.raises(TransitionRefused, match="已经撤下"):
        edit_document(first, facts(), [], version=first.version, by=cast.bureau)


@pytest.mark.parametrize(
    "role", [Role.COUNSELLOR, Role.COOPERATIVE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_who_only_reads_enters_nothing(cast, role):
    with pytest.raises(PermissionDenied):
        enter_document(facts(), [], by=cast.of(role))


@pytest.mark.parametrize("role", [Role.CLERK, Role.LIAISON])
def test_departments_and_townships_keep_their_own_and_publish_nothing(cast, role):
    person = cast.of(role)
    own = enter_document(facts(), [], by=person)
    assert list(LibraryDocument.objects.permitted(person, Action.MANAGE_DOCUMENT)) == [own]
    with pytest.raises(TransitionRefused, match="向社会公开由区农业农村局决定"):
        edit_document(own, facts(openness=Openness.PUBLIC), [], version=own.version, by=person)
    edit_document(own, facts(openness=Openness.PUBLIC), [], version=own.version, by=cast.bureau)
    edit_document(
        own, facts(openness=Openness.PUBLIC, title="改字"), [], version=own.version, by=person
    )
    assert own.title == "改字"
    with pytest.raises(PermissionDenied):
        edit_document(own, facts(), [], version=own.version, by=cast.far.clerk)


def test_the_later_of_two_editors_is_told_and_search_follows_the_text(cast):
    row = enter_document(facts(), [], by=cast.bureau)
    edit_document(row, facts(text="盈余返还"), [], version=1, by=cast.bureau)
    with pytest.raises(EditConflict):
        edit_document(row, facts(text="章程"), [], version=1, by=cast.bureau)
    assert LibraryDocument.objects.holding("盈余返还").exists()
    assert not LibraryDocument.objects.holding("设立账户").exists()


def test_units_must_be_named_where_only_units_may_read(cast):
    with pytest.raises(TransitionRefused, match="选择可以查看的单位"):
        enter_document(facts(openness=Openness.UNITS), [], by=cast.bureau)


def test_a_newer_document_replaces_an_older_one_and_a_mistake_is_undone(cast):
    old = enter_document(facts(), [], by=cast.bureau)
    new = enter_document(facts(number="通农发〔2021〕99号"), [], by=cast.bureau)
    with pytest.raises(TransitionRefused, match="自己"):
        replace_document(old, old, by=cast.bureau)
    replace_document(old, new, by=cast.bureau)
    assert (old.state, old.replaced_by) == (DocumentState.REPLACED, new)
    with pytest.raises(TransitionRefused, match="须是现行有效"):
        replace_document(new, old, by=cast.bureau)
    move_document(old, DocumentState.IN_FORCE, reason="标错", by=cast.bureau)
    assert (old.state, old.replaced_by) == (DocumentState.IN_FORCE, None)
    with pytest.raises(TransitionRefused, match="须填写理由"):
        move_document(old, DocumentState.REPEALED, reason="", by=cast.bureau)
    with pytest.raises(TransitionRefused, match="由哪份文件替代"):
        move_document(old, DocumentState.REPLACED, reason="新", by=cast.bureau)


def test_the_title_of_a_private_successor_is_not_told(cast, browser_of):
    old = enter_document(facts(), [], by=cast.bureau)
    new = enter_document(
        facts(number="通农发〔2021〕99号", title="内部新稿", openness=Openness.PRIVATE),
        [],
        by=cast.bureau,
    )
    replace_document(old, new, by=cast.bureau)
    url = reverse("liaison:library-detail", args=[old.pk])
    assert "内部新稿" in browser_of(cast.bureau).get(url).content.decode()
    seen = browser_of(cast.clerk).get(url).content.decode()
    assert "已被替代" in seen
    assert "内部新稿" not in seen


def test_the_page_takes_the_text_out_of_a_word_file_and_keeps_the_file(cast, browser_of):
    paper = OfficialDocument("评定办法")
    paper.paragraph("可分配盈余按交易量返还。")
    typed = {
        **facts(text="", openness=Openness.UNITS),
        "units": [cast.near.township.pk],
        "source": SimpleUploadedFile("评定办法.docx", paper.content()),
        "evidence": [photo_upload()],
    }
    office = browser_of(cast.bureau)
    answer = office.post(reverse("liaison:library-create"), typed)
    document = LibraryDocument.objects.get()
    assert answer.url == reverse("liaison:library-detail", args=[document.pk])
    assert document.text == "评定办法\n可分配盈余按交易量返还。"
    names = [file.filename for file in Attachment.objects.of(document)]
    assert names == ["评定办法.docx", "现场照片.jpg"]
    page = browser_of(cast.clerk).get(f"{reverse('liaison:library-list')}?q=交易量返还")
    assert "可分配盈余按交易量返还" in page.content.decode()


def test_a_file_that_gives_no_text_is_said_above_the_form(cast, browser_of):
    typed = {**facts(), "source": SimpleUploadedFile("扫描件.pdf", b"%PDF-1.7\n%%EOF")}
    answer = browser_of(cast.bureau).post(reverse("liaison:library-create"), typed)
    assert answer.status_code == 422
    assert "只能从 Word（docx）或纯文本（txt）读取正文" in answer.content.decode()
    assert not LibraryDocument.objects.exists()


def test_the_page_walks_a_document_through_its_steps(cast, browser_of):
    old = enter_document(facts(), [], by=cast.bureau)
    new = enter_document(facts(number="通农发〔2021〕99号", title="新办法"), [], by=cast.bureau)
    office = browser_of(cast.bureau)

    def post(name, *more, **typed):
        old.refresh_from_db()
        url = reverse(f"liaison:library-{name}", args=[old.pk, *more])
        office.post(url, {"version": old.version, **typed})
        old.refresh_from_db()

    post("edit", **facts(title="改过的标题", issued_on="2021-03-02"))
    assert old.title == "改过的标题"
    post("replace", by_what=new.number)
    assert old.replaced_by == new
    post("move", target="in_force", reason="标错")
    assert old.state == DocumentState.IN_FORCE
    post("let-read", person=cast.chair.username, reason="学习")
    reader = old.readers.get()
    post("end-reading", reader.pk)
    assert not old.readers.current().exists()
    post("move", target="repealed", reason="已有新规定")
    assert old.state == DocumentState.REPEALED


def test_strangers_read_what_is_public_and_in_force_and_no_more(cast):
    shown = DocumentFactory(openness=Openness.PUBLIC, title="公开的办法", entered_by=cast.bureau)
    DocumentFactory(openness=Openness.STAFF, title="内部的通知")
    DocumentFactory(openness=Openness.PUBLIC, title="废止的办法", state=DocumentState.REPEALED)
    page = Client().get(reverse("public-documents")).content.decode()
    assert shown.title in page
    assert "设立账户" in page
    for hidden in ("内部的通知", "废止的办法", str(cast.bureau)):
        assert hidden not in page


def test_the_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    DocumentFactory.create_batch(12, unit=OrganisationUnit.objects.first())
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(f"{reverse('liaison:library-list')}?q=设立账户")
    assert page.context["number"] == 12
