"""Exports in the background: complete, in reach, masked, marked, and taken away after some days."""

import csv
import datetime as dt
import html
import io
import re

import pytest
from openpyxl import load_workbook

from accounts.choices import ExportState
from accounts.exporting import exporter_of
from accounts.models import AuditEvent, ExportJob, NoticeReceipt, User
from accounts.operations import exports
from common import clock
from common.workflow import TransitionRefused
from registry.reporting.owed import current_year
from tests.factories.library import DocumentFactory
from tests.factories.registry import CooperativeFactory
from tests.factories.reports import MemberFactory


def made(kind, person, *, form="csv", query="", **more):
    """Return the export that a worker made of a list."""
    job = exports.ask_export(exporter_of(kind), form=form, query=query, by=person, **more)
    exports.run_export(job.pk)
    job.refresh_from_db()
    return job


def rows_of(job):
    """Return the heading and the rows of a csv export, and its last line."""
    text = job.path.read_text(encoding="utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    return heading, rows[:-1], rows[-1][0]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def test_an_export_holds_every_row_and_says_who_when_and_which(cast):
    for _ in range(30):
        CooperativeFactory(township=cast.near.township)
    job = made("cooperatives", cast.clerk, query="sort=name")
    heading, rows, note = rows_of(job)
    assert (job.state, len(rows), job.rows_done) == (ExportState.READY, 30, 30)
    assert "统一社会信用代码" in "".join(heading)
    for mark in (str(cast.clerk), "筛选条件：无（全部）", "行数：30", "本乡镇街道"):
        assert mark in note
    assert NoticeReceipt.objects.filter(person=cast.clerk).count() == 1


def test_an_export_reaches_as_far_as_its_owner(furnished):
    for person, own, foreign in (
        (furnished.clerk, furnished.near, furnished.far),
        (furnished.chair, furnished.near, furnished.far),
    ):
        text = made("promises", person).path.read_text(encoding="utf-8-sig")
        assert own.cooperative.name in text
        assert foreign.cooperative.name not in text


def test_the_conditions_of_the_list_are_those_of_the_file(cast):
    near = CooperativeFactory(township=cast.near.township)
    CooperativeFactory(township=cast.far.township)
    job = made("cooperatives", cast.bureau, query=f"township={cast.near.township.code}")
    _, rows, note = rows_of(job)
    assert [near.name in row for row in rows] == [True]
    assert cast.near.township.short_name in note
    with pytest.raises(TransitionRefused):
        made("cooperatives", cast.bureau, query="founded_from=nonsense")


def test_who_owes_a_report_is_exported_as_the_list_shows_it(cast):
    near = CooperativeFactory(township=cast.near.township)
    CooperativeFactory(township=cast.far.township)
    year = current_year()
    job = made("report-standings", cast.clerk, query=f"year={year}&standing=unfiled")
    _, rows, note = rows_of(job)
    assert [row[:2] for row in rows] == [[near.name, near.uscc]]
    assert rows[0][3] in {"未开始", "逾期未报"}
    assert f"年度：{year}" in note
    assert "报送情况：未报" in note
    with pytest.raises(TransitionRefused):
        made("report-standings", cast.clerk, query="standing=nonsense")


def test_personal_numbers_are_covered_unless_with_right_and_reason(cast):
    member = MemberFactory(cooperative=cast.near.cooperative, identity_number="51170219700101123X")
    covered = made("members", cast.clerk).path.read_text(encoding="utf-8-sig")
    assert member.identity_number not in covered
    with pytest.raises(TransitionRefused):
        made("members", cast.clerk, personal=True)
    whole = made("members", cast.clerk, personal=True, reason="核对补贴发放名册")
    assert member.identity_number in whole.path.read_text(encoding="utf-8-sig")
    event = AuditEvent.objects.filter(action="export-asked").last()
    assert (event.reason, event.detail["whole"]) == ("核对补贴发放名册", True)
    with pytest.raises(Exception, match="unmask-member"):
        made("members", cast.auditor, personal=True, reason="核对补贴发放名册")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_file_holds_a_formula_and_codes_stay_text(cast, start, form):
    name = f"{start}1+1合作社"
    society = CooperativeFactory(township=cast.near.township, name=name)
    job = made("cooperatives", cast.bureau, form=form, query="columns=all")
    if form == "csv":
        _, rows, _ = rows_of(job)
        assert all(not cell.startswith(("=", "+", "@", "\t")) for row in rows for cell in row)
        assert society.uscc in [cell.rstrip("\t") for cell in rows[0]]
        return
    sheet = load_workbook(io.BytesIO(job.path.read_bytes())).worksheets[1]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert society.uscc in [cell.value for cell in cells]


def test_a_record_is_exported_alone(furnished):
    _, rows, note = rows_of(
        made("promises", furnished.bureau, query=f"only={furnished.far.promise.pk}")
    )
    assert len(rows) == 1
    assert furnished.far.cooperative.name in rows[0]
    assert "只含一条记录" in note
    _, rows, _ = rows_of(
        made("promises", furnished.clerk, query=f"only={furnished.far.promise.pk}")
    )
    assert rows == []


# --- the queue ---


def test_a_right_that_was_lost_meanwhile_makes_no_file(cast):
    job = exports.ask_export(exporter_of("visits"), form="csv", query="", by=cast.bureau)
    User.objects.filter(pk=cast.bureau.pk).update(is_active=False)
    exports.run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.stored_name) == (ExportState.FAILED, "")
    assert job.fault


def test_a_fault_is_tried_three_times_and_then_said(cast, monkeypatch):
    job = exports.ask_export(exporter_of("visits"), form="csv", query="", by=cast.bureau)

    def broken(*_args, **_more):
        raise OSError

    monkeypatch.setattr(exports, "_write", broken)
    for _ in range(exports.MOST_TRIES):
        assert exports.waiting_exports() == [job.pk]
        exports.run_export(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.FAILED
    assert "三" not in job.fault
    assert "3 次" in job.fault
    assert exports.waiting_exports() == []


def test_a_dead_workers_export_is_taken_over_and_two_workers_make_one_file(cast, tmp_path):
    job = exports.ask_export(exporter_of("visits"), form="csv", query="", by=cast.bureau)
    now = clock.real_now()
    held = ExportJob.objects.filter(pk=job.pk)
    held.update(state="working", lease="dead", lease_until=now + dt.timedelta(minutes=1))
    exports.run_export(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.WORKING
    held.update(lease_until=now - dt.timedelta(minutes=1))
    exports.run_export(job.pk)
    exports.run_export(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.READY
    assert len(list((tmp_path / "exports").iterdir())) == 1


def test_a_file_is_taken_away_after_its_days(cast):
    job = made("visits", cast.bureau)
    assert exports.expire_exports() == 0
    ExportJob.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert exports.expire_exports() == 1
    job.refresh_from_db()
    assert job.state == ExportState.EXPIRED
    assert not job.path.exists()


def test_nobody_queues_without_end(cast):
    for _ in range(exports.MOST_UNFINISHED):
        exports.ask_export(exporter_of("visits"), form="csv", query="", by=cast.bureau)
    with pytest.raises(TransitionRefused):
        exports.ask_export(exporter_of("visits"), form="csv", query="", by=cast.bureau)


# --- the pages ---


def test_a_list_offers_the_export_and_the_page_hands_it_out(furnished, browser_of):
    client = browser_of(furnished.bureau)
    assert "exports/new/?list=visits" in client.get("/training/visits/").content.decode()
    address = "/accounts/exports/new/?list=visits"
    assert "筛选条件" in client.get(address).content.decode()
    assert client.post(address, {"form": "xlsx"}).status_code == 302
    job = ExportJob.objects.get()
    page = client.get("/accounts/exports/").content.decode()
    assert "every 2s" in page
    exports.run_export(job.pk)
    job.refresh_from_db()
    page = client.get("/accounts/exports/").content.decode()
    assert "every 2s" not in page
    answer = client.get(f"/accounts/exports/file/?export={job.pk}")
    assert b"".join(answer.streaming_content) == job.path.read_bytes()
    assert AuditEvent.objects.filter(action="export-fetched").count() == 1
    stranger = browser_of(furnished.clerk).get(f"/accounts/exports/file/?export={job.pk}")
    assert stranger.status_code == 302


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("/demonstration/rounds/", "list=rounds"),
        ("/demonstration/criteria/", "list=criteria"),
        ("/liaison/sharing/", "list=grants"),
        ("/registry/cleanup/days/", "list=batch-days"),
        ("/registry/relations/", "list=relations"),
        ("/registry/certificates/", "list=certificates&amp;state=requested"),
        ("/registry/certificates/?state=requested", "list=certificates&amp;state=requested"),
    ],
)
def test_every_list_hands_out_what_it_shows(furnished, browser_of, page, asked):
    shown = browser_of(furnished.bureau).get(page)
    assert shown.status_code == 200
    assert f"?{asked}" in shown.text


def test_a_roster_is_handed_out_for_its_society_alone(cast, browser_of):
    MemberFactory(cooperative=cast.near.cooperative, name="张大全")
    MemberFactory(cooperative=cast.far.cooperative, name="李小远")
    code = cast.near.cooperative.code
    shown = browser_of(cast.bureau).get(f"/registry/{code}/roster/").text
    assert f"list=members&amp;cooperative={code}" in shown
    text = made("members", cast.bureau, query=f"cooperative={code}").path.read_text("utf-8-sig")
    assert "张大全" in text
    assert "李小远" not in text


def test_who_may_not_see_the_list_may_not_export_it(cast, browser_of):
    assert browser_of(cast.liaison).get("/accounts/exports/new/?list=visits").status_code == 403
    assert browser_of(cast.bureau).get("/accounts/exports/new/?list=rumours").status_code == 302


def test_the_page_costs_a_fixed_number_of_queries(cast, browser_of, django_assert_max_num_queries):
    for kind in ("visits", "promises", "events", "titles"):
        made(kind, cast.bureau)
    client = browser_of(cast.bureau)
    client.get("/")
    with django_assert_max_num_queries(9):
        client.get("/accounts/exports/")


@pytest.mark.django_db
def test_a_list_that_has_a_condition_of_its_own_is_exported_under_it(cast, browser_of):
    client, kept = browser_of(cast.bureau), DocumentFactory()
    for conditions, told in (
        ("q=&kind=", "效力：未撤下的"),
        (f"q=&kind={kept.kind}", kept.get_kind_display()),
    ):
        page = client.get(f"/liaison/library/?{conditions}").content.decode()
        address = html.unescape(re.search(r'href="(/accounts/exports/new/[^"]+)"', page)[1])
        answer = client.get(address)
        assert answer.status_code == 200
        assert told in answer.content.decode()


@pytest.mark.django_db
def test_what_a_list_leaves_out_from_the_start_is_said(cast, browser_of):
    client = browser_of(cast.bureau)
    shown = client.get("/accounts/exports/new/?list=decisions").content.decode()
    assert "状态：未办结" in shown
    assert (
        "状态：未办结"
        not in client.get("/accounts/exports/new/?list=decisions&state=all").content.decode()
    )
