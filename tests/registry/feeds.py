"""Registration files for tests, made in memory, and their way through the intake."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from accounts.models import User
from registry.choices import FeedScope, FeedSource, JobState
from registry.ingestion.sources import TABLES
from registry.models import IngestJob
from registry.operations.deliveries import commit_delivery, receive_delivery
from registry.operations.jobs import run_job
from tests.factories.registry import valid_uscc

HEADINGS = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "legal_representative": "法定代表人",
    "total_contribution": "成员出资总额(万元)",
    "member_count": "成员总数",
    "farmer_member_count": "其中:农民成员",
    "established_on": "成立日期",
    "status": "登记状态",
    "domicile": "住所",
}
Line = dict[str, Any]


def society(number: int, **changes: Any) -> Line:
    """Return one good line of a file."""
    return {
        "uscc": valid_uscc(number),
        "name": f"达州市通川区第{number}号水稻种植专业合作社",
        "legal_representative": f"王小{number}",
        "total_contribution": 50,
        "member_count": 20,
        "farmer_member_count": 19,
        "established_on": "2015-03-01",
        "status": "存续",
        "domicile": f"四川省达州市通川区罗江镇北斗村{number}组",
        **changes,
    }


def write_csv(lines: list[Line], *, without: tuple[str, ...] = ()) -> bytes:
    """Write lines as a csv file in UTF-8, leaving some columns out."""
    text = io.StringIO()
    kept = [field for field in HEADINGS if field not in without]
    writer = csv.writer(text)
    writer.writerow([HEADINGS[field] for field in kept])
    writer.writerows([[line.get(field, "") for field in kept] for line in lines])
    return text.getvalue().encode()


def hand_in(
    content: bytes,
    *,
    by: User,
    quarter: str = "2020Q2",
    scope: str = FeedScope.FULL,
    filename: str = "登记信息.csv",
    source: str = FeedSource.REGISTRATION,
) -> IngestJob:
    """Hand a file in without checking it yet."""
    receipt = receive_delivery(
        io.BytesIO(content),
        filename=filename,
        source=source,
        quarter=quarter,
        scope=scope,
        by=by,
    )
    assert receipt.delivery is not None, receipt
    return receipt.delivery.job


def work(job: IngestJob) -> IngestJob:
    """Let a worker do the step that is due."""
    run_job(job.pk)
    job.refresh_from_db()
    return job


def check(lines: list[Line], *, by: User, without: tuple[str, ...] = (), **how: Any) -> IngestJob:
    """Hand lines in and check them."""
    return work(hand_in(write_csv(lines, without=without), by=by, **how))


def commit(job: IngestJob, *, by: User) -> IngestJob:
    """Commit a checked job."""
    commit_delivery(job, by=by)
    work(job)
    assert job.state == JobState.COMMITTED, (job.state, job.message)
    return job


def take_in(lines: list[Line], *, by: User, **how: Any) -> IngestJob:
    """Hand lines in, check and commit them."""
    job = check(lines, by=by, **how)
    assert job.state == JobState.STAGED, (job.state, job.reason, job.message)
    return commit(job, by=by)


WHO = ("统一社会信用代码", "企业名称")
STATED = {
    FeedSource.ABNORMAL: ("列入原因", "列入日期", "列入决定机关", "移出原因", "移出日期"),
    FeedSource.SPOT_CHECK: ("检查机关", "检查日期", "抽查结果"),
    FeedSource.DEREGISTRATION: ("登记状态", "注销/吊销日期", "注销/吊销原因", "办理方式"),
    FeedSource.REPORT_PUBLICATION: ("报送年度", "年报状态", "公示日期"),
    FeedSource.REGISTRATION_CHANGES: ("变更事项", "变更前内容", "变更后内容", "变更日期"),
    FeedSource.TAX: ("纳税人状态", "是否零申报", "申报销售额(元)", "最近申报日期"),
}
Cells = tuple[Any, ...]


def stated(number: int, *cells: Any) -> Cells:
    """Return one line of another source about the society of a number."""
    return (valid_uscc(number), society(number)["name"], *cells)


def listed(number: int, day: str = "2020-07-10", removed: str = "") -> Cells:
    """Return one line of the abnormal list."""
    why = "已补报年度报告" if removed else ""
    return stated(number, "未按期公示年度报告", day, "市监局", why, removed)


def write_statements(source: str, lines: list[Cells]) -> bytes:
    """Write lines of another source as a csv file."""
    text = io.StringIO()
    csv.writer(text).writerows([[*WHO, *STATED[FeedSource(source)]], *lines])
    return text.getvalue().encode()


def check_statements(source: str, lines: list[Cells], *, by: User, **how: Any) -> IngestJob:
    """Hand a file of another source in and check it."""
    content = write_statements(source, lines)
    return work(hand_in(content, by=by, source=source, **how))


def take_in_statements(source: str, lines: list[Cells], *, by: User, **how: Any) -> IngestJob:
    """Hand a file of another source in, check and commit it."""
    job = check_statements(source, lines, by=by, **how)
    assert job.state == JobState.STAGED, (job.state, job.reason, job.message)
    return commit(job, by=by)


REGULATOR = [source for source in STATED if source != FeedSource.TAX]
LINES = {
    FeedSource.ABNORMAL: ("通过登记的住所无法联系", "2020-07-10", "市监局", "", ""),
    FeedSource.SPOT_CHECK: ("市监局", "2020-09-01", "未发现问题"),
    FeedSource.DEREGISTRATION: ("吊销", "2020-05-05", "连续两年未年报", ""),
    FeedSource.REPORT_PUBLICATION: (2019, "已公示", "2020-05-01"),
    FeedSource.REGISTRATION_CHANGES: ("法定代表人变更", "张三", "李四", "2020-05-12"),
}


def write_workbook(societies: list[Line], lines: dict[str, list[Cells]]) -> bytes:
    """Write the quarter's workbook: societies, and source → lines."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("登记信息")
    sheet.append(list(HEADINGS.values()))
    for each in societies:
        sheet.append([each.get(field, "") for field in HEADINGS])
    for source in REGULATOR:
        sheet = book.create_sheet(TABLES[source].label)
        sheet.append([*WHO, *STATED[source]])
        for line in lines.get(source, ()):
            sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_full_workbook(numbers: Iterable[int] = (1, 2)) -> bytes:
    """Write the quarter's workbook with one line on every sheet for the society of each number."""
    numbers = list(numbers)
    lines: dict[str, list[Cells]] = {
        source: [stated(n, *cells) for n in numbers] for source, cells in LINES.items()
    }
    return write_workbook([society(n) for n in numbers], lines)
