"""The steps of every route as they were and are required, each from its day on.

Sources: 农民专业合作社法（2017年修订）第四十六至五十五条、第七十一条；农民专业合作社登记管理条例第二十五条；
市场监管总局、税务总局2021年8月4日关于简易注销的通知；市场主体登记管理条例第三十三条。
"""

import datetime as dt

from django.db import migrations

LAW, CAMPAIGN = dt.date(2018, 7, 1), dt.date(2019, 1, 1)
TWENTY_DAYS, REGULATION = dt.date(2021, 8, 4), dt.date(2022, 3, 1)
LAW_48, LAW_50 = "农民专业合作社法第四十八条", "农民专业合作社法第五十条"
OLD_RULES, NEW_RULES = "农民专业合作社登记管理条例第二十五条", "市场主体登记管理条例第三十二条"
NOTICE_2021 = "市场监管总局、税务总局2021年8月4日关于简易注销的通知"
REPORTING = "农民专业合作社年度报告公示暂行办法"
COOP, BUREAU, REGULATOR, TAX = "", "nyncj", "scjgj", "swju"

# key, whose, title, guidance, basis, (term, days), bars, only when
LATE_REPORT = (
    "late_report",
    COOP,
    "补报年度报告",
    "在国家企业信用信息公示系统补报所有未报年度并公示；乡镇街道帮助不会操作的合作社。",
    f"{REPORTING}第十条",
    None,
    "",
    "listed",
)
DELISTING = (
    "delisting",
    REGULATOR,
    "移出经营异常名录",
    "补报后向市场监管局申请移出。移出决定进入名录数据后才算办完。",
    REPORTING,
    None,
    "listed",
    "listed",
)
COMMITMENT = (
    "commitment",
    COOP,
    "全体成员签署承诺书",
    "承诺没有债权债务或已结清，由全体成员签名。",
    "简易注销须提交全体投资人承诺书",
    None,
    "revoked,declared",
    "",
)
TAX_CHECK = (
    "tax_check",
    TAX,
    "税务部门核对",
    "核对没有欠税、没有未缴销的发票；从未办理涉税事宜的免予出具清税证明。",
    "税务机关清税规定",
    None,
    "",
    "",
)
APPLICATION = (
    "application",
    REGULATOR,
    "申请简易注销登记",
    "公告期满、没有异议后，向登记机关提交申请书和承诺书。",
    "简易注销登记规定",
    None,
    "listed,revoked,declared",
    "",
)
CLOSING = (
    "closing",
    COOP,
    "注销银行账户、缴销公章",
    "凭注销通知书办理；账簿、凭证按会计档案保存。",
    "",
    None,
    "",
    "",
)
TAX_CLEARANCE = (
    "tax_clearance",
    TAX,
    "取得清税证明",
    "结清税款、滞纳金和罚款，缴销发票。",
    OLD_RULES,
    None,
    "",
    "",
)


def notice(days, basis):
    return (
        "notice",
        REGULATOR,
        "发布简易注销公告",
        "由合作社在国家企业信用信息公示系统发布；公告期内有异议的中止。填写公告当天的日期。",
        basis,
        ("notice", days),
        "listed,revoked,declared",
        "",
    )


def simplified_tail(first):
    """Yield (position, step, from, to) of what simplified deregistration asks for, from a place on."""
    for place, step in enumerate((LATE_REPORT, DELISTING, COMMITMENT, TAX_CHECK), start=first):
        yield place, step, CAMPAIGN, None
    place = first + 4
    before = TWENTY_DAYS - dt.timedelta(days=1)
    yield place, notice(45, "2021年8月前的简易注销公告期"), CAMPAIGN, before
    yield place, notice(20, NOTICE_2021), TWENTY_DAYS, REGULATION - dt.timedelta(days=1)
    yield place, notice(20, "市场主体登记管理条例第三十三条"), REGULATION, None
    timed = (*APPLICATION[:4], "公告期满之日起二十日内申请", ("deadline", 20), *APPLICATION[6:])
    yield place + 1, APPLICATION, CAMPAIGN, before
    yield place + 1, timed, TWENTY_DAYS, None
    yield place + 2, CLOSING, CAMPAIGN, None


def ordinary():
    steps = (
        (
            "resolution",
            COOP,
            "成员大会作出解散决议",
            "出席人数和表决比例按章程；作好会议记录。",
            LAW_48,
            None,
            "",
            "",
        ),
        (
            "liquidators",
            COOP,
            "成立清算组",
            "解散事由出现之日起十五日内由成员大会推举。",
            LAW_48,
            ("deadline", 15),
            "",
            "",
        ),
        (
            "creditors",
            COOP,
            "通知成员和债权人",
            "清算组成立之日起十日内通知。",
            LAW_50,
            ("deadline", 10),
            "",
            "",
        ),
        (
            "announcement",
            COOP,
            "公告并等待申报债权",
            "六十日内在报纸上公告；债权人自公告之日起四十五日内申报。已全部通知到的不需要公告。",
            LAW_50,
            ("notice", 45),
            "",
            "",
        ),
        (
            "liquidation_report",
            COOP,
            "清算报告经成员大会确认",
            "国家财政直接补助形成的财产不得分配给成员。",
            "农民专业合作社法第五十三条",
            None,
            "",
            "",
        ),
    )
    for place, step in enumerate(steps, start=1):
        yield place, step, LAW, None
    yield 6, TAX_CLEARANCE, LAW, None
    deregister = (
        "application",
        REGULATOR,
        "申请注销登记",
        "清算结束之日起三十日内，提交申请书、决议、清算报告和清税证明。",
    )
    before = REGULATION - dt.timedelta(days=1)
    yield 7, (*deregister, OLD_RULES, ("deadline", 30), "", ""), LAW, before
    yield 7, (*deregister, NEW_RULES, ("deadline", 30), "", ""), REGULATION, None
    yield 8, CLOSING, LAW, None


def conversion():
    steps = (
        (
            "advice",
            BUREAU,
            "政策咨询",
            "讲清社转场不是变更登记：原社注销，新主体另行登记，有自己的统一社会信用代码。",
            "",
            None,
            "",
            "",
        ),
        (
            "new_subject",
            REGULATOR,
            "登记新主体",
            "办理个体工商户、个人独资企业或公司登记；把新主体录入本案。",
            "",
            None,
            "successor",
            "",
        ),
        (
            "directory",
            BUREAU,
            "录入家庭农场名录",
            "在全国家庭农场名录系统录入；其他农业主体不需要。",
            "",
            None,
            "",
            "",
        ),
        (
            "land",
            COOP,
            "土地和设施转到新主体",
            "重签土地流转合同，办理设施、农机和保险变更。",
            "",
            None,
            "",
            "",
        ),
    )
    for place, step in enumerate(steps, start=1):
        yield place, step, CAMPAIGN, None
    yield from simplified_tail(5)


def plain(*steps):
    for place, step in enumerate(steps, start=1):
        yield place, step, LAW, None


ROUTES = {
    "simplified": lambda: simplified_tail(1),
    "ordinary": ordinary,
    "conversion": conversion,
    "merger": lambda: plain(
        (
            "resolution",
            COOP,
            "各方成员大会作出合并决议",
            "合并各方分别召开成员大会。",
            "农民专业合作社法第四十六条",
            None,
            "",
            "",
        ),
        (
            "creditors",
            COOP,
            "通知债权人",
            "自合并决议作出之日起十日内通知。",
            "农民专业合作社法第四十六条",
            ("deadline", 10),
            "",
            "",
        ),
        (
            "agreement",
            COOP,
            "签订合并协议",
            "列明资产负债和成员账户的承接；债权债务由合并后的组织承继。",
            "农民专业合作社法第四十六条",
            None,
            "",
            "",
        ),
        TAX_CLEARANCE,
        (
            "application",
            REGULATOR,
            "申请合并、注销登记",
            "存续的办变更登记，解散的办注销登记。",
            OLD_RULES,
            None,
            "",
            "",
        ),
        CLOSING,
    ),
    "rectification": lambda: plain(
        (
            "advice",
            BUREAU,
            "告知要规范的事项",
            "当面讲清问题、标准和期限，列出任务。",
            "",
            None,
            "",
            "",
        ),
        (
            "tasks",
            COOP,
            "完成规范改造",
            "逐项改造并上传佐证；每项由区农业农村局复查。",
            "",
            None,
            "tasks",
            "",
        ),
        ("review", BUREAU, "总体复查", "实地查看，确认问题已解决。", "", None, "", ""),
    ),
    "revocation": lambda: plain(
        (
            "evidence",
            BUREAU,
            "核实两年以上未从事经营活动",
            "收集走访、年报和税务情况。",
            "农民专业合作社法第七十一条",
            None,
            "",
            "",
        ),
        (
            "transfer",
            BUREAU,
            "移送市场监管局",
            "送交线索和材料，取得回执。",
            "农民专业合作社法第七十一条",
            None,
            "",
            "",
        ),
        (
            "decision",
            REGULATOR,
            "依法调查并作出决定",
            "是否吊销由市场监管局依法决定。",
            "农民专业合作社法第七十一条",
            None,
            "",
            "",
        ),
        ("liquidation", COOP, "清算", "吊销不等于注销，仍须清算。", LAW_48, None, "", ""),
        ("application", REGULATOR, "申请注销登记", "清算结束后办理。", OLD_RULES, None, "", ""),
    ),
    "referral": lambda: plain(
        ("material", BUREAU, "整理线索材料", "只写已知事实和来源，不作定性。", "", None, "", ""),
        ("handover", BUREAU, "移交主管部门", "取得签收回执。", "", None, "", ""),
        ("feedback", BUREAU, "收到处理结果", "登记主管部门的书面反馈。", "", None, "", ""),
    ),
}


def seed(apps, schema_editor):
    template = apps.get_model("registry", "StepTemplate")
    units = {u.code: u for u in apps.get_model("accounts", "OrganisationUnit").objects.all()}
    rows = []
    for route, steps in ROUTES.items():
        for place, step, since, until in steps():
            key, whose, title, guidance, basis, term, bars, only_when = step
            rows.append(
                template(
                    route=route,
                    key=key,
                    position=place,
                    title=title,
                    department=units.get(whose),
                    guidance=guidance,
                    basis=basis,
                    term=term[0] if term else "",
                    days=term[1] if term else None,
                    bars=bars,
                    only_when=only_when,
                    valid_from=since,
                    valid_to=until,
                )
            )
    template.objects.bulk_create(rows)


def unseed(apps, schema_editor):
    apps.get_model("registry", "StepTemplate").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0014_cleanup_cases"),
        ("accounts", "0003_units_of_tongchuan"),
    ]
    operations = [migrations.RunPython(seed, unseed)]
