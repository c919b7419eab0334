"""What the frame of every page needs: the menu that this person may use, and the demo notice."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import NoticeReceipt
from accounts.policy import Action, may
from common import clock
from common.template_tags import day


@dataclass(frozen=True)
class Entry:
    """One line of the menu: a page, its icon, and the right it needs."""

    label: str
    page: str
    icon: str
    action: Action


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("首页", "home", "home", Action.VIEW_HOME),
            Entry("团队待办", "team-load", "people", Action.VIEW_LOAD),
        ),
    ),
    (
        "合作社",
        (
            Entry("合作社名录", "registry:cooperative-list", "register", Action.VIEW_COOPERATIVE),
            Entry("年度报告", "reports:list", "report", Action.VIEW_REPORT),
            Entry("社员名录证明", "registry:certificate-list", "medal", Action.ISSUE_CERTIFICATE),
            Entry("疑似问题", "registry:flag-list", "flag", Action.VIEW_FLAG),
            Entry("需核实事项", "registry:matter-list", "question", Action.VIEW_MATTER),
            Entry("来源矛盾", "registry:contradiction-list", "columns", Action.VIEW_CONTRADICTION),
            Entry("清理整顿", "registry:cleanup-list", "cleanup", Action.VIEW_CLEANUP),
            Entry("批量注销日", "registry:batch-list", "calendar", Action.MANAGE_BATCH),
            Entry("主体关系", "registry:relation-list", "source", Action.VIEW_RELATION),
            Entry("群众举报", "registry:tip-off-list", "public", Action.VIEW_TIP_OFF),
            Entry("集资风险线索", "liaison:watch-list", "warn", Action.VIEW_FUND_WATCH),
            Entry("摸底排查", "registry:survey-home", "search", Action.VIEW_SURVEY),
        ),
    ),
    (
        "辅导培训",
        (
            Entry("走访记录", "training:visit-list", "visit", Action.VIEW_VISIT),
            Entry("整改事项", "training:promise-list", "cleanup", Action.VIEW_PROMISE),
            Entry("走访更正", "training:proposal-list", "edit", Action.DECIDE_PROPOSAL),
            Entry("走访覆盖", "training:coverage", "dashboard", Action.VIEW_COVERAGE),
            Entry("培训", "training:event-list", "calendar", Action.VIEW_EVENT),
            Entry("辅导员", "training:counsellor-list", "training", Action.VIEW_COUNSELLOR),
        ),
    ),
    (
        "示范创建",
        (
            Entry("示范社名册", "demonstration:title-list", "medal", Action.VIEW_TITLE),
            Entry("评定批次", "demonstration:round-list", "cleanup", Action.VIEW_ROUND),
            Entry("示范社申报", "demonstration:own-applications", "send", Action.APPLY_TITLE),
            Entry("我的评分", "demonstration:scoring-desk", "edit", Action.SCORE_APPLICATION),
            Entry("示范社监测", "demonstration:monitoring", "flag", Action.VIEW_MONITORING),
            Entry("一社一案", "demonstration:plan-list", "report", Action.VIEW_PLAN),
            Entry("接近达标", "demonstration:nearly-list", "up", Action.VIEW_STANDING),
            Entry("服务与设施", "demonstration:strength-list", "register", Action.VIEW_STRENGTH),
            Entry("创新登记", "demonstration:innovation-list", "idea", Action.VIEW_INNOVATION),
            Entry("评定标准", "demonstration:criteria-list", "rule", Action.VIEW_CRITERIA),
        ),
    ),
    (
        "联席会议",
        (
            Entry("联席工作", "liaison:home", "unit", Action.VIEW_MEETING),
            Entry("会议与纪要", "liaison:meeting-list", "calendar", Action.VIEW_MEETING),
            Entry("议定事项", "liaison:decision-list", "report", Action.VIEW_DECISION),
            Entry("乡镇求助", "liaison:help-list", "question", Action.VIEW_HELP),
            Entry("机构与通讯录", "liaison:body-list", "people", Action.VIEW_BODY),
            Entry("联络员名册", "liaison:contact-list", "person", Action.VIEW_CONTACT),
        ),
    ),
    (
        "扶持与交流",
        (
            Entry("文件资料", "liaison:library-list", "file", Action.VIEW_DOCUMENT),
            Entry("典型案例", "liaison:exemplar-list", "medal", Action.VIEW_EXEMPLAR),
            Entry("上级沟通", "liaison:upward-list", "up", Action.VIEW_UPWARD),
            Entry("部门挂包", "liaison:sponsorship-list", "people", Action.VIEW_SPONSORSHIP),
            Entry("扶持资金", "liaison:support-list", "report", Action.VIEW_SUPPORT),
        ),
    ),
    (
        "试点",
        (
            Entry("试点进展", "pilot:board", "dashboard", Action.VIEW_INDICATOR),
            Entry("倒排工作表", "pilot:plan-board", "calendar", Action.VIEW_WORK_PLAN),
            Entry("定版与通报", "pilot:edition-list", "report", Action.VIEW_EDITION),
            Entry("验收核对", "pilot:acceptance-list", "audit", Action.VIEW_ACCEPTANCE),
            Entry("验收整改", "pilot:finding-list", "edit", Action.VIEW_FINDING),
            Entry("试点归档", "pilot:archive-list", "download", Action.VIEW_ARCHIVE),
            Entry("试点设置", "pilot:programme-list", "columns", Action.VIEW_PROGRAMME),
        ),
    ),
    (
        "数据",
        (
            Entry("数据报送", "registry:delivery-list", "feed", Action.VIEW_DELIVERY),
            Entry("报送进度", "registry:completeness", "calendar", Action.VIEW_DELIVERY),
            Entry("名单共享", "liaison:grant-list", "send", Action.VIEW_SHARE),
            Entry("疑似同一家", "registry:pair-list", "people", Action.MERGE_COOPERATIVE),
            Entry("词语对照", "registry:meaning-list", "question", Action.DECIDE_MEANING),
            Entry("住所待判定", "registry:address-queue", "visit", Action.RESOLVE_ADDRESS),
        ),
    ),
    (
        "管理",
        (
            Entry("用户", "accounts:user-list", "people", Action.VIEW_PEOPLE),
            Entry("机构", "accounts:unit-list", "unit", Action.VIEW_PEOPLE),
            Entry("通知送达", "accounts:notice-record", "send", Action.VIEW_NOTICE_RECORD),
            Entry("签发文书", "accounts:paper-list", "report", Action.VIEW_PAPER),
            Entry("操作记录", "accounts:audit-list", "audit", Action.VIEW_AUDIT),
            Entry("运行状态", "machinery", "dashboard", Action.VIEW_SYSTEM),
            Entry("样式一览", "styleguide", "columns", Action.VIEW_SYSTEM),
            Entry("系统数据表", "tables:index", "register", Action.BROWSE_TABLES),
            Entry("权限一览", "accounts:policy-matrix", "lock", Action.VIEW_PEOPLE),
        ),
    ),
    (
        "本人",
        (
            Entry("通知", "accounts:notice-list", "bell", Action.VIEW_NOTICE),
            Entry("常用查询", "accounts:view-list", "filter", Action.SAVE_VIEW),
            Entry("我的导出", "accounts:export-list", "download", Action.EXPORT_LIST),
            Entry("接口令牌", "accounts:token-list", "lock", Action.ISSUE_TOKEN),
            Entry("个人资料", "accounts:profile", "person", Action.EDIT_PROFILE),
        ),
    ),
)


# Where pages lie that no entry of the menu leads to, and the section that speaks of them.
BESIDE_THE_MENU = {
    "/accounts/bulk/": "bulk-acts",
    "/accounts/password/": "accounts-profile",
    "/accounts/second-factor/": "accounts-profile",
    "/api/docs/": "accounts-token-list",
    "/pilot/": "pilot-board",
}


def is_demo() -> bool:
    """Tell whether this is a demonstration: a set date, and never in production."""
    return bool(settings.PORTAL_DATE) and not settings.PRODUCTION


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return `menu`, `mode_notice`, `printed_on`, `unread` and `help_url` for the frame.

    The unread notices are counted only where a frame shows them, not for fragments.
    """
    notice = f"演示环境 · 日期{day(settings.PORTAL_DATE)} · 数据均为虚构" if is_demo() else ""
    return {
        "menu": _menu(request),
        "mode_notice": notice,
        "printed_on": clock.today(),
        # Asked several times by one frame, counted once.
        "unread": cache(lambda: _unread(request)),
        "help_url": lambda: _help_url(request),
    }


def _unread(request: HttpRequest) -> int:
    return NoticeReceipt.objects.of(request.user).unread().count()


def topic_of(page: str) -> str:
    """Return the address of the manual's section about a page of the menu."""
    return page.replace(":", "-")


@cache
def _lines() -> tuple[tuple[str, Entry, str], ...]:
    """Return the group, entry and address of every line of the menu: the same for everybody."""
    return tuple(
        (title, entry, reverse(entry.page)) for title, entries in MENU for entry in entries
    )


@cache
def _topics() -> dict[str, str]:
    """Return the section of the manual for each address that the menu names."""
    return {url: topic_of(entry.page) for _, entry, url in _lines()} | BESIDE_THE_MENU


def _help_url(request: HttpRequest) -> str:
    """Return the section about the entry of the menu that a page lies under, else the contents."""
    topics = _topics()
    under = [url for url in topics if _lies_under(request.path, url)]
    if not under:
        return reverse("help")
    return reverse("help-section", args=[topics[max(under, key=len)]])


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    links = [line for line in _lines() if may(user, line[1].action)]
    # The longest address that the page lies under is the active one.
    under = [url for _, _, url in links if _lies_under(request.path, url)]
    active = max(under, key=len, default="")
    groups: list[dict[str, Any]] = []
    for title, entry, url in links:
        if not groups or groups[-1]["title"] != title:
            groups.append({"title": title, "items": []})
        item = {"label": entry.label, "url": url, "icon": entry.icon, "active": url == active}
        groups[-1]["items"].append(item)
    return groups


def _lies_under(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
