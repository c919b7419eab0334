"""Where sources disagree: computed contradictions, what the last visit was told, and the lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from common.template_tags import day
from registry.filters import latest_list
from registry.models import Contradiction, Cooperative, GoneNotice, SiteFinding
from registry.side_choices import ContradictionKind
from registry.sides.words import said
from training.questions.question import Answer, Question

MOST = 3
_K = ContradictionKind
# what a visit asks about a computed contradiction: what the answer writes to, the question, its kind
_ASKED = {
    _K.MEMBERS_DIFFER: ("fact:member_count", "现在实有多少名成员？", Answer.NUMBER),
    _K.CHAIR_DIFFERS: (
        "fact:legal_representative",
        "现任理事长（法定代表人）是谁？",
        Answer.TEXT,
    ),
    _K.NOT_AT_DOMICILE: ("fact:domicile", "现在的经营地址在哪里？", Answer.TEXT),
    _K.UNREACHABLE_SEEN: (
        "ask:unreachable",
        "被列为住所无法联系，是否已申请移出经营异常名录？",
        Answer.YES_NO,
    ),
    _K.ACTIVE_UNTAXED: ("ask:untaxed", "是否办过税务登记？现在还在经营吗？", Answer.TEXT),
    _K.ENDED_TAXED: ("ask:ended_taxed", "登记已注销，清税手续办完了吗？", Answer.YES_NO),
    _K.EXIT_UNRECORDED: ("ask:exit", "是否已经注销或被吊销？手续到了哪一步？", Answer.TEXT),
    _K.REVOKED_TRADING: ("ask:revoked", "营业执照已吊销，现在还在做买卖吗？", Answer.YES_NO),
    _K.ACTIVE_SHUT: ("ask:shut", "是停业、歇业还是已经散伙？有没有注销的打算？", Answer.TEXT),
    _K.IDLE_WITH_SALES: ("ask:idle_sales", "年报填无经营，申报的销售额是怎么来的？", Answer.TEXT),
    _K.INCOME_UNTAXED: ("ask:income", "年报里的经营收入从哪里来？是否按期申报？", Answer.TEXT),
    _K.REPORT_UNPUBLISHED: (
        "ask:published",
        "在国家企业信用信息公示系统公示年报了吗？",
        Answer.YES_NO,
    ),
    _K.ROSTER_DIFFERS: (
        "ask:roster",
        "名册人数与登记不一致，是否已办理成员变更备案？",
        Answer.YES_NO,
    ),
    _K.CORRECTED_DIFFERS: ("ask:corrected", "更正过的登记内容，现在以哪一处为准？", Answer.TEXT),
}


def ask(societies: Iterable[Cooperative]) -> Mapping[int, list[Question]]:
    """Ask where sources differ: at most MOST computed ones each, the oldest first. Three queries."""
    known = list(societies)
    found: dict[int, list[Question]] = defaultdict(list)
    computed = Contradiction.objects.open().filter(cooperative__in=known)
    for each in computed.order_by("opened_at", "pk"):
        asked = found[each.cooperative_id]
        if len(asked) < MOST and each.kind in _ASKED:
            key, text, answer = _ASKED[ContradictionKind(each.kind)]
            sides = "，".join(
                f"{source}{label}：{value}" for source, label, value in said(each.evidence)
            )
            asked.append(Question(key, text, (sides or each.get_kind_display())[:120], answer))
    registered = {society.pk: society.member_count for society in known}
    told = SiteFinding.objects.newest().filter(cooperative__in=known, members_told__isnull=False)
    for finding in told.order_by("pk"):
        number = registered[finding.cooperative_id]
        if number is not None and number != finding.members_told:
            found[finding.cooperative_id].append(
                Question(
                    "fact:member_count",
                    "现在实有多少名成员？",
                    f"登记为 {number} 人，{day(finding.seen_on)}走访时说有 {finding.members_told} 人。",
                    Answer.NUMBER,
                )
            )
    gone = GoneNotice.objects.filter(delivery=latest_list(), cooperative__in=known)
    for pk in gone.order_by("pk").values_list("cooperative", flat=True):
        found[pk].append(
            Question(
                "ask:gone",
                "这家合作社还在吗？是否已注销或迁走？",
                "最近一份登记名单里没有这家合作社。",
                Answer.TEXT,
            )
        )
    return found
