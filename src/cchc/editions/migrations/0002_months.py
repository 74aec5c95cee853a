"""Stamps by month, and the function that renews them."""

from django.db import migrations, models

from cchc.editions.watching import CREATE_MONTH_FUNCTION


class Migration(migrations.Migration):
    """Nothing is watched by month yet: each module names its own tables."""

    dependencies = [("editions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MonthStamp",
            fields=[
                ("pk", models.CompositePrimaryKey("table", "month", blank=True, editable=False, primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=63)),
                ("month", models.DateField()),
                ("stamp", models.UUIDField()),
            ],
            options={"db_table": "editions_month"},
        ),
        CREATE_MONTH_FUNCTION,
    ]
