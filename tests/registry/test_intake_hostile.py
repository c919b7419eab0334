"""Hostile files and requests from upload to register: nothing breaks, nothing is lost or leaks."""

import io
import os
import resource
import signal
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from accounts.models import AuditEvent
from common.quarter import Quarter
from registry.choices import JobState
from registry.models import FeedDelivery
from registry.operations.deliveries import receive_delivery
from tests.corpus import societies
from tests.corpus.workbooks import Parts, book
from tests.factories.accounts import unit
from tests.registry.feeds import check, hand_in, society, take_in, work, write_csv

pytestmark = pytest.mark.django_db
CREATE = "/registry/feeds/new/"
FAR_TOO_LARGE = ("9223372036854775808", "9" * 30)


@pytest.fixture
def bureau(cast, browser_of):
    return browser_of(cast.bureau)


def workbook(name, *lines):
    """Return a workbook whose sheet has a name, as it stands in the XML."""

    def rename(parts: Parts) -> None:
        text = parts["xl/workbook.xml"].decode()
        parts["xl/workbook.xml"] = text.replace('name="登记信息"', f'name="{name}"').encode()

    return book([societies.HEADER, *lines], alter=rename).write()


def every_page(client, delivery):
    base = f"/registry/feeds/{delivery}/"
    return {
        path: client.get(base + path).status_code
        for path in ("", "rows/", "rows/1/", "problems/", "original/", "gone/")
    }


# --- what a file may hold that a database cannot ---


def test_control_characters_in_headings_are_shown_and_stored(cast, bureau):
    content = write_csv([society(1)]).replace("住所".encode(), "住所\x00,备\x01注".encode())

    job = work(hand_in(content, by=cast.bureau))

    assert job.state in {JobState.STAGED, JobState.REFUSED}, job.message
    assert "住所␀" in str(job.delivery.report)
    assert set(every_page(bureau, job.delivery_id).values()) <= {200, 302}


def test_a_refusal_that_quotes_a_control_character_is_stored(cast):
    content = "缁熶竴\x00绀句細,b\na,b\n".encode()

    job = work(hand_in(content, by=cast.bureau))

    assert (job.state, job.reason) == (JobState.REFUSED, "MOJIBAKE")
    assert "␀" in job.message


@pytest.mark.parametrize(
    "name", ["㈱" * 199 + "社", "ﷺ" * 60 + "合作社", "…" * 150, "ß" * 190], ids="abcd"
)
def test_a_name_that_unfolds_fits_its_column(cast, name):
    job = take_in([society(1, name=name)], by=cast.bureau)

    assert job.counts["new"] == 1
    assert job.delivery.rows.get(outcome="new").registration.name == name


@pytest.mark.parametrize(
    "name",
    ["很" * 80, "a/b[c]:*?\\", "'甲'", "汇总", ""],
    ids=["long", "signs", "quotes", "summary", "none"],
)
def test_any_sheet_name_is_kept_and_can_be_sent_back(cast, bureau, name):
    content = workbook(name, societies.line(1), societies.line(2, status="瞎写"))

    job = work(hand_in(content, by=cast.bureau, filename="登记信息.xlsx"))

    assert job.state == JobState.STAGED, job.message
    problems = bureau.get(f"/registry/feeds/{job.delivery_id}/problems/").getvalue()
    assert len(load_workbook(io.BytesIO(problems)).sheetnames) == 2
    again = work(hand_in(problems, by=cast.bureau, quarter="2021Q1"))
    assert again.counts["doubtful"] == 1


def test_a_line_of_twenty_thousand_cells_above_the_table_stays_readable(cast, bureau):
    content = b",".join([b"x"] * 20_000) + b"\n" + write_csv([society(1, status="瞎写")])

    job = work(hand_in(content, by=cast.bureau))

    assert job.state == JobState.STAGED
    assert set(every_page(bureau, job.delivery_id).values()) == {200}
    assert len(bureau.get(f"/registry/feeds/{job.delivery_id}/rows/1/").content) < 500_000


def test_a_message_quotes_an_endless_cell_in_part(cast):
    job = check([society(1, established_on="某" * 3_900)], by=cast.bureau)

    [row] = job.delivery.rows.filter(outcome="rejected")
    assert all(len(issue["message"]) < 300 for issue in row.issues)


# --- addresses and forms made by hand ---


@pytest.mark.parametrize("number", FAR_TOO_LARGE)
def test_a_number_beyond_any_row_is_not_found(bureau, number):
    for path in ("", "progress/", "rows/", "original/", "problems/", "gone/", "compare/"):
        assert bureau.get(f"/registry/feeds/{number}/{path}").status_code == 404
    for path in ("decide/", "commit/", "undo/", "cancel/", "rows/decide/"):
        assert bureau.post(f"/registry/feeds/{number}/{path}").status_code == 404
    assert bureau.get(f"/registry/feeds/1/rows/{number}/").status_code == 404
    assert bureau.get(CREATE, {"again": number}).status_code == 404


@pytest.mark.parametrize("wanted", ["²", "１", "\x00", "-1", "1e5"])
def test_a_former_file_that_is_no_number_is_passed_over(bureau, wanted):
    assert bureau.get(CREATE, {"again": wanted}).status_code == 200


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "<b>", "²", "x" * 9_000])
def test_a_hostile_address_is_answered(cast, bureau, value):
    job = check([society(1, status="瞎写")], by=cast.bureau)
    rows = f"/registry/feeds/{job.delivery_id}/rows/"

    assert bureau.get(rows, {"outcome": "doubtful", "doubt": value}).status_code == 200
    assert bureau.get(rows, {"outcome": value}).status_code == 404
    for name in ("after", "before", "quarter", "state"):
        assert bureau.get("/registry/feeds/", {name: value}).status_code == 200


@pytest.mark.parametrize("length", ["abc", "1e9", "-5", "²"])
def test_a_length_that_is_no_number_is_answered(bureau, length):
    answer = bureau.generic(
        "POST", CREATE, b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=length
    )

    assert answer.status_code in {400, 422}


@pytest.mark.parametrize("field", ["quarter", "scope", "source"])
def test_two_answers_to_one_question_are_refused(bureau, field):
    form = {
        "source": "registration",
        "quarter": "2021Q1",
        "scope": "full",
        "sender": str(unit("市场监管局").pk),
        "file": SimpleUploadedFile("登记.csv", write_csv([society(1)])),
    }

    answer = bureau.post(CREATE, {**form, field: [form[field], form[field]]})

    assert answer.status_code == 400
    assert "同一项收到了两个答案" in answer.content.decode()
    assert not FeedDelivery.objects.exists()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"reason": "长" * 501}, "理由最多 500 字，现在有 501 字"),
        ({"reason": "核\x00实"}, "看不见的控制字符"),
        ({"reason": "核实", "version": "abc"}, "页面内容已过期"),
        ({"reason": ["一", "二"]}, "同一项收到了两个答案"),
    ],
)
def test_a_step_whose_form_cannot_be_read_is_not_taken(cast, bureau, asked, sentence):
    job = check([society(1)], by=cast.bureau)

    for step in ("commit", "cancel"):
        answer = bureau.post(f"/registry/feeds/{job.delivery_id}/{step}/", asked)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.STAGED


def test_a_line_break_in_a_reason_counts_once(cast, bureau):
    job = check([society(1)], by=cast.bureau)
    reason = "核实\n" * 166

    bureau.post(
        f"/registry/feeds/{job.delivery_id}/cancel/", {"reason": reason.replace("\n", "\r\n")}
    )

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert AuditEvent.objects.order_by("-sequence")[0].reason == reason.strip()


def test_a_quarter_is_written_in_plain_digits():
    with pytest.raises(ValueError, match="not a quarter"):
        Quarter.parse("20２1Q2")


# --- around the worker and the command ---


def test_what_a_killed_worker_left_behind_is_cleared(cast):
    work_folder = Path(settings.DATA_DIR) / "work"
    work_folder.mkdir(exist_ok=True)
    left, fresh = work_folder / "parse-left", work_folder / "parse-fresh"
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "rows-00001.tsv").write_text("x", encoding="utf-8")
    yesterday = time.time() - 86_400
    os.utime(left, (yesterday, yesterday))

    check([society(1)], by=cast.bureau)

    assert not left.exists()
    assert fresh.exists()


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_the_command_says_what_is_wrong_with_its_file(tmp_path, kind):
    path = tmp_path / "登记.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)

    with pytest.raises(CommandError, match="没有这个文件"):
        call_command(
            *("import_feed", str(path), "--source", "registration"),
            *("--quarter", "2021Q1", "--scope", "full", "--json"),
        )


@pytest.fixture
def no_room_left():
    """Let the system itself refuse to write more than a kilobyte into any file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, heard)


def test_a_full_disk_refuses_the_file_in_words_and_leaves_nothing_behind(cast, request):
    bureau = cast.bureau
    request.getfixturevalue("no_room_left")
    receipt = receive_delivery(
        io.BytesIO(b"x" * 5000),
        filename="登记信息.csv",
        source="registration",
        quarter="2020Q2",
        scope="full",
        by=bureau,
    )
    assert receipt.refused_reason == "STORAGE_FULL"
    assert "存储空间不足" in receipt.message
    assert not list((Path(settings.FILES_DIR) / "deliveries").glob(".draft-*"))
    assert not FeedDelivery.objects.exists()
