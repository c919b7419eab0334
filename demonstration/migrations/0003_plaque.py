"""A title may have a plaque beside its certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_notices"),
        ("demonstration", "0002_shipped_criteria"),
    ]
    operations = [
        migrations.AddField(
            model_name="demonstrationtitle",
            name="plaque",
            field=models.ForeignKey(
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to="accounts.issuedpaper",
                verbose_name="牌匾",
            ),
        ),
    ]
