"""The archive: everything that proves each task, checkable without the portal, built once."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from accounts.models import Attachment, AuditEvent
from accounts.operations.attachments import attach_file
from common import clock
from common.workflow import TransitionRefused
from pilot.archiving import DIGESTS, INDEX, Piece, faults_of, fit_for_a_name, write_archive
from pilot.models import Archive
from pilot.operations import archives as operations
from pilot.plan_choices import ArchiveState
from tests.factories.files import photo_upload
from tests.factories.pilot import PartFactory, the_programme
from tongchuan_coop.stores import check_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(cast):
    """A ready archive of one part with two files of the same name, a page and a list."""
    part = cast.near.part
    assert cast.near.evidence_link
    assert cast.near.visit
    for _ in range(2):
        attach_file(part, photo_upload(), purpose="任务佐证", by=cast.clerk, note="签到表")
    made = operations.request_archive(part.task.programme, by=cast.bureau)
    operations.build_archive(made.pk)
    made.refresh_from_db()
    return made


def opened(archive):
    return zipfile.ZipFile(archive.path)


def test_an_archive_holds_everything_that_proves_a_task(archive):
    names = set(opened(archive).namelist())
    assert {
        INDEX,
        DIGESTS,
        "倒排工作表.xlsx",
        "佐证页面.xlsx",
        "办理经过.xlsx",
        "名单/走访记录.xlsx",
    } <= names
    files = [name for name in names if name.startswith("佐证/")]
    assert len(files) == 2
    assert archive.files == len(names)


def test_every_file_stands_in_the_index_with_its_digest(archive):
    zipped = opened(archive)
    index = load_workbook(io.BytesIO(zipped.read(INDEX)))["目录"]
    rows = list(index.iter_rows(min_row=2, values_only=True))
    listed = {row[5]: row[8] for row in rows}
    assert listed.keys() == set(zipped.namelist()) - {INDEX, DIGESTS}
    for name, digest in listed.items():
        assert hashlib.sha256(zipped.read(name)).hexdigest() == digest
    lines = zipped.read(DIGESTS).decode().splitlines()
    assert {line.split("  ", 1)[1] for line in lines} == listed.keys() | {INDEX}


def test_the_digest_of_the_row_is_that_of_the_file_and_the_storage_fits(archive):
    assert hashlib.sha256(archive.path.read_bytes()).hexdigest() == archive.sha256
    assert archive.size == archive.path.stat().st_size
    found = check_storage()
    assert not [line for line in [*found.missing, *found.altered] if "归档" in line]
    assert not [line for line in found.unnamed if archive.stored_name in line]


def test_an_intact_archive_is_found_so(cast, archive):
    assert operations.check_archive(archive, by=cast.bureau) == []
    assert archive.intact
    assert AuditEvent.objects.about(archive).first().action == "archive-checked"


def rewritten(archive, change):
    """Write the zip anew with some of its files changed, as somebody might who meddles with it."""
    with opened(archive) as zipped:
        content = {name: zipped.read(name) for name in zipped.namelist()}
    change(content)
    with zipfile.ZipFile(archive.path, "w") as zipped:
        for name, data in content.items():
            zipped.writestr(name, data)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda files: files.update({"倒排工作表.xlsx": b"other"}), "内容被改动：倒排工作表.xlsx"),
        (lambda files: files.pop("佐证页面.xlsx"), "缺少文件：佐证页面.xlsx"),
        (lambda files: files.update({"多余.txt": b"x"}), "清单里没有的文件：多余.txt"),
        (lambda files: files.pop(DIGESTS), f"缺少{DIGESTS}。"),
    ],
)
def test_meddling_is_found(cast, archive, change, fault):
    rewritten(archive, change)
    faults = operations.check_archive(archive, by=cast.bureau)
    assert fault in faults
    assert "整个文件的校验值与登记的不符。" in faults
    assert archive.intact is False


def test_a_torn_or_lost_archive_is_found(cast, archive):
    archive.path.write_bytes(archive.path.read_bytes()[:200])
    assert "压缩包已损坏，不能打开。" in operations.check_archive(archive, by=cast.bureau)
    archive.path.unlink()
    assert operations.check_archive(archive, by=cast.bureau) == ["归档文件不在服务器上。"]


def test_the_command_says_what_is_wrong_and_fails(archive, capsys):
    call_command("check_archive")
    assert f"归档 {archive.pk}：完好" in capsys.readouterr().out
    rewritten(archive, lambda files: files.pop("佐证页面.xlsx"))
    with pytest.raises(CommandError, match="不完好"):
        call_command("check_archive", "--json")
    assert "缺少文件：佐证页面.xlsx" in capsys.readouterr().out


def test_a_lost_attachment_is_said_and_does_not_stop_the_archive(cast):
    part = cast.near.part
    attach_file(part, photo_upload(), purpose="任务佐证", by=cast.clerk)
    Attachment.objects.of(part).get().path.unlink()
    made = operations.request_archive(part.task.programme, by=cast.bureau)
    operations.build_archive(made.pk)
    made.refresh_from_db()
    assert (made.state, made.missing) == (ArchiveState.READY, 1)
    assert "1 个附件的文件不在服务器上" in made.message


# --- the job ---


def test_one_archive_is_built_at_a_time(cast):
    PartFactory()
    operations.request_archive(the_programme(), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="正在生成"):
        operations.request_archive(the_programme(), by=cast.bureau)


def test_building_twice_builds_once(archive):
    before = archive.stored_name
    operations.build_archive(archive.pk)
    archive.refresh_from_db()
    assert archive.stored_name == before
    assert operations.waiting_archives() == []


def test_what_another_worker_holds_is_left_alone_until_its_lease_ends(cast):
    PartFactory()
    made = operations.request_archive(the_programme(), by=cast.bureau)
    held = Archive.objects.filter(pk=made.pk)
    held.update(
        state=ArchiveState.BUILDING, lease="x", lease_until=clock.real_now() + operations.LEASE
    )
    operations.build_archive(made.pk)
    assert held.get().state == ArchiveState.BUILDING
    held.update(lease_until=clock.real_now() - operations.LEASE)
    assert operations.waiting_archives() == [made.pk]
    operations.build_archive(made.pk)
    assert held.get().state == ArchiveState.READY


def test_what_fails_three_times_is_given_up_in_words_and_leaves_no_scraps(cast, monkeypatch):
    PartFactory()
    made = operations.request_archive(the_programme(), by=cast.bureau)

    def full(*_args):
        raise OSError(28, "no space")

    monkeypatch.setattr(operations, "write_archive", full)
    for _ in range(operations.ATTEMPTS + 1):
        Archive.objects.filter(pk=made.pk).update(lease_until=None)
        operations.build_archive(made.pk)
    made.refresh_from_db()
    assert made.state == ArchiveState.FAILED
    assert "联系系统管理员" in made.message
    assert not list((Path(settings.FILES_DIR) / operations.UNFINISHED).glob("*.zip"))
    assert operations.request_archive(the_programme(), by=cast.bureau)


def test_an_empty_plan_has_no_archive(cast):
    with pytest.raises(TransitionRefused, match="没有任务"):
        operations.request_archive(the_programme(), by=cast.bureau)


# --- rights and pages ---


def test_only_who_may_takes_it_and_that_is_noted(cast, archive, browser_of):
    answer = browser_of(cast.auditor).get(f"/pilot/archive/{archive.pk}/file/")
    assert b"".join(answer.streaming_content) == archive.path.read_bytes()
    assert AuditEvent.objects.about(archive).first().action == "archive-fetched"
    for person in (cast.clerk, cast.leader, cast.liaison, cast.chair):
        assert browser_of(person).get(f"/pilot/archive/{archive.pk}/file/").status_code == 403


def test_only_the_bureau_asks_for_one(cast):
    PartFactory()
    with pytest.raises(PermissionDenied):
        operations.request_archive(the_programme(), by=cast.auditor)


def test_the_page_asks_a_worker_and_shows_what_came_of_it(cast, browser_of):
    PartFactory()
    client = browser_of(cast.bureau)
    client.post("/pilot/archive/new/")
    made = Archive.objects.get()
    assert "正在后台生成" in client.get("/pilot/archive/").content.decode()
    operations.build_archive(made.pk)
    client.post(f"/pilot/archive/{made.pk}/check/")
    assert "完好" in client.get("/pilot/archive/").content.decode()


# --- the zip itself ---


def test_names_are_such_as_every_system_takes():
    assert fit_for_a_name('甲/乙:丙*"丁".docx ') == "甲-乙-丙-丁-.docx"
    assert fit_for_a_name("../..") == "-"
    assert fit_for_a_name("///") == "-"
    assert fit_for_a_name(" . ") == "未命名"


def test_two_files_of_one_name_stand_side_by_side(tmp_path):
    target = tmp_path / "a.zip"
    pieces = [Piece("甲.txt", "附件", b"1"), Piece("甲.txt", "附件", b"2")]
    with target.open("w+b") as stream:
        assert write_archive(stream, pieces, []) == 4
    with zipfile.ZipFile(target) as zipped:
        assert zipped.read("甲.txt") == b"1"
        assert zipped.read("甲（2）.txt") == b"2"
    assert faults_of(target, hashlib.sha256(target.read_bytes()).hexdigest()) == []
