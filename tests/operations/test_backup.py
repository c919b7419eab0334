"""A back-up counts only after it was restored; what is wrong with an archive is told before."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import AuditEvent, ExportJob, LifeSign, OrganisationUnit
from accounts.operations.attachments import attach_file
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory
from tongchuan_coop.backup import rows
from tongchuan_coop.backup.archive import Archive, BackupRefused
from tongchuan_coop.backup.snapshot import make_backup
from tongchuan_coop.fingerprint import fingerprint
from tongchuan_coop.settings import env

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def register(cast, tmp_path, settings):
    """A small register with a private file and a trail."""
    settings.FILES_DIR = tmp_path / "files"
    society = CooperativeFactory(name="=恶意名称专业合作社", township=cast.clerk.unit)
    attach_file(society, photo_upload(), purpose="place", by=cast.bureau)
    return society


def restore_in(folder, archive, **more):
    """Restore by the command, in a process of its own, into the embedded default of a folder."""
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(archive), "--json"],
        env=env.elsewhere(folder) | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def archive(register, tmp_path):
    del register
    return make_backup(tmp_path / "one.zip", check=False).path


def test_a_backup_is_restored_and_compared_before_it_counts(register, tmp_path):
    before = fingerprint()
    made = make_backup(tmp_path / "night.zip")
    assert (made.checked, made.fingerprint) == (True, before)
    assert made.files == 2  # a photo and its small picture
    assert LifeSign.objects.get(kind="backup").good
    assert AuditEvent.objects.filter(action="backup-made").count() == 1


def test_what_was_restored_is_equal_and_a_second_time_refused(archive, tmp_path):
    done = restore_in(tmp_path / "new", archive)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["fingerprint"] == fingerprint()
    copies = [p for p in (tmp_path / "new" / "files").rglob("*") if p.is_file()]
    assert len(copies) == len(Archive(archive).names("files")) == 2
    database = sqlite3.connect(tmp_path / "new" / "portal.sqlite3")
    last = database.execute("select max(sequence) from accounts_auditevent").fetchone()[0]
    assert last == AuditEvent.objects.order_by("-sequence").first().sequence - 1  # made after it
    assert database.execute("pragma foreign_key_check").fetchall() == []

    again = restore_in(tmp_path / "new", archive)
    assert again.returncode == 2
    assert "空白处" in again.stderr


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_archive_is_refused(archive, share):
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BackupRefused, match="没有改动任何数据"):
        Archive(archive)


def test_a_changed_byte_is_found(archive):
    with zipfile.ZipFile(archive) as source:
        place = source.getinfo("tables/registry_cooperative.jsonl").header_offset
    whole = bytearray(archive.read_bytes())
    whole[place + 90] ^= 0xFF
    archive.write_bytes(bytes(whole))
    with pytest.raises(BackupRefused, match="没有改动任何数据"):
        Archive(archive)


def rewrite(archive, **facts):
    """Give an archive another manifest."""
    other = archive.with_name("other.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), **facts}).encode()
            target.writestr(name, data)
    return other


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"format": "something else"}, "不是本系统的备份文件"),
        ({"version": 99}, "格式版本"),
        ({"members": {}}, "与清单不符"),
    ],
)
def test_a_foreign_archive_is_refused(archive, facts, sentence):
    with pytest.raises(BackupRefused, match=sentence):
        Archive(rewrite(archive, **facts))


def test_an_archive_of_a_newer_release_is_refused_before_anything_is_made(archive, tmp_path):
    migrations = [*Archive(archive).manifest["migrations"], ["registry", "9999_of_tomorrow"]]
    done = restore_in(tmp_path / "new", rewrite(archive, migrations=migrations))
    assert done.returncode == 2
    assert "更新版本" in done.stderr
    tables = sqlite3.connect(tmp_path / "new" / "portal.sqlite3").execute(
        "select count(*) from sqlite_master where name = 'registry_cooperative'"
    )
    assert tables.fetchone() == (0,)


def test_an_archive_of_an_earlier_release_is_brought_up_to_this_one(archive, tmp_path):
    # Of the last step that a squashed migration replaces, which only moves rows.
    last = ["pilot", "0008_present_proof_of_contacts_upward"]
    migrations = [each for each in Archive(archive).manifest["migrations"] if each != last]
    done = restore_in(tmp_path / "new", rewrite(archive, migrations=migrations))
    assert done.returncode == 0, done.stderr
    restored = json.loads(done.stdout)
    assert (restored["same_structure"], restored["fingerprint"]) == (False, fingerprint())
    applied = sqlite3.connect(tmp_path / "new" / "portal.sqlite3").execute(
        "select name from django_migrations where app = 'pilot'"
    )
    assert {last[1], f"0001_squashed_{last[1]}"} <= {name for (name,) in applied}


def test_a_missing_archive_is_named(tmp_path):
    with pytest.raises(CommandError, match="找不到备份文件") as refused:
        call_command("restore", tmp_path / "none.zip")
    assert refused.value.returncode == 2


def test_a_backup_never_writes_over_a_file(archive):
    with pytest.raises(CommandError, match="已经存在"):
        call_command("backup", archive)


def test_an_unwritable_place_leaves_no_half_file(register, tmp_path, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tongchuan_coop.backup.archive.ArchiveWriter.file", full)
    with pytest.raises(CommandError, match="没有写成"):
        call_command("backup", tmp_path / "night.zip")
    assert list(tmp_path.glob("*.zip")) == list(tmp_path.glob(".backup*")) == []
    assert not LifeSign.objects.get(kind="backup").good


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(register):
    with pytest.raises(BackupRefused, match="没有写成"):
        make_backup(Path("/proc/self"), check=False)  # nobody can make a file there, root neither
    assert not LifeSign.objects.get(kind="backup").good


def test_a_backup_that_differs_after_the_restore_is_thrown_away_and_shown(
    register, tmp_path, monkeypatch
):
    monkeypatch.setattr("tongchuan_coop.backup.snapshot.fingerprint", lambda: "of something else")
    with pytest.raises(BackupRefused, match="不一致"):
        make_backup(tmp_path)
    assert [path for path in tmp_path.iterdir() if "backup" in path.name] == []
    sign = LifeSign.objects.get(kind="backup")
    assert not sign.good
    assert "不一致" in sign.detail["fault"]


def test_what_a_killed_backup_left_behind_goes_a_day_later(register, tmp_path):
    of_long_ago, of_now = tmp_path / ".backup-old.proof", tmp_path / ".backup-new.part"
    (of_long_ago / "files").mkdir(parents=True)
    of_now.touch()
    os.utime(of_long_ago, (0, 0))
    make_backup(tmp_path, check=False)
    assert not of_long_ago.exists()
    assert of_now.exists()  # another process may be writing it


def test_exports_are_not_part_of_a_backup(register, cast, tmp_path):
    job = ExportJob.objects.create(
        owner=cast.bureau, kind="cooperatives", title="登记名册", form="csv", state="ready",
        stored_name="one.csv",
    )  # fmt: skip
    job.path.parent.mkdir(parents=True)
    job.path.write_text("甲")
    made = make_backup(tmp_path / "night.zip")
    assert (made.checked, made.files) == (True, 2)
    assert "tables/accounts_exportjob.jsonl" not in Archive(made.path).manifest["members"]


def test_a_folder_keeps_the_newest(register, tmp_path):
    for number in range(3):
        shutil.copy(__file__, tmp_path / f"backup-2020010{number}-000000.zip")
    made = make_backup(tmp_path, check=False, keep=2)
    assert [p.name for p in sorted(tmp_path.glob("*.zip"))] == [
        "backup-20200102-000000.zip",
        made.path.name,
    ]


def test_every_table_is_kept_or_left_out_on_purpose():
    from django.apps import apps

    known = {model._meta.db_table for model in rows.tables(apps)}
    assert set(connection.introspection.table_names()) - known == {"django_migrations"}
    assert known >= rows.LEFT_OUT
    assert OrganisationUnit._meta.db_table in known
