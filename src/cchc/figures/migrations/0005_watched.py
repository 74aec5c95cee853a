"""What pages keep of figures is kept for as long as these tables stand, and of what is counted file by file until a mark is worked off."""

from django.db import migrations, models

from cchc.editions.api import watched

FIGURES = ("figures_proceduredayflow", "figures_dayflow", "figures_provinceflow", "figures_procedureflow", "figures_unitdayflow", "figures_halfmonthflow", "figures_unitflow", "figures_importedvalue", "figures_contest")


class Migration(migrations.Migration):
    """A trigger on each table."""

    dependencies = [("editions", "0001_initial"), ("figures", "0004_contests_and_looks")]

    operations = [
        migrations.RemoveConstraint("stale", "figures_stale_at_least_a_day"),
        migrations.AddConstraint(
            "stale",
            models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"), name="figures_stale_in_order"
            ),
        ),
        *(watched(table, "figures") for table in FIGURES),
        watched("figures_stale", "facts", on="DELETE"),
    ]
