"""Findings come from missed targets as well as from items of the checklist."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0018_library_and_notices_with_views"),
        ("pilot", "0005_target_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="acceptancefinding",
            name="target_check",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="pilot.targetcheck",
                verbose_name="目标核对",
            ),
        ),
        migrations.AlterField(
            model_name="acceptancefinding",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="pilot.checkitem",
                verbose_name="核对项",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptancefinding",
            constraint=models.UniqueConstraint(
                fields=("target_check", "unit"), name="one_finding_per_unit_and_target"
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptancefinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("item__isnull", False), ("target_check__isnull", True)),
                    models.Q(("item__isnull", True), ("target_check__isnull", False)),
                    _connector="OR",
                ),
                name="a_finding_is_of_an_item_or_a_target",
            ),
        ),
    ]
