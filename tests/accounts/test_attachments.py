"""Attachments: taken by content, kept privately, seen as far as their owner, removed with a reason."""

import errno
import hashlib
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import attachments as owners
from accounts.attachments import register_owner
from accounts.choices import AttachmentKind
from accounts.models import Attachment, AuditEvent
from accounts.operations import attachments
from accounts.operations.attachments import (
    AttachmentRefused,
    StorageFull,
    attach_each,
    attach_file,
    remove_attachment,
)
from accounts.policy import Action
from common.filetypes import WRONG_KIND
from registry.models import Cooperative
from tests.factories.files import PDF, phone_photo, photo_upload, upload

PLACE = "place"


@pytest.fixture
def society(cast):
    return cast.near.cooperative


def attach(society, by, file=None, **more):
    return attach_file(society, file or photo_upload(), purpose=PLACE, by=by, **more)


def address(attachment, name="file"):
    return reverse(f"accounts:attachment-{name}", args=[attachment.pk])


def stored_files(settings):
    return [p for p in (Path(settings.FILES_DIR) / "attachments").rglob("*") if p.is_file()]


def test_a_photo_is_kept_without_what_was_hidden_in_it(cast, society):
    row = attach(society, cast.clerk)
    kept = row.path.read_bytes()
    assert row.kind == AttachmentKind.PHOTO
    assert (row.width, row.height) == (480, 640)
    assert row.taken_at is not None
    assert row.latitude is not None
    assert b"HUAWEI" not in kept
    assert hashlib.sha256(kept).hexdigest() == row.sha256
    assert row.received_sha256 == hashlib.sha256(phone_photo()).hexdigest()


def test_a_document_is_kept_byte_for_byte(cast, society):
    row = attach(society, cast.clerk, upload(PDF, "章程.pdf"))
    assert row.path.read_bytes() == PDF
    assert row.kind == AttachmentKind.PDF


def test_a_name_gets_the_ending_of_what_the_file_is(cast, society):
    row = attach(society, cast.clerk, upload(PDF, "../../照片\u202egnp.exe"))
    assert row.filename == "照片gnp.pdf"
    assert row.stored_name not in row.filename


def test_every_attaching_and_removing_is_recorded(cast, society):
    row = attach(society, cast.clerk)
    remove_attachment(row, reason="传错了合作社", by=cast.clerk)
    deeds = list(AuditEvent.objects.about(society).values_list("action", "reason"))
    assert deeds[:2] == [("file-removed", "传错了合作社"), ("file-attached", "")]
    assert list(Attachment.objects.of(society)) == []
    assert row.path.exists()


def test_the_same_upload_of_a_phone_is_one_row(cast, society):
    mark = uuid.uuid4()
    first = attach(society, cast.clerk, client_id=mark)
    again = attach(society, cast.clerk, client_id=mark)
    assert first == again
    assert Attachment.objects.count() == 1
    assert attach(cast.far.cooperative, cast.bureau, client_id=mark) != first


def test_nobody_attaches_or_removes_beyond_their_reach(cast, society):
    row = attach(society, cast.clerk)
    for person in (cast.far.clerk, cast.chair, cast.leader, cast.liaison):
        with pytest.raises(PermissionDenied):
            attach(society, person)
        with pytest.raises(PermissionDenied):
            remove_attachment(row, reason="试", by=person)


def test_a_row_that_admits_no_change_says_why(cast, society, monkeypatch):
    row = attach(society, cast.clerk)
    monkeypatch.setattr(owners, "_owners", {})
    register_owner(
        Cooperative,
        view=Action.VIEW_COOPERATIVE,
        edit=Action.EDIT_COOPERATIVE,
        unless=lambda _society: "已报送，不能改动附件。",
    )
    with pytest.raises(AttachmentRefused, match="已报送"):
        attach(society, cast.clerk)
    with pytest.raises(AttachmentRefused, match="已报送"):
        remove_attachment(row, reason="试", by=cast.clerk)
    assert not attachments.may_change(society, cast.clerk)


def test_a_bad_file_is_refused_and_leaves_nothing(cast, society, settings):
    before = stored_files(settings)
    attached, refused = attach_each(
        society,
        [upload(b"<html>", "页面.pdf"), photo_upload()],
        purpose=PLACE,
        by=cast.clerk,
    )
    assert len(attached) == 1
    assert refused == [f"“页面.pdf”：{WRONG_KIND}"]
    assert len(stored_files(settings)) == len(before) + 2  # the photo and its small picture


def test_a_file_above_the_limit_is_refused(cast, society, settings):
    settings.ATTACHMENT_LIMITS = {**settings.ATTACHMENT_LIMITS, "bytes": 1 << 20}
    with pytest.raises(AttachmentRefused, match="超过 1 MB"):
        attach(society, cast.clerk, upload(PDF + b" " * (1 << 20), "大.pdf"))


def test_a_full_disk_is_said_and_leaves_nothing(cast, society, monkeypatch, settings):
    def full(_path, _content):
        raise OSError(errno.ENOSPC, "no room")

    before = stored_files(settings)
    monkeypatch.setattr(attachments, "_write_through", full)
    with pytest.raises(StorageFull, match="存储空间不足"):
        attach(society, cast.clerk)
    assert stored_files(settings) == before
    assert not Attachment.objects.exists()


def test_what_cannot_be_recorded_is_not_kept(cast, society, monkeypatch, settings):
    def broken(*_args, **_more):
        raise RuntimeError

    before = stored_files(settings)
    monkeypatch.setattr(attachments.audit, "record", broken)
    with pytest.raises(RuntimeError):
        attach(society, cast.clerk)
    assert not Attachment.objects.exists()
    assert stored_files(settings) == before


def test_two_people_who_remove_the_same_one(cast, society):
    row = attach(society, cast.clerk)
    twin = Attachment.objects.get(pk=row.pk)
    remove_attachment(row, reason="传错", by=cast.clerk)
    with pytest.raises(AttachmentRefused, match="已被移除"):
        remove_attachment(twin, reason="传错", by=cast.bureau)


# --- on the way out ---


def test_a_photo_is_shown_and_a_document_is_saved(cast, society, browser_of):
    photo = attach(society, cast.clerk)
    paper = attach(society, cast.clerk, upload(PDF, "章程.pdf"))
    client = browser_of(cast.clerk)
    shown, small, saved = (
        client.get(address(photo)),
        client.get(address(photo, "small")),
        client.get(address(paper)),
    )
    assert shown["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content) == PDF
    for answer in (shown, small, saved):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store, private"
    assert client.get(address(paper, "small")).status_code == 404


@pytest.mark.parametrize("name", ["file", "small"])
def test_who_does_not_reach_the_owner_gets_404(cast, society, browser_of, name):
    row = attach(society, cast.clerk)
    for person in (cast.far.clerk, cast.far.counsellor, cast.far.chair, cast.liaison):
        assert browser_of(person).get(address(row, name)).status_code == 404
    for person in (cast.clerk, cast.counsellor, cast.chair, cast.leader):
        assert browser_of(person).get(address(row, name)).status_code == 200


def test_a_removed_attachment_is_out_of_everybodys_reach(cast, society, browser_of):
    row = attach(society, cast.clerk)
    remove_attachment(row, reason="传错", by=cast.clerk)
    assert browser_of(cast.clerk).get(address(row)).status_code == 404


def test_a_file_that_is_missing_on_the_disk_is_said_in_words(cast, society, browser_of, caplog):
    row = attach(society, cast.clerk)
    row.path.unlink()
    answer = browser_of(cast.clerk).get(address(row))
    assert answer.status_code == 404
    assert "从备份中恢复" in answer.content.decode()
    assert str(row.pk) in caplog.text


# --- the page of a society ---


def page_of(society):
    return reverse("registry:cooperative-attachments", args=[society.code])


def test_files_are_added_and_removed_on_the_page_of_a_society(cast, society, browser_of):
    client = browser_of(cast.clerk)
    files = [photo_upload(), upload(PDF, "章程.pdf")]
    sent = client.post(page_of(society), {"purpose": "place", "uploads": files, "note": "大门"})
    assert sent.status_code == 302
    assert Attachment.objects.of(society).count() == 2
    page = client.get(page_of(society)).content.decode()
    assert "大门" in page
    assert "章程.pdf" in page
    row = Attachment.objects.of(society).first()
    facts = {"version": row.version, "reason": "传错了", "next": page_of(society)}
    gone = client.post(address(row, "remove"), facts)
    assert gone.url == page_of(society)
    assert Attachment.objects.of(society).count() == 1


def test_a_refused_file_is_named_and_the_rest_is_kept(cast, society, browser_of):
    files = [photo_upload(), upload(b"<html>", "页面.pdf")]
    answer = browser_of(cast.clerk).post(page_of(society), {"purpose": "place", "uploads": files})
    assert answer.status_code == 422
    assert "页面.pdf" in answer.content.decode()
    assert Attachment.objects.of(society).count() == 1


def test_a_form_without_a_file_says_so(cast, society, browser_of):
    answer = browser_of(cast.clerk).post(page_of(society), {"purpose": "place"})
    assert answer.status_code == 422
    assert "请选择文件" in answer.content.decode()


def test_removal_without_a_reason_or_to_another_site_does_nothing_of_the_kind(
    cast, society, browser_of
):
    row = attach(society, cast.clerk)
    client = browser_of(cast.clerk)
    facts = {"version": row.version, "reason": "", "next": "https://example.com/"}
    assert client.post(address(row, "remove"), facts).url == "/"
    assert Attachment.objects.of(society).count() == 1


def test_a_reader_sees_files_but_no_form(cast, society, browser_of):
    attach(society, cast.clerk)
    for person in (cast.leader, cast.chair):
        page = browser_of(person).get(page_of(society)).content.decode()
        assert "attachment-picture" in page
        assert 'type="file"' not in page
        assert browser_of(person).post(page_of(society), {}).status_code == 403


def test_a_list_of_owners_costs_one_query(cast, society, django_assert_num_queries):
    attach(society, cast.clerk)
    attach(cast.far.cooperative, cast.bureau)
    keys = [society.pk, cast.far.cooperative.pk]
    with django_assert_num_queries(1):
        assert len(Attachment.objects.of_all(Cooperative, keys)) == 2
