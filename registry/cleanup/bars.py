"""What stands in the way of a step or a whole route, each as a sentence that says what to do.

Every bar is asked anew when a step is taken: a listing that came yesterday counts today.
"""

from collections.abc import Callable

from accounts.models import Attachment
from registry.choices import ENDED_STATUSES, RegistrationStatus
from registry.cleanup.choices import SIMPLIFIED_ROUTES, CaseFile, RelationKind, Route
from registry.models import AbnormalListing, CaseStep, CleanupCase, Cooperative

LISTED = "listed"
_DECLARED = {
    "no_debts": "还有债权债务，或尚未核对",
    "no_pledge": "有出质、抵押或对外投资，或尚未核对",
    "no_proceedings": "有立案调查、诉讼仲裁或执行，或尚未核对",
    "no_fines": "有未缴罚款，或尚未核对",
}
UNWILLING = "先由合作社自愿签署意愿书并上传照片或扫描件，才能办理任何步骤。不愿意的不得强制。"


def open_listings(society: Cooperative) -> list[AbnormalListing]:
    """Return the listings among abnormal operations that have not been lifted, oldest first."""
    known = AbnormalListing.objects.known().open().filter(cooperative=society)
    return list(known.order_by("listed_on"))


def is_willing(case: CleanupCase) -> bool:
    """Tell whether the society's will is signed and its paper is on file."""
    papers = Attachment.objects.of(case).for_purpose(CaseFile.WILLINGNESS)
    return case.willing_on is not None and papers.exists()


def unwilling(case: CleanupCase) -> str:
    """Return why no step may be taken yet, or ""."""
    return UNWILLING if case.is_voluntary and not is_willing(case) else ""


def _listed(case: CleanupCase) -> str:
    listings = open_listings(case.cooperative)
    if not listings:
        return ""
    first = listings[0]
    day = f"{first.listed_on.year}年{first.listed_on.month}月{first.listed_on.day}日"
    return (
        f"{day}因“{first.get_reason_display()}”列入经营异常名录，尚未移出。请先补报年度报告、"
        "申请移出；市场监管局的数据更新后才能继续。"
    )


def _revoked(case: CleanupCase) -> str:
    if case.cooperative.status == RegistrationStatus.REVOKED:
        return "营业执照已被吊销，不能简易注销。请改走一般注销，先行清算。"
    return ""


def _declared(case: CleanupCase) -> str:
    lacking = [words for name, words in _DECLARED.items() if getattr(case, name) is not True]
    if not lacking:
        return ""
    return (
        f"不符合简易注销条件：{'；'.join(lacking)}。核对后在“简易注销条件”中勾选，或改走一般注销。"
    )


def _tasks(case: CleanupCase) -> str:
    if not case.tasks.exists():
        return "还没有列出规范改造任务。请先添加任务。"
    if left := case.tasks.unfinished().count():
        return f"还有 {left} 项规范改造任务没有通过复查。"
    return ""


def _successor(case: CleanupCase) -> str:
    linked = case.cooperative.relations.in_force().filter(kind=RelationKind.CONVERSION)
    return "" if linked.exists() else "请先在“新主体”中录入新主体的名称和统一社会信用代码。"


BARS: dict[str, Callable[[CleanupCase], str]] = {
    LISTED: _listed,
    "revoked": _revoked,
    "declared": _declared,
    "tasks": _tasks,
    "successor": _successor,
}


def bars_of(step: CaseStep) -> list[str]:
    """Return everything that stands in the way of a step besides its place in the order."""
    said = (BARS[code](step.case) for code in step.template.bar_codes)
    return [sentence for sentence in said if sentence]


def barred_route(route: str, society: Cooperative) -> str:
    """Return why a society cannot take a route at all, or ""."""
    if society.status in ENDED_STATUSES:
        return f"登记状态已是“{society.get_status_display()}”，不需要清理。"
    if route in SIMPLIFIED_ROUTES and society.status == RegistrationStatus.REVOKED:
        return "营业执照已被吊销，不能简易注销；请走一般注销，先行清算。"
    if route == Route.REVOCATION and society.status == RegistrationStatus.REVOKED:
        return "营业执照已被吊销，应清算后申请注销。"
    return ""


def warned_route(route: str, society: Cooperative) -> str:
    """Return what must come first on a route that is open, or ""."""
    if route in SIMPLIFIED_ROUTES and (listings := open_listings(society)):
        reasons = "、".join(dict.fromkeys(each.get_reason_display() for each in listings))
        return f"目前列入经营异常名录（{reasons}），须先补报年度报告、移出名录，再发布公告。"
    return ""
