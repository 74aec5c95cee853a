"""The calendar's own token gives way to the editions, which watch the tables of other modules too."""

from django.db import migrations

from cchc.editions.api import watched

TABLES = ("worktime_calendarday", "worktime_calendaryear", "worktime_schedule", "worktime_session", "worktime_setting")


class Migration(migrations.Migration):
    """The old triggers go with their table; one of the editions stands on each table instead.

    There is no way back: a calendar without its triggers would be kept for ever.
    """

    dependencies = [("editions", "0001_initial"), ("worktime", "0003_settling")]

    operations = [
        migrations.RunSQL(
            "".join(f"DROP TRIGGER {table}_renews_token ON {table};" for table in TABLES) + "DROP FUNCTION worktime_renew_token();"
        ),
        migrations.DeleteModel("ReferenceVersion"),
        *(watched(table, "worktime") for table in TABLES),
    ]
