"""A quarter's file with forty faults, from the sender to the register, in a real browser.

Web server and worker are processes of their own, on the embedded default in a folder of their
own: nothing here runs inside the test but the hand on the keys. The clerk has ten minutes to take
the file in, who sent it a quarter of an hour to correct and return it.
"""

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.hand import Hand, cost, keys_of
from tests.browser.portal import Portal, enter
from tests.factories.registry import valid_uscc
from tests.registry.feeds import HEADINGS, society

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CLERK_SECONDS, SENDER_SECONDS, MOST_ACTS = 600, 900, 16
KINDS = {".csv": "text/csv", ".xlsx": "application/octet-stream"}
PASSWORD = "Chengguan-2021"
KNOWN, ADDED = range(1, 61), range(101, 151)
MAKE_PEOPLE = f"""
from accounts.choices import Role
from accounts.models import OrganisationUnit, User
unit = OrganisationUnit.objects.get(short_name="农业农村局")
person = User(username="bureau", full_name="周敏", role=Role.BUREAU, unit=unit)
person.set_password({PASSWORD!r})
person.save()
"""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """Return a running portal whose register holds sixty societies of the first quarter."""
    portal = Portal(tmp_path / "data")
    portal.set_up()
    portal.manage("shell", "--verbosity", "0", "-c", MAKE_PEOPLE)
    first = tmp_path / "一季度.csv"
    first.write_bytes(_csv([society(number) for number in KNOWN]))
    told = ("--source", "registration", "--quarter", "2021Q1", "--scope", "full", "--commit")
    portal.manage("import_feed", str(first), *told)
    portal.start("worker", "celery", "-A", "tongchuan_coop", "worker", "--pool", "solo")
    try:
        portal.serve()
        yield portal
    finally:
        portal.stop()


def _csv(lines: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, extrasaction="ignore")
    writer.writerow(HEADINGS)
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def right_lines() -> dict[int, dict[str, object]]:
    """The second quarter as it should be: ten societies changed their chair, fifty are new."""
    lines = {number: society(number) for number in (*KNOWN, *ADDED)}
    for number in range(1, 11):
        lines[number]["legal_representative"] = f"唐新{number}"
    return lines


def wrong_lines() -> list[dict[str, object]]:
    """The same with forty faults of four kinds."""
    lines = right_lines()
    for number in range(20, 35):
        lines[number]["established_on"] = "2019年13月45日"
    for number in range(101, 111):
        lines[number]["uscc"] = valid_uscc(number)[:17]
    for number in range(111, 121):
        lines[number]["total_contribution"] = "约100"
    for number in range(121, 126):
        lines[number]["name"] = ""
    return list(lines.values())


def sign_in(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.address}/registry/feeds/")
    enter(page, "bureau", PASSWORD)
    expect(page.get_by_role("heading", name="数据报送", level=1)).to_be_visible()


def hand_in(hand: Hand, path: Path) -> None:
    page = hand.page
    hand.follow(page.get_by_role("link", name="报送数据文件").first)
    hand.attach("选择文件", path.name, KINDS[path.suffix], path.read_bytes())
    expect(page.locator("#chosen-file")).to_contain_text(path.name)
    hand.select(page.locator("[name=quarter]"), "2021年二季度")
    hand.tap(page.get_by_label("全部名单"))
    began = time.monotonic()
    hand.follow(page.get_by_role("button", name="报送并检查"))
    expect(page.get_by_role("list", name="报送进度")).to_be_visible()
    assert time.monotonic() - began < 5


def number_of(page: Page, outcome: str) -> int:
    tile = page.locator(".outcome", has_text=outcome).first
    return int(tile.locator(".stat-value").inner_text().replace("行", ""))


def mend(path: Path, hand: Hand) -> Path:
    """Put right what the list of problems names, cell by cell, and leave the rest as it is."""
    right = list(right_lines().values())
    book = load_workbook(path)
    sheet = book["登记信息"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    mended = 0
    for row, line in enumerate(right, start=2):
        if sheet.cell(row, heads["级别"]).value != "必须改":
            continue
        mended += 1
        for field, heading in HEADINGS.items():
            cell = sheet.cell(row, heads[heading])
            if str(cell.value or "") != str(line[field]):
                hand.acts += 1
                hand.points += 1
                hand.keys += keys_of(str(line[field]))
            cell.value = str(line[field])
    assert mended == 40
    back = path.with_name("问题清单（已改）.xlsx")
    book.save(back)
    return back


def watch(chromium: Browser, faults: list[str]) -> Page:
    """Open a page that keeps what goes wrong in it."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    return page


def numbers_of(page: Page) -> list[int]:
    return [number_of(page, word) for word in ("新增", "变动", "不变", "存疑", "退回")]


def read_the_preview(hand: Hand) -> None:
    page = hand.page
    address = page.url
    expect(page.get_by_text("行数核对相符")).to_be_visible()
    hand.follow(page.locator(".outcome", has_text="退回").first)
    expect(page.locator(".remarks > li")).to_have_count(40)
    page.go_back()
    hand.follow(page.locator(".outcome", has_text="变动").first)
    expect(page.locator(".differences").first).to_contain_text("王小1")
    expect(page.locator(".differences").first).to_contain_text("唐新1")
    page.goto(address)


def fetch_problems(hand: Hand, folder: Path) -> Path:
    with hand.page.expect_download() as given:
        hand.tap(hand.page.get_by_role("link", name="下载问题清单"))
    problems = folder / "问题清单.xlsx"
    given.value.save_as(problems)
    assert given.value.suggested_filename.startswith("问题清单-2021年二季度")
    return problems


def commit(hand: Hand) -> None:
    page = hand.page
    hand.tap(page.get_by_role("button", name="核对无误，入库"))
    expect(page.get_by_role("heading", name="把这份文件写入名录？")).to_be_visible()
    hand.tap(page.get_by_role("button", name="入库", exact=True))
    with hand.waiting():
        expect(page.locator(".banner-title", has_text="入库")).to_be_visible(timeout=60_000)


def replace(hand: Hand) -> None:
    """Say that the second file corrects the first, and wait for its result."""
    page = hand.page
    with hand.waiting():
        held = page.get_by_role("heading", name="先决定 1 件事，才能继续")
        expect(held).to_be_visible(timeout=60_000)
    hand.tap(page.get_by_label("这份是更正，替换前一份"))
    hand.fill(page.get_by_label("理由"), "按问题清单改好后送回")
    hand.tap(page.get_by_role("button", name="决定"))
    with hand.waiting():
        done = page.get_by_role("button", name="核对无误，入库")
        expect(done).to_be_visible(timeout=60_000)


def test_a_file_with_forty_faults_is_checked_sent_back_mended_and_committed(
    chromium: Browser, portal: Portal, tmp_path: Path
) -> None:
    faults: list[str] = []
    page = watch(chromium, faults)
    faulty = tmp_path / "通川区登记信息（2021年二季度）.csv"
    faulty.write_bytes(_csv(wrong_lines()))
    sign_in(page, portal)
    clerk = Hand(page)
    hand_in(clerk, faulty)

    # The page follows the work by itself: no reload between here and the result.
    with clerk.waiting():
        expect(page.get_by_role("heading", name="检查结果")).to_be_visible(timeout=60_000)
    assert numbers_of(page) == [25, 10, 35, 0, 40]
    read_the_preview(clerk)
    problems = fetch_problems(clerk, tmp_path)
    summary = [row for row in load_workbook(problems)["汇总"].iter_rows(values_only=True) if row[1]]
    assert [row[1] for row in summary[1:]] == [15, 10, 10, 5]
    commit(clerk)
    assert clerk.seconds <= CLERK_SECONDS, cost(clerk)
    assert clerk.acts <= MOST_ACTS, cost(clerk)

    page.goto(f"{portal.address}/registry/feeds/")
    sender = Hand(page)
    hand_in(sender, mend(problems, sender))
    replace(sender)
    print(cost(clerk, sender))
    assert sender.seconds <= SENDER_SECONDS, cost(sender)
    assert numbers_of(page) == [25, 0, 85, 0, 0]
    commit(sender)

    page.get_by_role("link", name="查看合作社名录").click()
    expect(page.get_by_text("110").first).to_be_visible()
    page.goto(f"{portal.address}/registry/{valid_uscc(101)}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("第101号水稻种植专业合作社")
    assert faults == []
    page.context.close()
