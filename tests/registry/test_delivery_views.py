"""The pages of deliveries: handing in, following, reading, deciding, giving back."""

import datetime as dt
import io
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import AuditEvent
from common import clock
from registry.choices import FeedSource, JobState, RowDecision
from registry.feed_guide import tables
from registry.ingestion.reasons import REASONS
from registry.models import Cooperative, FeedDelivery, IngestJob
from registry.views import deliveries, uploads
from tests.factories.accounts import unit
from tests.factories.registry import DeliveryFactory, RowFactory, valid_uscc
from tests.registry.feeds import check, commit, hand_in, society, take_in, work, write_csv

pytestmark = pytest.mark.django_db
FILLED = {
    "uscc": valid_uscc(5),
    "name": "达州市通川区模板种植专业合作社",
    "total_contribution": 80,
    "abnormal.reason": "未按期公示年度报告",
    "listed_on": "2020-01-10",
    "checked_on": "2020-01-10",
    "results": "未发现问题",
    "deregistration.kind": "注销",
    "happened_on": "2020-01-10",
    "report_year": 2019,
    "report-publication.state": "已公示",
    "tax.state": "正常",
    "item": "住所变更",
    "changed_on": "2020-01-10",
}
LIST, CREATE = "/registry/feeds/", "/registry/feeds/new/"
MUST_BE_18 = "统一社会信用代码应为 18 位"


@pytest.fixture
def woken(monkeypatch):
    """Collect the jobs for which a worker is called, instead of calling one."""
    called = []
    monkeypatch.setattr(uploads, "wake", called.append)
    monkeypatch.setattr(deliveries, "wake", called.append)
    monkeypatch.setattr("django.db.transaction.on_commit", lambda told: told())
    return called


@pytest.fixture
def bureau(cast, browser_of, woken):
    del woken
    return browser_of(cast.bureau)


def upload(client, content=b"", *, name="登记信息.csv", again="", follow=False, **changes):
    """Send the form as a browser does; `file=None` leaves the file out."""
    form = {
        "source": "registration",
        "quarter": "2021Q2",
        "scope": "full",
        "sender": str(unit("市场监管局").pk),
        "file": SimpleUploadedFile(name, content or write_csv([society(1), society(2)])),
        **changes,
    }
    kept = {key: value for key, value in form.items() if value is not None}
    return client.post(f"{CREATE}{again}", kept, follow=follow)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def text_of(html):
    """What a person reads of a page, without the tags between the words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def at(name, job, *more):
    return reverse(f"registry:{name}", args=[job.delivery_id, *more])


# --- handing a file in ---


def test_a_file_is_received_and_answered_with_its_page_before_anything_is_read(bureau, cast, woken):
    answer = upload(bureau)
    job = IngestJob.objects.get()
    assert (answer.status_code, answer.url) == (302, at("delivery-detail", job))
    assert (job.state, job.requested_by) == (JobState.RECEIVED, cast.bureau)
    assert woken == [job.pk]
    assert job.delivery.sender == unit("市场监管局")
    assert "排队等待" in page(bureau, answer.url)


def test_the_quarter_that_ended_last_is_proposed_and_no_later_one_than_the_running(bureau):
    html = page(bureau, CREATE)
    offered = re.findall(r'<option value="(20\d\dQ\d)"( selected)?', html)
    assert offered[:2] == [("2021Q3", ""), ("2021Q2", " selected")]


def test_scope_has_no_default_and_must_be_stated(bureau):
    assert not re.search(r'name="scope"[^>]*checked', page(bureau, CREATE))
    answer = upload(bureau, scope=None)
    assert answer.status_code == 422
    assert "请选择这份文件是全部名单还是仅变动部分" in answer.content.decode()
    assert not FeedDelivery.objects.exists()


def test_a_form_without_a_file_names_the_field(bureau):
    answer = upload(bureau, file=None)
    assert answer.status_code == 400
    assert "数据文件：请选择要报送的文件" in answer.content.decode()


def test_two_files_in_one_field_are_refused_by_name(bureau):
    two = [SimpleUploadedFile("甲.csv", b"1"), SimpleUploadedFile("乙.csv", b"2")]
    answer = upload(bureau, file=two)
    assert answer.status_code == 400
    assert "一次只能报送一个文件，刚才选了 2 个" in answer.content.decode()
    assert not FeedDelivery.objects.exists()


def test_a_file_in_another_field_is_refused_naming_the_right_one(bureau):
    stray = SimpleUploadedFile("登记信息.csv", b"1")
    answer = upload(bureau, file=None, attachment=stray)
    assert answer.status_code == 400
    assert "没有在“数据文件”一栏收到文件" in answer.content.decode()


def test_an_empty_file_is_refused_at_once(bureau):
    answer = upload(bureau, file=SimpleUploadedFile("空.csv", b""))
    assert answer.status_code == 422
    assert "空的（0 字节）" in answer.content.decode()


def test_a_body_over_the_limit_is_refused_before_it_is_taken_apart(bureau, settings):
    settings.INTAKE_LIMITS = {**settings.INTAKE_LIMITS, "upload_bytes": 1 << 20}
    answer = upload(bureau, b"x" * (3 << 20))
    assert answer.status_code == 413
    assert "文件超过上限 1 MB，没有接收" in answer.content.decode()
    assert not FeedDelivery.objects.exists()


def test_a_file_a_little_over_the_limit_is_refused_naming_the_limit(bureau, settings):
    settings.INTAKE_LIMITS = {**settings.INTAKE_LIMITS, "upload_bytes": 1 << 20}
    answer = upload(bureau, b"x" * ((1 << 20) + 10))
    assert answer.status_code == 422
    assert "文件超过上限 1 MB，没有接收" in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"scope": None}, {"quarter": "2030Q1"}, {"source": "x"}])
def test_a_wrong_choice_keeps_the_chosen_file(bureau, wrong):
    content = write_csv([society(7)])
    refused = upload(bureau, content, name="选好的.csv", **wrong)
    assert refused.status_code == 422
    assert "选好的.csv" in refused.content.decode()
    assert "不必重新选择" in refused.content.decode()
    accepted = upload(bureau, file=None)
    assert accepted.status_code == 302
    delivery = FeedDelivery.objects.get()
    assert (delivery.filename, delivery.path.read_bytes()) == ("选好的.csv", content)


def test_a_kept_file_can_be_replaced_and_is_nobody_elses(bureau, cast, browser_of):
    upload(bureau, write_csv([society(7)]), name="旧.csv", scope=None)
    assert upload(browser_of(cast.near.liaison), file=None).status_code == 400
    upload(bureau, write_csv([society(8)]), name="新.csv")
    assert FeedDelivery.objects.get().filename == "新.csv"
    assert upload(bureau, file=None, quarter="2021Q1").status_code == 400


def test_the_same_bytes_again_are_answered_with_when_by_whom_and_a_link(bureau, cast):
    upload(bureau)
    answer = upload(bureau, name="换了名字.csv")
    first, html = FeedDelivery.objects.get(), answer.content.decode()
    assert answer.status_code == 409
    assert clock.local_day(first.received_at) in html
    assert cast.bureau.full_name in html
    assert reverse("registry:delivery-detail", args=[first.pk]) in html


def test_a_duplicate_of_another_department_is_told_without_a_link(cast, browser_of, woken):
    content = write_csv([society(1)])
    hand_in(content, by=cast.far.liaison, quarter="2021Q2")
    answer = upload(browser_of(cast.near.liaison), content, sender=None)
    assert answer.status_code == 409
    assert "查看那一份" not in answer.content.decode()
    assert woken == []


def test_a_department_hands_in_for_itself_only(cast, browser_of, woken):
    answer = upload(browser_of(cast.far.liaison), sender=str(cast.near.department.pk))
    assert answer.status_code == 302
    assert FeedDelivery.objects.get().sender == cast.far.department
    assert len(woken) == 1


def test_a_wrong_quarter_can_be_chosen_anew_without_choosing_the_file_again(bureau, cast):
    held = check(
        [society(1)], by=cast.bureau, quarter="2021Q2", filename="登记信息2021年一季度.csv"
    )
    assert held.state == JobState.HELD
    again = f"?again={held.delivery_id}"
    assert f"{CREATE}{again}" in page(bureau, at("delivery-detail", held))
    assert held.delivery.filename in page(bureau, f"{CREATE}{again}")
    answer = upload(bureau, file=None, quarter="2021Q1", again=again)
    held.refresh_from_db()
    later = FeedDelivery.objects.exclude(pk=held.delivery_id).get()
    assert answer.status_code == 302
    assert (held.state, later.quarter, later.sha256) == (
        JobState.CANCELLED,
        "2021Q1",
        held.delivery.sha256,
    )


def test_another_departments_file_cannot_be_sent_again(cast, browser_of, woken):
    job = hand_in(write_csv([society(1)]), by=cast.far.liaison)
    client = browser_of(cast.near.liaison)
    assert client.get(f"{CREATE}?again={job.delivery_id}").status_code == 404
    assert woken == []


@pytest.mark.parametrize("source", FeedSource.values)
def test_every_column_and_reason_stands_in_the_guide(bureau, source):
    html = page(bureau, f"/registry/feeds/guide/?source={source}")
    for table in tables(source):
        for column in table.columns:
            assert column.headings[-1] in html
    for code in REASONS:
        assert code in html
    assert "{" not in text_of(html)


def test_the_guide_of_no_source_is_not_there(bureau):
    assert bureau.get("/registry/feeds/guide/?source=weather").status_code == 404
    assert bureau.get("/registry/feeds/template/weather/").status_code == 404


@pytest.mark.parametrize("source", FeedSource.values)
def test_the_template_of_each_source_is_read_like_any_file(bureau, cast, source):
    answer = bureau.get(f"/registry/feeds/template/{source}/")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    for table in tables(source):
        sheet = book[table.label]
        assert len(sheet[1]) == len(table.columns)
        fields = [column.field for column in table.columns]
        sheet.append([FILLED.get(f"{table.source}.{f}", FILLED.get(f, "")) for f in fields])
    filled = io.BytesIO()
    book.save(filled)
    job = work(hand_in(filled.getvalue(), by=cast.bureau, filename="模板.xlsx", source=source))
    read = len(tables(source))
    assert (job.state, job.counts["rejected"]) == (JobState.STAGED, 0), job.message
    assert job.delivery.sources == [table.source for table in tables(source)]
    if job.delivery.carries_register:
        assert job.counts["new"] == read
        new = job.delivery.rows.get(outcome="new", registration__isnull=False)
        assert new.registration.total_contribution == 800_000
    else:
        assert job.delivery.rows.get(outcome="doubtful").doubt == "UNKNOWN_SOCIETY"


# --- the list and the board ---


def test_an_empty_list_says_what_to_do(bureau):
    html = page(bureau, LIST)
    assert "还没有收到数据文件" in html
    assert CREATE in html


def test_the_list_is_newest_first_and_its_filters_are_the_address(bureau, cast):
    old = take_in([society(1)], by=cast.bureau, quarter="2021Q1")
    new = check([society(1), society(2)], by=cast.bureau, quarter="2021Q2")
    shown = re.findall(r'card-title"><a href="(/registry/feeds/\d+/)"', page(bureau, LIST))
    assert shown == [at("delivery-detail", new), at("delivery-detail", old)]
    staged = re.findall(
        r'card-title"><a href="(/registry/feeds/\d+/)"',
        page(bureau, f"{LIST}?state=staged&quarter=2021Q2"),
    )
    assert staged == [at("delivery-detail", new)]
    assert "没有符合条件的报送" in page(bureau, f"{LIST}?state=refused")


def test_a_long_list_has_pages_that_lose_nothing(bureau):
    made = {DeliveryFactory().pk for _ in range(60)}
    seen, address = set(), LIST
    while address:
        html = page(bureau, address)
        seen |= {
            int(pk) for pk in re.findall(r'card-title"><a href="/registry/feeds/(\d+)/"', html)
        }
        found = re.search(r'rel="next" href="([^"]+)"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == made


def test_the_board_tells_reported_overdue_and_not_due_apart(bureau, cast):
    take_in([society(1)], by=cast.bureau, quarter="2020Q4")
    words = re.findall(
        r'quarter-name">(\S+?)</span>\s*<span class="status[^>]*>.*?</svg>\s*(\S+?)</span>',
        page(bureau, LIST),
        re.DOTALL,
    )[:8]
    assert words == [
        ("2019年四季度", "不适用"),
        ("2020年一季度", "不适用"),
        ("2020年二季度", "不适用"),
        ("2020年三季度", "不适用"),
        ("2020年四季度", "迟报"),
        ("2021年一季度", "逾期未报"),
        ("2021年二季度", "未到期"),
        ("2021年三季度", "未到期"),
    ]


def test_a_quarter_is_overdue_from_the_day_after_the_due_day(bureau):
    assert "逾期" not in text_of(page(bureau, LIST))
    with clock.on_day(dt.date(2021, 7, 21)):
        html = page(bureau, LIST)
    assert re.search(r"2021年二季度\s*逾期", text_of(html))


def test_a_refused_file_is_no_report(bureau, cast):
    refused = work(hand_in(b"%PDF-1.7 nothing", by=cast.bureau, quarter="2021Q2"))
    assert refused.state == JobState.REFUSED
    assert not re.search(r"2021年二季度\s*(?:按时已报|迟报|已报)", text_of(page(bureau, LIST)))


# --- following the work ---


def test_progress_says_nothing_until_something_moved_and_stops_by_itself(bureau, cast):
    job = hand_in(write_csv([society(1)]), by=cast.bureau)
    html = page(bureau, at("delivery-detail", job))
    asked = re.search(r'hx-get="([^"]+)" hx-trigger="every 1s"', html)[1]
    assert bureau.get(asked).status_code == 204
    work(job)
    moved = bureau.get(asked)
    assert moved.status_code == 200
    assert "hx-trigger" not in moved.content.decode()
    assert "检查结果" in moved.content.decode()


def test_a_second_attempt_is_named(bureau, cast):
    job = hand_in(write_csv([society(1)]), by=cast.bureau)
    IngestJob.objects.update(
        state=JobState.PARSING, attempt=2, stage="读取文件", rows_done=30, rows_known=90
    )
    html = page(bureau, at("delivery-detail", job))
    assert "正在重试（第2次）" in html
    assert re.search(r'<progress[^>]* value="30" max="90"', html)


# --- reading the result ---


def mixed(cast):
    """A register of five, then a file with one row of every outcome and one society missing."""
    take_in([society(n) for n in range(1, 6)], by=cast.bureau, quarter="2021Q1")
    lines = [
        society(1),
        society(2, legal_representative="赵新", contact_phone=""),
        society(2, legal_representative="赵新", contact_phone=""),
        society(3, member_count=2),
        society(4, established_on="2019年13月45日"),
        society(9),
    ]
    return check(lines, by=cast.bureau, quarter="2021Q2")


def test_the_rows_are_shown_as_a_sum_that_balances(bureau, cast, settings):
    settings.INTAKE_GONE_PERCENT = 100
    job = mixed(cast)
    read = text_of(page(bureau, at("delivery-detail", job)))
    terms = [int(n) for n in re.search(r"实有行数 (.*?) 行数核对", read)[1].split() if n.isdigit()]
    assert terms[0] == sum(terms[1:]) == 7
    assert "行数核对相符" in read


def test_a_sum_that_does_not_balance_forbids_the_commit_and_says_so(bureau, cast):
    job = check([society(1)], by=cast.bureau)
    IngestJob.objects.update(counts={**job.counts, "physical": 99})
    html = page(bureau, at("delivery-detail", job))
    assert "行数不平" in html
    assert "disabled>入库" in html
    assert "行数核对不平，不能入库" in html


@pytest.mark.parametrize(
    "outcome", ["new", "changed", "unchanged", "doubtful", "rejected", "duplicate"]
)
def test_each_outcome_opens_a_list_as_long_as_its_number(bureau, cast, settings, outcome):
    settings.INTAKE_GONE_PERCENT = 100
    job = mixed(cast)
    html = page(bureau, f"{at('delivery-rows', job)}?outcome={outcome}")
    assert html.count('class="cell-row"') == job.counts[outcome] == 1


def test_an_unknown_outcome_is_not_found(bureau, cast):
    job = check([society(1)], by=cast.bureau)
    assert bureau.get(f"{at('delivery-rows', job)}?outcome=nothing").status_code == 404


def test_a_changed_row_shows_field_old_and_new_before_and_after_the_commit_and_the_undo(
    bureau, cast
):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2021Q1")
    job = check([society(1, total_contribution=80), society(2)], by=cast.bureau, quarter="2021Q2")
    address = f"{at('delivery-rows', job)}?outcome=changed"
    change = "成员出资总额 原： 50 万元 → 新： 80 万元"
    assert change in text_of(page(bureau, address))
    commit(job, by=cast.bureau)
    assert change in text_of(page(bureau, address))
    bureau.post(at("delivery-undo", job), {"reason": "选错了文件", "version": job.version})
    work(job)
    assert job.state == JobState.UNDONE
    assert change in text_of(page(bureau, address))


def test_a_rejected_row_says_cell_value_fault_remedy_and_level(bureau, cast):
    job = check([society(1, uscc="9351170"), society(2)], by=cast.bureau)
    read = text_of(page(bureau, f"{at('delivery-rows', job)}?outcome=rejected"))
    assert (
        "必须改 A 列“9351170”： 统一社会信用代码应为 18 位，现在是 7 位。 请对照营业执照改正。"
        in read
    )


def test_every_doubt_explains_itself(bureau, cast, settings):
    settings.INTAKE_GONE_PERCENT = 100
    take_in(
        [society(1), society(2, status="注销"), society(3), society(4)],
        by=cast.bureau,
        quarter="2021Q1",
    )
    Cooperative.objects.filter(uscc=valid_uscc(4)).update(corrected_fields=["legal_representative"])
    job = check(
        [
            society(1, name="红光养殖场"),
            society(2),
            society(30, name=society(3)["name"]),
            society(4, legal_representative="孙改"),
            society(7, member_count=20),
            society(7, member_count=21),
        ],
        by=cast.bureau,
        quarter="2021Q2",
    )
    read = text_of(page(bureau, f"{at('delivery-rows', job)}?outcome=doubtful"))
    assert f"代码已登记为“{society(1)['name']}”，本次名称差别很大。" in read
    assert "登记状态由“注销”变回“存续”。" in read
    assert f"名称已登记在代码 {valid_uscc(3)} 下" in read
    assert "法定代表人曾由人工改为“王小4”" in read
    assert read.count("内容不同（成员总数）") == 2
    assert "同一代码内容不同 2" in read


def test_the_gone_list_names_who_is_missing(bureau, cast, settings):
    settings.INTAKE_GONE_PERCENT = 100
    job = mixed(cast)
    assert "名单未见 1 家" in text_of(page(bureau, at("delivery-detail", job)))
    assert society(5)["name"] in page(bureau, at("delivery-gone", job))


def test_a_row_shows_every_cell_as_the_file_has_it_but_covers_telephones(bureau, cast):
    content = "合作社名称,统一社会信用代码,联系电话,备注\n某某种植专业合作社,{},13812345678,电话13912345678\n"
    job = work(hand_in(content.format(valid_uscc(1)).encode(), by=cast.bureau))
    html = page(bureau, at("feed-row", job, 2))
    assert "13812345678" not in html
    assert "13912345678" not in html
    assert "138******78" in html
    assert "电话139******78" in html
    assert valid_uscc(1) in html
    assert "C2" in html


def test_the_header_mapping_lists_what_is_not_read(bureau, cast):
    content = f"合作社名称,统一社会信用代码,养蜂箱数\n某某种植专业合作社,{valid_uscc(1)},3\n"
    job = work(hand_in(content.encode(), by=cast.bureau))
    read = text_of(page(bureau, at("delivery-detail", job)))
    assert "A 合作社名称 企业名称" in read
    assert "C 养蜂箱数 不读取，原样保留" in read


def test_two_files_of_a_quarter_are_compared_row_by_row(bureau, cast, settings):
    settings.INTAKE_CORRECTION_GONE_PERCENT = 100
    take_in([society(1), society(2), society(3)], by=cast.bureau, quarter="2021Q2")
    job = check(
        [society(1), society(2, member_count=30), society(8)], by=cast.bureau, quarter="2021Q2"
    )
    assert job.state == JobState.HELD
    address = at("delivery-compare", job)
    different = text_of(page(bureau, address))
    assert "成员总数 原： 20 → 新： 30" in different
    assert "只在这一份 1 只在前一份 1 两份都有，内容不同 1" in different
    assert society(8)["name"] in page(bureau, f"{address}?kind=added")
    assert society(3)["name"] in page(bureau, f"{address}?kind=dropped")


def test_a_first_file_has_nothing_to_be_compared_with(bureau, cast):
    job = check([society(1)], by=cast.bureau)
    assert bureau.get(at("delivery-compare", job)).status_code == 404


def test_a_refused_file_says_why_what_to_do_and_whom_to_ask(bureau, cast):
    job = work(hand_in(b"%PDF-1.7 nothing", by=cast.bureau, filename="报表.xlsx"))
    read = text_of(page(bureau, at("delivery-detail", job)))
    assert "这份文件没有接收" in read
    assert job.message in read
    assert "找谁" in read
    assert "NOT_A_SPREADSHEET" in read
    assert "报送进度" in page(bureau, at("delivery-detail", job))


def test_the_same_rows_in_other_bytes_lead_to_the_first_file(bureau, cast):
    first = check([society(1)], by=cast.bureau, quarter="2021Q2")
    twin = work(hand_in(write_csv([society(1)]) + b"\r\n", by=cast.bureau, quarter="2021Q2"))
    assert (twin.state, twin.reason) == (JobState.REFUSED, "SAME_CONTENT")
    html = page(bureau, at("delivery-detail", twin))
    assert "内容已经报送过" in html
    assert at("delivery-detail", first) in html


# --- deciding ---


def test_a_commit_is_asked_for_once_and_calls_a_worker(bureau, cast, woken):
    job = check([society(1)], by=cast.bureau)
    form = {"version": job.version}
    assert bureau.post(at("delivery-commit", job), form).status_code == 302
    second = bureau.post(at("delivery-commit", job), form)
    assert second.status_code == 409
    assert "刚才的操作没有生效" in second.content.decode()
    assert woken == [job.pk]
    work(job)
    assert job.state == JobState.COMMITTED
    assert "查看合作社名录" in page(bureau, at("delivery-detail", job))


def test_a_page_that_is_out_of_date_cannot_commit(bureau, cast, settings):
    settings.INTAKE_GONE_PERCENT = 100
    job = mixed(cast)
    seen = job.version
    row = job.delivery.rows.get(outcome="doubtful")
    bureau.post(
        at("delivery-rows-decide", job),
        {"rows": [row.ordinal], "decision": "accepted", "reason": "已核实"},
    )
    answer = bureau.post(at("delivery-commit", job), {"version": seen})
    job.refresh_from_db()
    assert answer.status_code == 409
    assert "刚刚被其他人处理过" in answer.content.decode()
    assert job.state == JobState.STAGED


def test_a_held_file_shows_its_question_and_goes_on_with_the_answer(bureau, cast, woken):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2021Q2")
    job = check([society(1), society(3)], by=cast.bureau, quarter="2021Q2")
    html = page(bureau, at("delivery-detail", job))
    assert "请说明这一份是更正" in html
    assert re.findall(r'name="choice" value="(\w+)"', html) == [
        "correction",
        "supplement",
        "cancel",
    ]
    decide = at("delivery-decide", job)
    assert bureau.post(decide, {"version": job.version, "reason": "补报"}).status_code == 422
    nothing_said = bureau.post(
        decide, {"version": job.version, "choice": "supplement", "reason": ""}
    )
    assert nothing_said.status_code == 409
    assert "须填写理由" in nothing_said.content.decode()
    answer = bureau.post(
        decide, {"version": job.version, "choice": "supplement", "reason": "漏报一家"}
    )
    assert (answer.status_code, woken) == (302, [job.pk])
    work(job)
    assert (job.state, job.delivery.relation) == (JobState.STAGED, "supplement")
    assert "漏报一家" in page(bureau, at("delivery-detail", job))


def test_one_kind_of_question_is_asked_at_a_time(bureau, cast, woken):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2021Q2")
    job = check(
        [society(1), society(3)], by=cast.bureau, quarter="2021Q2", filename="2021年一季度.csv"
    )
    html = page(bureau, at("delivery-detail", job))
    assert re.findall(r'name="choice" value="(\w+)"', html) == [
        "correction",
        "supplement",
        "cancel",
    ]
    assert "接下来还要决定：文件名写的是" in html
    answer = {"version": job.version, "choice": "correction", "reason": "前一份有误"}
    bureau.post(at("delivery-decide", job), answer)
    work(job)
    html = page(bureau, at("delivery-detail", job))
    assert re.findall(r'name="choice" value="(\w+)"', html) == ["continue", "cancel"]
    assert woken == [job.pk]


def test_a_missing_unit_is_asked_for_and_the_amounts_are_read_by_the_answer(bureau, cast):
    rows = "".join(f"{valid_uscc(n)},{n}号种植专业合作社,{n}0\n" for n in range(1, 6))
    content = f"统一社会信用代码,企业名称,成员出资总额\n{rows}"
    job = work(hand_in(content.encode(), by=cast.bureau))
    html = page(bureau, at("delivery-detail", job))
    assert re.findall(r'name="choice" value="(\w+)"', html) == ["unit_yuan", "unit_wan", "cancel"]
    answer = {"version": job.version, "choice": "unit_wan", "reason": "已电话问清"}
    bureau.post(at("delivery-decide", job), answer)
    work(job)
    assert job.state == JobState.STAGED
    assert job.delivery.rows.get(ordinal=2).registration.total_contribution == 100_000


def test_doubtful_rows_are_decided_together_for_one_reason(bureau, cast):
    job = check(
        [society(1, status="不知道"), society(2, status="不知道"), society(3)], by=cast.bureau
    )
    rows = [row.ordinal for row in job.delivery.rows.filter(outcome="doubtful")]
    address = f"{at('delivery-rows', job)}?outcome=doubtful"
    assert page(bureau, address).count('name="rows"') == 2
    answer = bureau.post(
        at("delivery-rows-decide", job),
        {"rows": rows, "decision": "accepted", "reason": "已电话核实", "next": address},
    )
    job.refresh_from_db()
    assert answer.url == address
    assert job.counts["new"] == 3
    assert set(job.delivery.rows.filter(ordinal__in=rows).values_list("decision", flat=True)) == {
        RowDecision.ACCEPTED
    }


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"decision": "accepted", "reason": "已核实"}, "请先勾选要决定的行"),
        ({"rows": [2], "decision": "accepted"}, "请写明接收或不接收的理由"),
        ({"rows": [2], "reason": "已核实"}, "请选择“接收”或“不接收”"),
    ],
)
def test_a_decision_on_rows_that_lacks_something_says_what(bureau, cast, form, sentence):
    job = check([society(1, status="不知道")], by=cast.bureau)
    answer = bureau.post(at("delivery-rows-decide", job), form, follow=True)
    assert sentence in answer.content.decode()
    assert not job.delivery.rows.exclude(decision="").exists()


def test_a_row_that_a_later_quarter_has_overtaken_says_so_instead_of_asking(bureau, cast):
    old = check([society(1), society(2, status="不知道")], by=cast.bureau, quarter="2021Q1")
    commit(old, by=cast.bureau)
    address = f"{at('delivery-rows', old)}?outcome=doubtful"
    assert 'name="rows"' in page(bureau, address)
    take_in([society(1)], by=cast.bureau, quarter="2021Q2", scope="changes")
    for html in (page(bureau, address), page(bureau, at("feed-row", old, 3))):
        assert "名录已更新到2021年二季度" in html
        assert 'name="rows"' not in html


def test_a_decision_never_sends_the_browser_elsewhere(bureau, cast):
    job = check([society(1, status="不知道")], by=cast.bureau)
    form = {
        "rows": [2],
        "decision": "declined",
        "reason": "查无此社",
        "next": "https://example.com/",
    }
    assert bureau.post(at("delivery-rows-decide", job), form).url == at("delivery-detail", job)


def test_an_undo_needs_a_reason_and_an_older_commit_says_which_comes_first(bureau, cast):
    first = take_in([society(1)], by=cast.bureau, quarter="2021Q1")
    second = take_in([society(1), society(2)], by=cast.bureau, quarter="2021Q2")
    assert f"请先撤销“{second.delivery}”" in page(bureau, at("delivery-detail", first))
    unsaid = bureau.post(at("delivery-undo", second), {"version": second.version, "reason": " "})
    assert unsaid.status_code == 409
    assert "须填写理由" in unsaid.content.decode()


def test_a_cancelled_file_is_put_aside_with_its_reason(bureau, cast, woken):
    job = check([society(1)], by=cast.bureau)
    bureau.post(at("delivery-cancel", job), {"version": job.version, "reason": "报错了文件"})
    job.refresh_from_db()
    assert (job.state, woken) == (JobState.CANCELLED, [])
    html = page(bureau, at("delivery-detail", job))
    assert "这一份已作废" in html
    assert "报错了文件" in html


def test_a_department_is_told_who_decides(cast, browser_of):
    job = check([society(1)], by=cast.liaison)
    html = page(browser_of(cast.liaison), at("delivery-detail", job))
    assert "核对和入库由农业农村局工作人员办理" in html
    assert 'href="#commit"' not in html


# --- files that leave ---


def test_the_original_comes_back_byte_for_byte_and_can_run_nowhere(bureau, cast):
    job = hand_in(b"<script>alert(1)</script>", by=cast.bureau, filename='坏"名字.html')
    answer = bureau.get(at("delivery-original", job))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AuditEvent.objects.about(job.delivery).first().action == "original-downloaded"


def problems_of(client, job):
    answer = client.get(at("delivery-problems", job))
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_list_of_problems_puts_the_most_frequent_fault_first(bureau, cast):
    lines = [society(n, uscc=f"9351170{n}") for n in range(4)]
    job = check([*lines, society(8, status="不知道"), society(9)], by=cast.bureau)
    book = problems_of(bureau, job)
    assert book.sheetnames == ["汇总", "登记信息"]
    table = [row for row in book["汇总"].iter_rows(values_only=True) if row[1]]
    assert table[0][:2] == ("级别", "次数")
    assert [row[:2] for row in table[1:3]] == [("必须改", 4), ("请核实", 1)]
    assert MUST_BE_18 in table[1][2]


def test_the_list_of_problems_keeps_rows_where_they_stood_and_marks_the_cell(bureau, cast):
    title = "通川区登记信息\n\n".encode()
    content = title + write_csv([society(1), society(2, uscc="9351170"), society(3)])
    job = work(hand_in(content, by=cast.bureau))
    sheet = problems_of(bureau, job)["登记信息"]
    headings = [cell.value for cell in sheet[3]]
    assert headings[-3:] == ["级别", "问题", "怎么改"]
    assert sheet["A4"].value == valid_uscc(1)
    assert sheet["A5"].value == "9351170"
    assert sheet["A5"].number_format == "@"
    assert sheet["A5"].fill.fgColor.rgb != sheet["A4"].fill.fgColor.rgb
    assert sheet.cell(5, len(headings) - 2).value == "必须改"
    assert MUST_BE_18 in sheet.cell(5, len(headings) - 1).value
    assert sheet.cell(4, len(headings) - 2).value is None


def test_the_list_of_problems_mended_is_taken_back_as_it_is(bureau, cast):
    awkward = society(3, name="=SUM(A1)养殖专业合作社", domicile="'@四川省达州市通川区罗江镇")
    job = check([society(1), society(2, uscc="9351170"), awkward], by=cast.bureau)
    book = problems_of(bureau, job)
    sheet = book["登记信息"]
    assert sheet["B4"].data_type == "s"
    sheet["A3"].value = valid_uscc(2)
    mended = io.BytesIO()
    book.save(mended)
    back = work(
        hand_in(mended.getvalue(), by=cast.bureau, filename="问题清单.xlsx", quarter="2020Q3")
    )
    assert (back.state, back.counts["new"]) == (JobState.STAGED, 3), (back.reason, back.message)
    names = set(
        back.delivery.rows.filter(outcome="new").values_list("registration__name", flat=True)
    )
    assert "=SUM(A1)养殖专业合作社" in names
    domicile = back.delivery.rows.get(ordinal=4).registration.domicile
    assert domicile == job.delivery.rows.get(ordinal=4).registration.domicile


def test_a_list_of_problems_of_a_list_of_problems_has_the_three_columns_once(bureau, cast):
    job = check([society(1), society(2, uscc="9351170")], by=cast.bureau)
    book = problems_of(bureau, job)
    again = io.BytesIO()
    book["登记信息"]["C2"].value = "王改"
    book.save(again)
    back = work(
        hand_in(again.getvalue(), by=cast.bureau, filename="问题清单.xlsx", quarter="2020Q3")
    )
    headings = [cell.value for cell in problems_of(bureau, back)["登记信息"][1]]
    assert headings.count("级别") == headings.count("问题") == headings.count("怎么改") == 1


def test_every_sheet_of_the_sender_is_kept_by_name(bureau, cast):
    book = Workbook()
    for place, name in enumerate(("罗江镇", "碑庙镇")):
        sheet = book.create_sheet(name, place)
        sheet.append(["统一社会信用代码", "企业名称"])
        sheet.append([valid_uscc(place)[: 17 + place], f"{name}种植专业合作社"])
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    job = work(hand_in(stream.getvalue(), by=cast.bureau, filename="两镇.xlsx"))
    answer = problems_of(bureau, job)
    assert answer.sheetnames == ["汇总", "罗江镇", "碑庙镇"]
    assert [answer[name]["A2"].value for name in ("罗江镇", "碑庙镇")] == [
        valid_uscc(0)[:17],
        valid_uscc(1),
    ]


def test_a_row_longer_than_the_header_does_not_run_into_the_three_columns(bureau, cast):
    content = f"统一社会信用代码,企业名称\n{valid_uscc(1)},甲合作社,多出,两格\n"
    job = work(hand_in(content.encode(), by=cast.bureau))
    head, line = problems_of(bureau, job)["登记信息"].iter_rows(max_row=2, values_only=True)
    assert head == ("统一社会信用代码", "企业名称", None, None, "级别", "问题", "怎么改")
    assert line[1:5] == ("甲合作社", "多出", "两格", "必须改")


def test_a_miscounted_row_is_shown_as_it_stood(bureau, cast):
    content = f"统一社会信用代码,企业名称\n{valid_uscc(1)},甲合作社,多出\n"
    job = work(hand_in(content.encode(), by=cast.bureau))
    read = text_of(page(bureau, at("feed-row", job, 2)))
    assert f"A2 统一社会信用代码 {valid_uscc(1)}" in read
    assert "C2 — 多出" in read


def test_a_file_without_problems_gives_no_list(bureau, cast):
    job = check([society(1)], by=cast.bureau)
    answer = bureau.get(at("delivery-problems", job), follow=True)
    assert "没有需要改正的行" in answer.content.decode()


# --- who may see and do what ---

PAGES = (
    "delivery-detail",
    "delivery-progress",
    "delivery-rows",
    "delivery-gone",
    "delivery-original",
    "delivery-problems",
)
ACTS = (
    "delivery-decide",
    "delivery-commit",
    "delivery-undo",
    "delivery-cancel",
    "delivery-rows-decide",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_department_does_not_see_another_departments_delivery(cast, browser_of, name):
    job = cast.far.delivery.job
    own, other = browser_of(cast.far.liaison), browser_of(cast.near.liaison)
    assert own.get(at(name, job)).status_code in {200, 204, 302}
    assert other.get(at(name, job)).status_code == 404


def test_a_department_does_not_see_another_departments_rows(cast, browser_of):
    row = RowFactory(delivery=cast.far.delivery, ordinal=5)
    address = at("feed-row", cast.far.delivery.job, row.ordinal)
    assert browser_of(cast.far.liaison).get(address).status_code == 200
    assert browser_of(cast.near.liaison).get(address).status_code == 404


def test_a_department_lists_its_own_deliveries_only(cast, browser_of):
    near, far = cast.near.delivery, cast.far.delivery
    html = page(browser_of(cast.near.liaison), LIST)
    assert reverse("registry:delivery-detail", args=[near.pk]) in html
    assert reverse("registry:delivery-detail", args=[far.pk]) not in html


@pytest.mark.parametrize("name", ACTS)
def test_only_the_bureau_decides(cast, browser_of, name):
    address = at(name, cast.near.delivery.job)
    for role, person in cast.everyone().items():
        if role != cast.bureau.role:
            assert browser_of(person).post(address, {"reason": "试试"}).status_code == 403, role


@pytest.mark.parametrize("role", ["clerk", "counsellor", "cooperative", "leader"])
def test_who_has_nothing_to_do_with_feeds_gets_403(cast, browser_of, role):
    client = browser_of(cast.of(role))
    for address in (LIST, CREATE, at("delivery-detail", cast.near.delivery.job)):
        assert client.get(address).status_code == 403


def test_an_auditor_reads_everything_and_does_nothing(cast, browser_of):
    job = check([society(1, status="不知道")], by=cast.bureau)
    client = browser_of(cast.auditor)
    html = page(client, at("delivery-detail", job))
    assert 'href="#commit"' not in html
    assert 'name="rows"' not in page(client, f"{at('delivery-rows', job)}?outcome=doubtful")
    assert client.get(CREATE).status_code == 403


def test_a_delivery_that_does_not_exist_answers_like_one_out_of_reach(cast, browser_of):
    client = browser_of(cast.near.liaison)
    missing = client.get("/registry/feeds/999999/")
    hidden = client.get(at("delivery-detail", cast.far.delivery.job))
    assert missing.status_code == hidden.status_code == 404
    assert text_of(missing.content.decode()) == text_of(hidden.content.decode())


# --- cost ---


def test_a_list_of_rows_takes_a_fixed_number_of_queries(
    bureau, cast, django_assert_max_num_queries
):
    take_in([society(n) for n in range(1, 40)], by=cast.bureau, quarter="2021Q1")
    job = check(
        [society(n, legal_representative="赵新") for n in range(1, 40)],
        by=cast.bureau,
        quarter="2021Q2",
    )
    with django_assert_max_num_queries(20):
        page(bureau, f"{at('delivery-rows', job)}?outcome=changed")
    with django_assert_max_num_queries(20):
        page(bureau, at("delivery-detail", job))
    with django_assert_max_num_queries(15):
        page(bureau, LIST)


def test_the_limits_shown_are_the_limits_kept(bureau):
    html = page(bureau, CREATE)
    assert f"{settings.INTAKE_LIMITS['upload_bytes'] >> 20} MB" in html
    assert f"{settings.INTAKE_LIMITS['rows']} 行" in html
