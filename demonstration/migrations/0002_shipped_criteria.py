"""Lay down a first set of criteria for each level; what has no source yet is marked as such."""

import datetime as dt
from decimal import Decimal

from django.db import migrations

NATIONAL = "《国家农民合作社示范社评定及监测办法》农经发〔2019〕5号"
LAW = "《中华人民共和国农民专业合作社法》（2017修订）"
FROM = dt.date(2020, 1, 1)
CONDITION, SCORED, VETO = "condition", "scored", "veto"

# section, text, kind, points, measure, threshold, basis, confirmed
VETOES = (
    ("一票否决", "列入经营异常名录", VETO, 0, "not_listed", None, NATIONAL, True),
    ("一票否决", "从事非法集资等非法金融活动", VETO, 0, "", None, NATIONAL, True),
    ("一票否决", "申报材料弄虚作假", VETO, 0, "", None, NATIONAL, True),
)
GOVERNANCE = (
    (
        "民主管理",
        "每年至少召开一次成员大会",
        CONDITION,
        0,
        "assemblies_held",
        1,
        LAW + "第三十一条",
        True,
    ),
    ("民主管理", "实行社务公开", CONDITION, 0, "affairs_disclosure", None, NATIONAL, True),
    (
        "财务管理",
        "为每个成员设立成员账户",
        CONDITION,
        0,
        "member_accounts",
        None,
        LAW + "第四十三条",
        True,
    ),
    (
        "财务管理",
        "可分配盈余按交易量返还不低于60%",
        CONDITION,
        0,
        "returned_share",
        60,
        LAW + "第四十四条",
        True,
    ),
    (
        "社会声誉",
        "上一年度报告已在国家企业信用信息公示系统公示",
        CONDITION,
        0,
        "report_published",
        None,
        NATIONAL,
        True,
    ),
)
RUBRIC = (
    ("民主管理", "组织机构健全、民主决策、记录完整", SCORED, 20, "", None, "", False),
    ("财务管理", "制度健全、独立核算、成员账户完备、盈余返还到位", SCORED, 20, "", None, "", False),
    ("经济实力", "经营规模、固定资产与经营收入", SCORED, 20, "", None, "", False),
    ("服务成效", "统一采购、统一销售、技术服务与带动农户", SCORED, 20, "", None, "", False),
    ("产品质量", "标准化生产、产品认证与品牌", SCORED, 10, "", None, "", False),
    ("社会声誉", "诚信守法、按时年报、群众评价", SCORED, 10, "", None, "", False),
)
SETS = (
    (
        "national",
        "demonstration",
        "四川省",
        "国家农民合作社示范社评定标准",
        NATIONAL,
        (
            ("依法登记", "成立并运行满2年", CONDITION, 0, "years_operating", 2, NATIONAL, True),
            (
                "依法登记",
                "原则上应是省级示范社",
                CONDITION,
                0,
                "holds_provincial",
                None,
                NATIONAL + "第五条",
                True,
            ),
            (
                "依法登记",
                "农民成员占成员总数的80%以上",
                CONDITION,
                0,
                "farmer_share",
                80,
                LAW + "第二十条",
                True,
            ),
            *GOVERNANCE,
            (
                "经济实力",
                "成员出资总额100万元以上",
                CONDITION,
                0,
                "total_contribution",
                1_000_000,
                "",
                False,
            ),
            (
                "经济实力",
                "固定资产净值50万元以上（西部地区）",
                CONDITION,
                0,
                "fixed_assets",
                500_000,
                "",
                False,
            ),
            (
                "经济实力",
                "年经营收入150万元以上（西部地区）",
                CONDITION,
                0,
                "operating_income",
                1_500_000,
                "",
                False,
            ),
            *VETOES,
            *RUBRIC,
        ),
    ),
    (
        "provincial",
        "demonstration",
        "四川省",
        "四川省农民合作社省级示范社评定标准",
        "《四川省农民合作社省级示范社评定及监测办法》",
        (
            ("依法登记", "成立并运行满2年", CONDITION, 0, "years_operating", 2, "", False),
            (
                "依法登记",
                "原则上应是市级示范社",
                CONDITION,
                0,
                "holds_municipal",
                None,
                "第十四批申报通知",
                True,
            ),
            (
                "依法登记",
                "农民成员占成员总数的80%以上",
                CONDITION,
                0,
                "farmer_share",
                80,
                LAW + "第二十条",
                True,
            ),
            *GOVERNANCE,
            (
                "经济实力",
                "年经营收入100万元以上",
                CONDITION,
                0,
                "operating_income",
                1_000_000,
                "",
                False,
            ),
            *VETOES,
            *RUBRIC,
        ),
    ),
    (
        "municipal",
        "demonstration",
        "达州市",
        "达州市农民合作社市级示范社评定标准",
        "",
        (
            ("依法登记", "成立并运行满2年", CONDITION, 0, "years_operating", 2, "", False),
            ("依法登记", "原则上应是区级示范社", CONDITION, 0, "holds_district", None, "", False),
            (
                "依法登记",
                "农民成员占成员总数的80%以上",
                CONDITION,
                0,
                "farmer_share",
                80,
                LAW + "第二十条",
                True,
            ),
            *GOVERNANCE,
            (
                "经济实力",
                "成员出资总额50万元以上",
                CONDITION,
                0,
                "total_contribution",
                500_000,
                "",
                False,
            ),
            (
                "经济实力",
                "年经营收入50万元以上",
                CONDITION,
                0,
                "operating_income",
                500_000,
                "",
                False,
            ),
            *VETOES,
            *RUBRIC,
        ),
    ),
    (
        "district",
        "demonstration",
        "通川区",
        "通川区农民合作社区级示范社评定标准",
        "《达州市通川区农民合作社区级示范社评定及监测办法（试行）》通区农业发〔2016〕243号",
        (
            ("依法登记", "成立并运行满1年", CONDITION, 0, "years_operating", 1, "", False),
            (
                "依法登记",
                "农民成员占成员总数的80%以上",
                CONDITION,
                0,
                "farmer_share",
                80,
                LAW + "第二十条",
                True,
            ),
            *GOVERNANCE,
            (
                "经济实力",
                "年经营收入20万元以上",
                CONDITION,
                0,
                "operating_income",
                200_000,
                "",
                False,
            ),
            *VETOES,
            *RUBRIC,
        ),
    ),
    (
        "district",
        "standard",
        "通川区",
        "通川区农民合作社规范社评定标准",
        "",
        (
            ("依法登记", "成立并运行满1年", CONDITION, 0, "years_operating", 1, "", False),
            (
                "依法登记",
                "农民成员占成员总数的80%以上",
                CONDITION,
                0,
                "farmer_share",
                80,
                LAW + "第二十条",
                True,
            ),
            *GOVERNANCE,
            *VETOES,
            *RUBRIC,
        ),
    ),
)


def lay_down(apps, schema_editor):
    CriteriaSet = apps.get_model("demonstration", "CriteriaSet")
    CriteriaItem = apps.get_model("demonstration", "CriteriaItem")
    for level, honour, region, title, document, items in SETS:
        made = CriteriaSet.objects.create(
            level=level,
            honour=honour,
            region=region,
            number=1,
            title=title,
            document=document,
            state="released",
            effective_from=FROM,
        )
        CriteriaItem.objects.bulk_create(
            CriteriaItem(
                criteria=made,
                position=place,
                section=section,
                text=text,
                kind=kind,
                points=points,
                measure=measure,
                threshold=None if threshold is None else Decimal(threshold),
                basis=basis,
                confirmed=confirmed,
            )
            for place, (
                section,
                text,
                kind,
                points,
                measure,
                threshold,
                basis,
                confirmed,
            ) in enumerate(items, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("demonstration", "0001_honours_rounds_and_plans")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
