"""What pages keep of scoring is kept for as long as these tables stand."""

from django.db import migrations

from cchc.editions.api import watched

TABLES = ("scoring_computation", "scoring_score", "scoring_dailytotal", "scoring_publishedscore")


class Migration(migrations.Migration):
    """A trigger on each table."""

    dependencies = [("editions", "0001_initial"), ("scoring", "0001_scores_and_published")]

    operations = [watched(table, "scoring") for table in TABLES]
