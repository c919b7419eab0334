"""Contacts of departments and townships, now and formerly."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_contacts_with_views"),
        ("liaison", "0009_typical_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("first", "联络员"), ("substitute", "替补联络员")],
                        default="first",
                        max_length=12,
                        verbose_name="身份",
                    ),
                ),
                ("person", models.CharField(max_length=30, verbose_name="姓名")),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                (
                    "office_phone",
                    models.CharField(blank=True, max_length=30, verbose_name="办公电话"),
                ),
                ("mobile", models.CharField(blank=True, max_length=20, verbose_name="手机号")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=300, verbose_name="结束原因"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="accounts.organisationunit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "联络员",
                "verbose_name_plural": "联络员名册",
                "indexes": [
                    models.Index(fields=["unit", "place", "since"], name="contact_of_unit")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("unit", "place"),
                        name="a_unit_has_one_contact_in_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="a_contact_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
