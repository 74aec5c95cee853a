"""The table of stamps, and the function that renews them."""

from django.db import migrations, models

from cchc.editions.watching import CREATE_FUNCTION


class Migration(migrations.Migration):
    """Nothing is watched yet: each module names its own tables."""

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("table", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=40)),
                ("stamp", models.UUIDField()),
            ],
            options={"db_table": "editions_stamp"},
        ),
        CREATE_FUNCTION,
    ]
