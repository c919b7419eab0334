"""What a monitor and the administrator see: figures, lights, log lines that carry nobody's number."""

import datetime as dt
import json
import logging

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import LifeSign
from accounts.operations import life_signs
from accounts.operations.attachments import attach_file
from common import clock
from common.logs import JsonLine, MaskedLine, belongs_to, masked
from registry.choices import JobState
from registry.models import Cooperative
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory, DeliveryFactory
from tongchuan_coop.celery import app
from tongchuan_coop.machinery import parts
from tongchuan_coop.stores import check_storage


def lights(cast):
    return {part.title: part.tone for part in parts(cast.administrator)}


@pytest.fixture
def photo(cast, tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    society = CooperativeFactory(township=cast.clerk.unit)
    return attach_file(society, photo_upload(), purpose="place", by=cast.bureau)


def test_rows_and_files_that_fit_are_said_to_fit(photo):
    found = check_storage()
    assert (found.good, found.files) == (True, 1)
    assert LifeSign.objects.get(kind="storage").good


def test_a_comparison_of_long_ago_is_no_good_sign(photo, cast):
    check_storage()
    assert lights(cast)["文件核对"] == "ok"
    LifeSign.objects.update(at=clock.real_now() - dt.timedelta(hours=31))
    assert lights(cast)["文件核对"] == "warn"


@pytest.mark.parametrize("folder", ["exports", "partial"])
def test_what_only_passes_through_needs_no_row(photo, settings, folder):
    (settings.FILES_DIR / folder).mkdir()
    (settings.FILES_DIR / folder / "one.csv").touch()
    assert check_storage().good


def test_a_lost_an_altered_and_a_nameless_file_are_each_found(photo, cast, settings):
    other = attach_file(Cooperative.objects.get(), photo_upload(), purpose="other", by=cast.bureau)
    photo.path.unlink()
    other.path.write_bytes(other.path.read_bytes()[:-1] + b"\0")
    (settings.FILES_DIR / "left-over").write_bytes(b"?")
    with pytest.raises(CommandError):
        call_command("check_storage")
    found = check_storage()
    assert [len(found.missing), len(found.altered), found.unnamed] == [1, 1, ["left-over"]]
    assert lights(cast)["文件核对"] == "bad"
    assert not photo.path.exists()  # nothing is mended in silence


def test_a_worker_is_alive_while_it_gives_signs(cast):
    assert lights(cast)["后台进程"] == "bad"
    life_signs.give_sign(life_signs.WORKER, "celery@one")
    assert lights(cast)["后台进程"] == "ok"
    LifeSign.objects.update(at=clock.real_now() - dt.timedelta(minutes=4))
    assert lights(cast)["后台进程"] == "bad"


def test_workers_of_long_ago_are_forgotten(db):
    life_signs.give_sign(life_signs.WORKER, "celery@old")
    LifeSign.objects.update(at=clock.real_now() - dt.timedelta(days=8))
    life_signs.give_sign(life_signs.WORKER, "celery@new")
    assert life_signs.forget_old_workers() == 1
    assert [sign.name for sign in LifeSign.objects.all()] == ["celery@new"]


def test_a_backup_is_good_for_a_day(cast):
    assert lights(cast)["备份"] == "bad"
    life_signs.give_sign(life_signs.BACKUP, rows=3, file="b.zip")
    assert lights(cast)["备份"] == "ok"
    LifeSign.objects.update(at=clock.real_now() - dt.timedelta(hours=31))
    assert lights(cast)["备份"] == "bad"


def test_a_job_that_was_given_up_is_red(cast):
    DeliveryFactory(job=JobState.HELD, job__reason="ATTEMPTS_EXHAUSTED")
    assert lights(cast)["报送队列"] == "bad"


def test_a_full_disk_is_red(cast, monkeypatch):
    gone = type("Usage", (), {"total": 100, "free": 9})()
    monkeypatch.setattr("tongchuan_coop.machinery.shutil.disk_usage", lambda _: gone)
    assert lights(cast)["磁盘"] == "bad"


def test_every_red_light_says_what_to_do(cast):
    assert all(part.remedy for part in parts(cast.administrator) if part.tone != "ok")


def test_the_page_costs_the_same_however_many_jobs(cast, browser_of, django_assert_max_num_queries):
    for _ in range(12):
        DeliveryFactory()
    client = browser_of(cast.administrator)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("machinery"))
    assert len(page.context["jobs"]) == 10


def test_figures_are_given_to_this_machine_alone(client, db, settings):
    DeliveryFactory(job=JobState.RECEIVED)
    client.get("/accounts/login/")
    text = client.get("/metrics").content.decode()
    assert "portal_queue_jobs 1.0" in text
    assert 'portal_answers_total{route="accounts:login",status="200"}' in text
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.8").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.8"}).status_code == 404
    settings.METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 404
    shown = {"Authorization": "Bearer s3cret"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.8", headers=shown).status_code == 200


def test_every_answer_carries_a_number_and_keeps_that_of_a_proxy(client, db):
    assert len(client.get("/livez")["X-Request-ID"]) == 32
    given = "proxy-12345678"
    assert client.get("/livez", headers={"X-Request-ID": given})["X-Request-ID"] == given
    forged = "x" * 200
    assert client.get("/livez", headers={"X-Request-ID": forged})["X-Request-ID"] != forged


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("身份证 513021196503124567 已核", "身份证 513021********4567 已核"),
        ("51302119650312456X", "513021********456X"),
        ("电话13912345678。", "电话139****5678。"),
        ("信用代码 93511702MA6200001X", "信用代码 93511702MA6200001X"),
        ("批次 20210720123456", "批次 20210720123456"),
    ],
)
def test_a_log_line_hides_the_numbers_of_people(told, kept):
    assert masked(told) == kept
    record = logging.LogRecord("portal", logging.INFO, "", 0, "%s", (told,), None)
    assert kept in JsonLine().format(record)
    assert kept in MaskedLine().format(record)


def test_a_log_line_says_what_it_belongs_to():
    token = belongs_to.set({"request": "abc"})
    record = logging.LogRecord("portal", logging.INFO, "", 0, "hello", (), None)
    line = json.loads(JsonLine().format(record))
    belongs_to.reset(token)
    assert (line["request"], line["level"], line["message"]) == ("abc", "INFO", "hello")


def test_beat_sends_only_tasks_that_exist():
    app.loader.import_default_modules()
    sent = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert sent <= set(app.tasks)


def test_the_audit_trail_leaves_as_lines_that_can_be_checked_elsewhere(cast, browser_of, tmp_path):
    client = browser_of(cast.auditor)
    answer = client.post(reverse("accounts:audit-export"))
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    assert lines[-1]["action"] == "audit-exported"
    assert [line["previous_hash"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    assert browser_of(cast.administrator).post(reverse("accounts:audit-export")).status_code == 403
    call_command("audit", "export", tmp_path / "trail.jsonl")
    assert len((tmp_path / "trail.jsonl").read_text().splitlines()) == len(lines) + 1
