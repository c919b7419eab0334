"""The demo's requests of townships: solved ones, one answered, some under way, one late, new ones."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from accounts.choices import Role
from accounts.models import OrganisationUnit, User
from common import clock
from liaison.help_choices import NeedKind
from liaison.models import HelpRequest
from liaison.operations import help_requests as operations
from registry.models import Cooperative
from tongchuan_coop.demo.people import HOME_UNIT


@dataclass(frozen=True)
class Need:
    """A request: of the home township or the n-th other, when, what, whom it went to and how far."""

    place: int
    filed: dt.date
    kind: NeedKind
    title: str
    text: str
    unit: str = ""
    days: int = 20
    progress: str = ""
    answer: str = ""
    end: str = ""  # solved, unsolved, declined


HOME = 0
NEEDS = (
    Need(
        HOME,
        dt.date(2020, 9, 8),
        NeedKind.REGISTRATION,
        "休眠合作社理事长失联，注销缺签字",
        "辖区 2 家合作社理事长外出务工多年联系不上，清算组无法成立，请明确简易注销的办理口径。",
        "scjgj",
        progress="已与登记窗口核对两家档案，均无未结案件。",
        answer="可由三分之二以上成员签字推选清算人，公告后按简易注销办理；登记窗口已安排专人对接。",
        end="solved",
    ),
    Need(
        HOME,
        dt.date(2021, 6, 22),
        NeedKind.LAND,
        "冷库设施农用地备案进展慢",
        "蔬菜合作社冷库选址已定，设施农用地备案材料三月报出，至今没有批复，影响秋季采收前投用。",
        "zrzyj",
        days=35,
        progress="现场踏勘已完成，正在核对是否占用永久基本农田。",
    ),
    Need(
        HOME,
        dt.date(2021, 7, 2),
        NeedKind.TAX,
        "零申报合作社被列为非正常户",
        "5 家合作社漏报后被列为非正常户，不会网上解除，请税务部门派人到镇集中办理一次。",
        "swju",
        days=14,
        answer="已定于7月23日到镇便民服务中心集中办理，请通知合作社携带公章和经办人身份证。",
    ),
    Need(
        HOME,
        dt.date(2021, 7, 15),
        NeedKind.FUNDS,
        "烘干中心缺配套电力增容资金",
        "粮油合作社烘干中心需增容变压器，概算 18 万元，合作社自筹 8 万元，缺口请帮助对接项目。",
    ),
    Need(
        1,
        dt.date(2021, 5, 11),
        NeedKind.DISPUTE,
        "土地流转租金拖欠引发纠纷",
        "一家空壳合作社流转土地后停付租金，涉及 36 户，请会商处理办法，避免影响清理工作。",
        "nyncj",
        progress="已会同司法所调解一次，合作社承诺分期支付。",
        answer="土地已退还 29 户，其余 7 户由另一家合作社接手，租金重新签约。",
        end="unsolved",
    ),
    Need(
        2,
        dt.date(2021, 6, 1),
        NeedKind.STAFF,
        "辅导员只有 1 名，走访覆盖不过来",
        "全镇 40 余家合作社，只有 1 名在岗辅导员，请增聘或安排机关干部结对。",
        "nyncj",
        days=30,
    ),
    Need(
        3,
        dt.date(2021, 4, 6),
        NeedKind.FUNDS,
        "申请修建产业路 3 公里",
        "柑橘基地产业路未硬化，雨季无法运输，请纳入今年项目。",
        "",
        answer="产业路建设不属于质量提升试点支持范围，请按乡村道路建设程序向交通运输部门申报。",
        end="declined",
    ),
    Need(
        4,
        dt.date(2021, 7, 16),
        NeedKind.DATA,
        "两个旧村名判定到了邻镇",
        "合并前的村名有 3 家合作社被列在邻镇名下，请核对住所判定。",
    ),
)


def add_help_requests(known: dict[str, User], _random: Random) -> None:
    """File each request on its day, give it out and let it go as far as it went."""
    others = OrganisationUnit.objects.reporting().exclude(code=HOME_UNIT)
    clerks = {HOME: known["clerk"]}
    for place, unit in enumerate(others, start=1):
        clerk = unit.people.filter(role=Role.CLERK).order_by("pk").first()
        if clerk is not None:
            clerks[place] = clerk
    units = {unit.code: unit for unit in OrganisationUnit.objects.departments()}
    workers = {
        person.unit_id: person for person in User.objects.filter(role=Role.LIAISON).order_by("-pk")
    }
    for need in NEEDS:
        _live(need, clerks[need.place], units, workers, known["bureau"])


def _live(
    need: Need,
    clerk: User,
    units: dict[str, OrganisationUnit],
    workers: dict[int | None, User],
    bureau: User,
) -> None:
    with clock.on_day(need.filed):
        request = operations.file_request(
            {
                "kind": need.kind,
                "title": need.title,
                "text": need.text,
                "cooperative": _society(clerk) if need.kind == NeedKind.LAND else None,
            },
            by=clerk,
        )
    if need.end == "declined":
        with clock.on_day(need.filed + dt.timedelta(days=3)):
            operations.decline_request(request, reason=need.answer, by=bureau)
        return
    if not need.unit:
        return
    unit = units[need.unit]
    worker = workers.get(unit.pk, bureau)
    with clock.on_day(need.filed + dt.timedelta(days=2)):
        operations.assign_request(
            request, unit, need.filed + dt.timedelta(days=need.days), by=bureau
        )
    if need.progress:
        with clock.on_day(need.filed + dt.timedelta(days=6)):
            operations.note_progress(request, need.progress, by=worker)
    if need.answer:
        with clock.on_day(need.filed + dt.timedelta(days=10)):
            operations.answer_request(request, need.answer, by=worker)
        _close(request, need, clerk)


def _close(request: HelpRequest, need: Need, clerk: User) -> None:
    with clock.on_day(need.filed + dt.timedelta(days=15)):
        if need.end == "solved":
            operations.confirm_solved(request, note="两家均已办结。", by=clerk)
        elif need.end == "unsolved":
            reason = "仍有 7 户没有签约，请继续协调。"
            operations.return_unsolved(request, reason=reason, by=clerk)


def _society(clerk: User) -> Cooperative | None:
    home = Cooperative.objects.filter(township=clerk.unit_id).living()
    return home.order_by("name", "pk").first()
