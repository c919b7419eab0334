"""No minutes are issued without the words that they print."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("liaison", "0013_minutes_as_issued")]

    operations = [
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("issued", "archived")), _negated=True),
                    models.Q(("content", ""), _negated=True),
                    _connector="OR",
                ),
                name="issued_minutes_are_frozen",
            ),
        ),
    ]
