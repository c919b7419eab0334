"""The people of the demo: one known account a role, and a clerk and a counsellor in every unit."""

from random import Random

from django.conf import settings

from accounts.choices import Role
from accounts.models import OrganisationUnit, User
from tongchuan_coop.demo.societies import make_name, make_phone

HOME_UNIT = "511702102"  # 罗江镇, where the known clerk, counsellor and society are at home
# username, name, role, unit, post
KNOWN = (
    ("admin", "系统管理员", Role.ADMINISTRATOR, "nyncj", "信息中心"),
    ("bureau", "李文斌", Role.BUREAU, "nyncj", "农村合作经济股股长"),
    ("clerk", "罗晓燕", Role.CLERK, HOME_UNIT, "农业服务中心主任"),
    ("counsellor", "何建华", Role.COUNSELLOR, HOME_UNIT, "农技员"),
    ("cooperative", "谢国强", Role.COOPERATIVE, HOME_UNIT, "理事长"),
    ("regulator", "陈志明", Role.LIAISON, "scjgj", "登记注册股"),
    ("tax", "周丽萍", Role.LIAISON, "swju", "税源管理股"),
    ("leader", "张永贵", Role.LEADER, "qzf", "分管副区长"),
    ("auditor", "吴正平", Role.AUDITOR, "nyncj", "监察审计"),
)


def add_people(random: Random) -> dict[str, User]:
    """Make all accounts with the demo password; return the known ones by name."""
    units = {unit.code: unit for unit in OrganisationUnit.objects.all()}
    known = {
        username: User.objects.create_user(
            username,
            settings.DEMO_PASSWORD,
            full_name=name,
            role=role,
            unit=units[code],
            post=post,
            phone=make_phone(random),
        )
        for username, name, role, code, post in KNOWN
    }
    hashed = known["clerk"].password
    for number, unit in enumerate(OrganisationUnit.objects.reporting(), start=1):
        for role, stem in ((Role.CLERK, "clerk"), (Role.COUNSELLOR, "counsellor")):
            User.objects.create(
                username=f"{stem}{number:02}",
                password=hashed,
                full_name=make_name(random),
                role=role,
                unit=unit,
                phone=make_phone(random),
            )
    return known
