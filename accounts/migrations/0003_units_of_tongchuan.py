"""The 19 reporting units, the departments of the plan, and the names of before the 2019 reform.

Division codes are the statistical ones of 2020-06-30 to 2023-06-30. The scenic-area committee
has no division code. Successors of old townships follow the village lists of both years.
"""

from django.db import migrations

TOWNSHIPS = (
    ("511702001", "东城街道", "subdistrict"),
    ("511702002", "西城街道", "subdistrict"),
    ("511702003", "朝阳街道", "subdistrict"),
    ("511702004", "凤西街道", "subdistrict"),
    ("511702005", "凤北街道", "subdistrict"),
    ("511702102", "罗江镇", "town"),
    ("511702103", "蒲家镇", "town"),
    ("511702104", "复兴镇", "town"),
    ("511702105", "双龙镇", "town"),
    ("511702107", "江陵镇", "town"),
    ("511702108", "碑庙镇", "town"),
    ("511702109", "磐石镇", "town"),
    ("511702110", "东岳镇", "town"),
    ("511702111", "梓桐镇", "town"),
    ("511702112", "北山镇", "town"),
    ("511702113", "金石镇", "town"),
    ("511702114", "青宁镇", "town"),
    ("511702208", "安云乡", "township"),
    ("lianhu", "莲湖景区管委会", "committee"),
)
# code, name, short name, in the joint meeting
DEPARTMENTS = (
    ("nyncj", "区农业农村局", "农业农村局", True),
    ("fgj", "区发展和改革局", "发改局", True),
    ("czj", "区财政局", "财政局", True),
    ("swj", "区水务局", "水务局", True),
    ("scjgj", "区市场监督管理局", "市场监管局", True),
    ("zrzyj", "区自然资源局", "自然资源局", True),
    ("lyj", "区林业局", "林业局", True),
    ("gxs", "区供销合作社联合社", "供销社", True),
    ("swju", "区税务局", "税务局", True),
    ("jrb", "区金融办", "金融办", True),
    ("fpkfj", "区扶贫开发局", "扶贫开发局", False),
)
LEADERSHIP = (("qw", "区委", "区委"), ("qzf", "区政府", "区政府"))
# old name, old code, successor ("" where it is split), villages that go elsewhere or decide
OLD_NAMES = (
    ("西外镇", "511702100", "", {"文凤社区": "511702002"}),
    ("北外镇", "511702101", "511702005", {}),
    ("魏兴镇", "511702106", "511702102", {}),
    (
        "新村乡",
        "511702202",
        "",
        {
            "梨园村": "511702103",
            "曾家沟村": "511702105",
            "封口村": "511702105",
            "长河村": "511702105",
            "绿荫社区": "511702105",
        },
    ),
    ("檬双乡", "511702203", "511702105", {}),
    ("龙滩乡", "511702204", "511702105", {}),
    ("青宁乡", "511702209", "511702114", {}),
    ("东岳乡", "", "511702110", {}),
    ("磐石乡", "", "511702109", {}),
    ("北山乡", "", "511702112", {}),
    ("金石乡", "", "511702113", {}),
    ("梓桐乡", "", "511702111", {}),
    ("莲湖景区", "", "lianhu", {}),
)
NOTES = {
    "西外镇": "分属两地，按村判定",
    "新村乡": "分属两地，按村判定",
    "莲湖景区": "景区在住所里的写法",
}


def seed(apps, schema_editor):
    unit_model = apps.get_model("accounts", "OrganisationUnit")
    alias_model = apps.get_model("accounts", "UnitAlias")
    village_model = apps.get_model("accounts", "AliasVillage")
    rows = [(code, name, name, kind, False) for code, name, kind in TOWNSHIPS]
    rows += [(code, name, short, "department", joint) for code, name, short, joint in DEPARTMENTS]
    rows += [(code, name, short, "leadership", False) for code, name, short in LEADERSHIP]
    units = {
        code: unit_model.objects.create(
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            position=position,
            in_joint_meeting=joint,
        )
        for position, (code, name, short, kind, joint) in enumerate(rows, start=1)
    }
    for name, old_code, successor, villages in OLD_NAMES:
        alias = alias_model.objects.create(
            name=name,
            old_code=old_code,
            unit=units.get(successor),
            note=NOTES.get(name, "2019年乡镇行政区划调整前的名称"),
        )
        for village, code in villages.items():
            village_model.objects.create(alias=alias, village=village, unit=units[code])


def unseed(apps, schema_editor):
    apps.get_model("accounts", "UnitAlias").objects.all().delete()
    apps.get_model("accounts", "OrganisationUnit").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_audit_trail_only_grows")]
    operations = [migrations.RunPython(seed, unseed)]
