"""The registered facts: the same columns on the current row, its versions and the read file rows."""

from django.db import models

from registry.choices import CooperativeKind, RegistrationStatus


class RegisteredFacts(models.Model):
    """登记事项与备案事项（农民专业合作社登记管理条例第五条、domain §2.1）。金额单位：元。"""

    registration_no = models.CharField("注册号", max_length=15, blank=True, default="")
    name = models.CharField("名称", max_length=200)
    kind = models.CharField(
        "类别", max_length=20, choices=CooperativeKind, default=CooperativeKind.COOPERATIVE
    )
    entity_type = models.CharField("登记类型", max_length=60, blank=True, default="")
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True, default="")
    total_contribution = models.DecimalField(
        "成员出资总额", max_digits=18, decimal_places=2, null=True, blank=True
    )
    member_count = models.IntegerField("成员总数", null=True, blank=True)
    farmer_member_count = models.IntegerField("农民成员数", null=True, blank=True)
    unit_member_count = models.IntegerField("单位成员数", null=True, blank=True)
    established_on = models.DateField("成立日期", null=True, blank=True)
    approved_on = models.DateField("核准日期", null=True, blank=True)
    registration_authority = models.CharField("登记机关", max_length=100, blank=True, default="")
    status = models.CharField(
        "登记状态", max_length=24, choices=RegistrationStatus, blank=True, default=""
    )
    domicile = models.CharField("住所", max_length=300, blank=True, default="")
    business_scope = models.TextField("业务范围", blank=True, default="")
    contact_person = models.CharField("联络员", max_length=60, blank=True, default="")
    contact_phone = models.CharField("联系电话", max_length=60, blank=True, default="")

    class Meta:
        abstract = True


FACTS: tuple[str, ...] = tuple(field.name for field in RegisteredFacts._meta.local_fields)

# What a version carries beside the facts, so that a former state can be put back whole.
CARRIED: tuple[str, ...] = (
    *FACTS,
    "uscc",
    "township_id",
    "township_basis",
    "name_key",
    "name_initials",
)
