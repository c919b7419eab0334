"""A round of twelve applicants from the call to the public list, with the mouse and the keys alone.

The portal's day moves on as the law of the round asks; nothing else happens outside the browser.
"""

import datetime as dt
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.choices import Role
from tests.factories.accounts import UserFactory, unit
from tests.factories.demonstration import district_criteria
from tests.factories.registry import AgentFactory, CooperativeFactory

pytestmark = pytest.mark.slow
TITLE = "2021年区级示范社评定"
APPLICANTS, PLACES = 12, 8


def name_of(number):
    return f"第{number:02}果蔬专业合作社"


@pytest.fixture
def district(cast):
    """Twelve societies of one township, a chair for each, three reviewers, criteria in force."""
    town = cast.near.township
    chairs = []
    for number in range(1, APPLICANTS + 1):
        society = CooperativeFactory(name=name_of(number), township=town)
        chairs.append(AgentFactory(cooperative=society, user=UserFactory(role=Role.COOPERATIVE)))
    reviewers = [
        UserFactory(role=Role.LIAISON, unit=unit("市场监管局"), full_name="评审甲"),
        UserFactory(role=Role.LIAISON, unit=unit("税务局"), full_name="评审乙"),
        UserFactory(role=Role.CLERK, unit=unit("碑庙镇"), full_name="评审丙"),
    ]
    return {
        "criteria": district_criteria(),
        "chairs": [agent.user for agent in chairs],
        "reviewers": reviewers,
    }


def press(page: Page, words: str) -> None:
    """Press a button of the page; nothing may have been refused."""
    page.get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state("domcontentloaded")
    expect(page.locator(".toast-bad, .toast-warn, .field-error, .error-summary")).to_have_count(0)


def take_step(page: Page, words: str, reason: str = "") -> None:
    """Open the dialog of a step, give the reason where one is asked for, and confirm."""
    page.locator(".page-actions [data-dialog]").get_by_text(words, exact=True).click()
    dialog = page.locator("dialog[open]")
    if reason:
        dialog.locator("textarea").fill(reason)
    dialog.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state("domcontentloaded")


def set_up(page: Page, cast, district) -> str:
    """Set a round up and open it; return its address."""
    page.get_by_role("link", name="设立批次").first.click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=criteria]").select_option(str(district["criteria"].pk))
    for field, value in {
        "quota": str(PLACES),
        "recommend_ratio": "1.5",
        "apply_from": "2021-03-01",
        "apply_until": "2021-03-31",
        "notice_days": "7",
        "spread_limit": "15",
    }.items():
        page.locator(f"[name={field}]").fill(value)
    press(page, "保存")
    page.goto("/demonstration/rounds/")
    page.get_by_role("link", name=TITLE).click()
    address = page.url
    for reviewer in district["reviewers"]:
        page.locator("summary", has_text="聘请评审人").click()
        page.locator("[name=user]").select_option(str(reviewer.pk))
        press(page, "聘请")
    page.locator("summary", has_text="选定部门").click()
    page.locator(f"[name=units][value='{cast.near.department.pk}']").check()
    press(page, "保存")
    press(page, "开始受理")
    return address


def apply(page: Page) -> None:
    """Write one application and hand it in."""
    press(page, "开始申报")
    if page.locator("[name=statement]").count() == 0:
        page.get_by_role("link", name="填写").click()
    page.locator("[name=statement]").fill("带动农户一百户。")
    press(page, "保存")
    take_step(page, "提交申报")


def applications_of(page: Page, address: str) -> list[str]:
    """Return the addresses of the applications that the page of the round lists."""
    page.goto(address)
    links = page.locator("th.card-title a").evaluate_all("links => links.map(a => a.href)")
    assert len(links) == APPLICANTS
    return list(links)


def check(page: Page) -> None:
    """Write down the paper check and the visit, and pass the application on."""
    page.get_by_role("link", name="审核与核查").click()
    page.locator("[name=paper_check]").fill("材料齐全")
    page.locator("[name=visited_on]").fill("2021-04-05")
    page.locator("[name=visit_findings]").fill("基地属实")
    press(page, "保存")
    take_step(page, "通过审核")


def score(page: Page, place: int) -> None:
    """Declare no interest and score; the later the application stands, the fewer points."""
    page.locator("[name=has_interest][value=no]").check()
    page.get_by_role("button", name="声明", exact=True).click()
    fields = page.locator("form.card input[type=number]")
    for index in range(fields.count()):
        field = fields.nth(index)
        most = Decimal(field.get_attribute("max") or "0")
        field.fill(f"{most * (100 - 4 * place) / 100:.1f}")
    assert page.get_by_text("其他评审人").count() == 0
    page.get_by_role("button", name="提交评分").click()
    expect(page.locator("h1")).to_have_text("我的评分")


def approve(page: Page) -> None:
    """Let the joint meeting take those within the quota, as the form proposes."""
    page.get_by_role("link", name="登记联席会议结果").click()
    page.locator("[name=meeting]").fill("通联纪〔2021〕2号")
    page.locator("[name=on]").fill("2021-04-06")
    expect(page.locator("[name=chosen]:checked")).to_have_count(PLACES)
    press(page, "保存")


def recognise(page: Page, address: str) -> None:
    """Recognise by a document, on the first day after the notice."""
    page.goto(address)
    page.get_by_role("link", name="认定发文").click()
    page.locator("[name=document]").fill("通区农发〔2021〕30号")
    page.locator("[name=on]").fill("2021-04-14")
    press(page, "保存")


def check_and_score(rows, bureau: Page, visit, cast, district) -> None:
    """Let the bureau check, the department answer and the three reviewers score every application."""
    liaison = visit(user=cast.near.liaison)
    for row in rows:
        bureau.goto(row)
        check(bureau)
        liaison.goto(row)
        liaison.locator("[name=opinion][value=agree]").check()
        press(liaison, "答复")
    for reviewer in district["reviewers"]:
        page = visit(user=reviewer)
        for place, row in enumerate(rows):
            page.goto(row.replace("/applications/", "/scoring/"))
            score(page, place)


def test_twelve_apply_and_eight_stand_on_the_public_list(cast, district, visit, settings):
    settings.PORTAL_DATE = dt.date(2021, 3, 1)
    bureau = visit("/demonstration/rounds/", user=cast.bureau)
    address = set_up(bureau, cast, district)
    for chair in district["chairs"]:
        page = visit("/demonstration/apply/", user=chair)
        apply(page)
        page.context.close()
    rows = applications_of(bureau, address)
    clerk = visit(user=cast.clerk)
    for row in rows:
        clerk.goto(row)
        take_step(clerk, "推荐", "同意推荐")
    settings.PORTAL_DATE = dt.date(2021, 4, 6)
    bureau.goto(address)
    press(bureau, "进入审核评分")
    check_and_score(rows, bureau, visit, cast, district)
    for row in rows:
        bureau.goto(row)
        take_step(bureau, "部门意见征求完毕")
    bureau.goto(address)
    press(bureau, "结束评分并排名")
    approve(bureau)
    press(bureau, "开始公示")
    settings.PORTAL_DATE = dt.date(2021, 4, 13)
    public = visit("/public/notices/")
    expect(public.get_by_text(name_of(1)).first).to_be_visible()
    bureau.goto(address)
    assert bureau.get_by_role("link", name="认定发文").count() == 0
    settings.PORTAL_DATE = dt.date(2021, 4, 14)
    recognise(bureau, address)
    public.goto("/public/titles/")
    for number in range(1, APPLICANTS + 1):
        listed = public.locator("main").get_by_text(name_of(number)).count()
        assert bool(listed) == (number <= PLACES), name_of(number)
