"""What happened in the months that are over is held whatever happens today."""

from django.db import migrations

from cchc.editions.api import watched_by_month

BY_DAY = ("figures_proceduredayflow", "figures_dayflow", "figures_unitdayflow")
BY_HALF = ("figures_provinceflow", "figures_procedureflow", "figures_halfmonthflow", "figures_unitflow")


class Migration(migrations.Migration):
    """Four triggers on each rollup."""

    dependencies = [("editions", "0002_months"), ("figures", "0005_watched")]

    operations = [*(watched_by_month(table, "day") for table in BY_DAY), *(watched_by_month(table, "start") for table in BY_HALF)]
