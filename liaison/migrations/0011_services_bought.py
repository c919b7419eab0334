"""The government may buy services from a society."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("liaison", "0010_contacts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="supportgrant",
            name="kind",
            field=models.CharField(
                choices=[
                    ("facilities", "基础设施"),
                    ("marketing", "营销市场"),
                    ("talent", "人才培养引进"),
                    ("technology", "农业科技服务"),
                    ("land", "土地流转管理服务"),
                    ("finance", "金融支持"),
                    ("insurance", "农业保险"),
                    ("purchase", "政府购买服务"),
                ],
                max_length=12,
                verbose_name="类别",
            ),
        ),
    ]
