"""The watched folder: files at rest are taken in, half-copied ones left alone, each with a receipt."""

import os
import time

import pytest

from registry.choices import FeedScope, FeedSource, JobState
from registry.models import FeedDelivery
from registry.operations import inbox as box
from registry.operations.inbox import inbox, take_in_inbox
from registry.tasks import look_into_inbox
from tests.registry.feeds import listed, society, work, write_csv, write_statements

CONTENT = write_csv([society(1)])


@pytest.fixture
def folder(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return inbox()


def lay(folder, name, content=CONTENT, *, old=True):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if old:
        long_ago = time.time() - 60
        os.utime(path, (long_ago, long_ago))
    return path


def look_twice():
    return [*take_in_inbox(), *take_in_inbox()]


def receipts(folder, place):
    return [p.read_text(encoding="utf-8") for p in (folder / place).glob(f"*{box.RECEIPT}")]


def test_a_file_at_rest_is_taken_in_like_an_upload(folder):
    lay(folder, "registration/登记信息2020年二季度.csv")
    [delivery] = look_twice()
    assert (delivery.source, delivery.quarter, delivery.scope) == (
        FeedSource.REGISTRATION,
        "2020Q2",
        FeedScope.FULL,
    )
    assert (delivery.sender.code, delivery.received_by.username) == ("scjgj", "machine")
    assert work(delivery.job).state == JobState.STAGED
    [told] = receipts(folder, "handled")
    assert "已接收为“2020年二季度登记信息第1份”" in told
    assert delivery.sha256 in told
    assert not any(p.is_file() for p in (folder / "registration").rglob("*"))


def test_a_file_that_still_grows_is_left_alone(folder):
    path = lay(folder, "registration/登记信息2020Q2.csv", CONTENT[:50])
    assert take_in_inbox() == []
    path.write_bytes(CONTENT)
    long_ago = time.time() - 60
    os.utime(path, (long_ago, long_ago))  # as some programs that copy do
    assert take_in_inbox() == []
    assert path.exists()
    [delivery] = take_in_inbox()
    assert delivery.size == len(CONTENT)


def test_a_file_just_written_is_left_alone(folder):
    path = lay(folder, "registration/登记信息2020Q2.csv", old=False)
    assert look_twice() == []
    assert path.exists()


def test_the_quarter_may_stand_in_a_folder_and_the_name_may_say_changes(folder):
    content = write_statements(FeedSource.ABNORMAL, [listed(1)])
    lay(folder, "abnormal/2020Q3/经营异常名录（变动）.csv", content)
    [delivery] = look_twice()
    assert (delivery.source, delivery.quarter, delivery.scope) == (
        "abnormal",
        "2020Q3",
        FeedScope.CHANGES,
    )


def test_a_file_without_a_quarter_goes_back_with_a_sentence(folder):
    lay(folder, "tax/税务登记.csv")
    assert look_twice() == []
    [told] = receipts(folder, "refused")
    assert "文件名里没有写明季度" in told
    assert not FeedDelivery.objects.exists()


def test_the_same_file_again_is_known(folder):
    lay(folder, "registration/登记信息2020Q2.csv")
    look_twice()
    lay(folder, "registration/另存登记信息2020Q2.csv")
    assert look_twice() == []
    assert any("重复" in told for told in receipts(folder, "handled"))
    assert FeedDelivery.objects.count() == 1


def test_links_hidden_and_lock_files_are_passed_over(folder, tmp_path):
    outside = tmp_path / "secret.csv"
    outside.write_bytes(CONTENT)
    (folder / "registration" / "登记信息2020Q2.csv").symlink_to(outside)
    lay(folder, "registration/.登记信息2020Q2.csv")
    lay(folder, "registration/~$登记信息2020Q2.xlsx")
    assert look_twice() == []


def test_what_a_killed_worker_had_in_hand_comes_back(folder):
    lay(folder, f".working/{'a' * 32}-spot-check-抽查2020Q3.csv")
    long_ago = time.time() - 3600
    for path in (folder / ".working").iterdir():
        os.utime(path, (long_ago, long_ago))
    [delivery] = look_twice()
    assert (delivery.source, delivery.filename) == ("spot-check", "抽查2020Q3.csv")


def test_the_task_wakes_a_worker_for_each_file(folder, monkeypatch):
    woken = []
    monkeypatch.setattr("registry.tasks.wake", woken.append)
    lay(folder, "registration/登记信息2020Q2.csv")
    look_into_inbox()
    look_into_inbox()
    assert woken == [FeedDelivery.objects.get().job.pk]
