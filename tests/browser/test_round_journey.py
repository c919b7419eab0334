"""A round of twelve applicants from the call to the public list: an hour of the bureau's, at most.

Who applies, recommends and scores does it by thumb. The bureau's officer sets the round up and ranks
by the keys alone, and has a mouse for the twelve checks. The portal's day moves on as the law of
the round asks; nothing else happens outside the browser.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.choices import Role
from tests.browser.hand import Hand, Thumb, cost
from tests.factories.accounts import UserFactory, unit
from tests.factories.demonstration import district_criteria
from tests.factories.registry import AgentFactory, CooperativeFactory

pytestmark = pytest.mark.slow
TITLE = "2021年区级示范社评定"
APPLICANTS, PLACES = 12, 8
MOST_SECONDS, MOST_ACTS = 3600, 160


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


def press(hand: Hand, target: str | Locator) -> None:
    """Press a button of the page, or a link, that leads on; nothing may have been refused."""
    if isinstance(target, str):
        target = hand.page.get_by_role("button", name=target, exact=True).first
    hand.follow(target)
    expect(
        hand.page.locator(".toast-bad, .toast-warn, .field-error, .error-summary")
    ).to_have_count(0)


def take_step(hand: Hand, words: str, reason: str = "") -> None:
    """Open the dialog of a step, give the reason where one is asked for, and confirm."""
    page = hand.page
    hand.tap(page.locator(".page-actions [data-dialog]", has_text=re.compile(f"^\\s*{words}\\s*$")))
    dialog = page.locator("dialog[open]")
    if reason:
        hand.fill(dialog.locator("textarea"), reason)
    hand.follow(dialog.get_by_role("button", name=words, exact=True))


def set_up(hand: Hand, cast, district) -> str:
    """Set a round up and open it; return its address."""
    page = hand.page
    hand.follow(page.get_by_role("link", name="设立批次").first)
    hand.fill(page.locator("[name=title]"), TITLE)
    hand.select(page.locator("[name=criteria]"), str(district["criteria"]))
    for field, value in {
        "quota": str(PLACES),
        "recommend_ratio": "1.5",
        "apply_from": "2021-03-01",
        "apply_until": "2021-03-31",
        "notice_days": "7",
        "spread_limit": "15",
    }.items():
        hand.fill(page.locator(f"[name={field}]"), value)
    press(hand, "保存")
    page.goto("/demonstration/rounds/")
    press(hand, page.get_by_role("link", name=TITLE))
    address = page.url
    for reviewer in district["reviewers"]:
        hand.tap(page.locator("summary", has_text="聘请评审人"))
        hand.select(page.locator("[name=user]"), reviewer.full_name)
        press(hand, "聘请")
    hand.tap(page.locator("summary", has_text="选定部门"))
    hand.tap(page.locator(f"[name=units][value='{cast.near.department.pk}']"))
    press(hand, "保存")
    press(hand, "开始受理")
    return address


def apply(hand: Hand) -> None:
    """Write one application and hand it in."""
    press(hand, "开始申报")
    if hand.page.locator("[name=statement]").count() == 0:
        press(hand, hand.page.get_by_role("link", name="填写"))
    hand.fill(hand.page.locator("[name=statement]"), "带动农户一百户。")
    press(hand, "保存")
    take_step(hand, "提交申报")


def applications_of(page: Page, address: str) -> list[str]:
    """Return the addresses of the applications that the page of the round lists."""
    page.goto(address)
    links = page.locator("th.card-title a").evaluate_all("links => links.map(a => a.href)")
    assert len(links) == APPLICANTS
    return list(links)


def check(hand: Hand) -> None:
    """Write down the paper check and the visit, and pass the application on."""
    page = hand.page
    press(hand, page.get_by_role("link", name="审核与核查"))
    hand.fill(page.locator("[name=paper_check]"), "材料齐全")
    hand.fill(page.locator("[name=visited_on]"), "2021-04-05")
    hand.fill(page.locator("[name=visit_findings]"), "基地属实")
    press(hand, "保存")
    take_step(hand, "通过审核")


def score(hand: Hand, place: int) -> None:
    """Declare no interest and score; the later the application stands, the fewer points."""
    page = hand.page
    hand.tap(page.locator("[name=has_interest][value=no]"))
    hand.follow(page.get_by_role("button", name="声明", exact=True))
    fields = page.locator("form.card input[type=number]")
    for index in range(fields.count()):
        field = fields.nth(index)
        most = Decimal(field.get_attribute("max") or "0")
        hand.fill(field, f"{most * (100 - 4 * place) / 100:.1f}")
    assert page.get_by_text("其他评审人").count() == 0
    hand.follow(page.get_by_role("button", name="提交评分"))
    expect(page.locator("h1")).to_have_text("我的评分")


def approve(hand: Hand) -> None:
    """Let the joint meeting take those within the quota, as the form proposes."""
    page = hand.page
    press(hand, page.get_by_role("link", name="登记联席会议结果"))
    hand.fill(page.locator("[name=meeting]"), "通联纪〔2021〕2号")
    hand.fill(page.locator("[name=on]"), "2021-04-06")
    expect(page.locator("[name=chosen]:checked")).to_have_count(PLACES)
    press(hand, "保存")


def recognise(hand: Hand, address: str) -> None:
    """Recognise by a document, on the first day after the notice."""
    page = hand.page
    page.goto(address)
    press(hand, page.get_by_role("link", name="认定发文"))
    hand.fill(page.locator("[name=document]"), "通区农发〔2021〕30号")
    hand.fill(page.locator("[name=on]"), "2021-04-14")
    press(hand, "保存")


def check_and_score(rows, officer: Hand, visit, cast, district) -> None:
    """Let the bureau check, the department answer and the three reviewers score every application."""
    liaison = Thumb(visit(user=cast.near.liaison))
    for row in rows:
        officer.page.goto(row)
        check(officer)
        liaison.page.goto(row)
        liaison.tap(liaison.page.locator("[name=opinion][value=agree]"))
        press(liaison, "答复")
    for reviewer in district["reviewers"]:
        hand = Thumb(visit(user=reviewer))
        for place, row in enumerate(rows):
            hand.page.goto(row.replace("/applications/", "/scoring/"))
            score(hand, place)


def test_twelve_apply_and_eight_stand_on_the_public_list(cast, district, visit, settings):
    settings.PORTAL_DATE = dt.date(2021, 3, 1)
    bureau = visit("/demonstration/rounds/", user=cast.bureau)
    keys, mouse = Hand(bureau), Thumb(bureau)
    address = set_up(keys, cast, district)
    for chair in district["chairs"]:
        page = visit("/demonstration/apply/", user=chair)
        apply(Thumb(page))
        page.context.close()
    rows = applications_of(bureau, address)
    clerk = Thumb(visit(user=cast.clerk))
    for row in rows:
        clerk.page.goto(row)
        take_step(clerk, "推荐", "同意推荐")
    settings.PORTAL_DATE = dt.date(2021, 4, 6)
    bureau.goto(address)
    press(keys, "进入审核评分")
    check_and_score(rows, mouse, visit, cast, district)
    for row in rows:
        bureau.goto(row)
        take_step(mouse, "部门意见征求完毕")
    bureau.goto(address)
    press(keys, "结束评分并排名")
    approve(keys)
    press(keys, "开始公示")
    settings.PORTAL_DATE = dt.date(2021, 4, 13)
    public = visit("/public/notices/")
    expect(public.get_by_text(name_of(1)).first).to_be_visible()
    bureau.goto(address)
    assert bureau.get_by_role("link", name="认定发文").count() == 0
    settings.PORTAL_DATE = dt.date(2021, 4, 14)
    recognise(keys, address)
    public.goto("/public/titles/")
    for number in range(1, APPLICANTS + 1):
        listed = public.locator("main").get_by_text(name_of(number)).count()
        assert bool(listed) == (number <= PLACES), name_of(number)
    # Each page was looked at by both hands of the one officer, and counts in both.
    print(cost(keys, mouse))
    assert keys.seconds + mouse.seconds <= MOST_SECONDS, cost(keys, mouse)
    assert keys.acts + mouse.acts <= MOST_ACTS, cost(keys, mouse)
