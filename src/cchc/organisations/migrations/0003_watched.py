"""What pages keep of organisations is kept for as long as these tables stand."""

from django.db import migrations

from cchc.editions.api import watched

TABLES = ("organisations_unit", "organisations_unittitle", "organisations_unitparent", "organisations_succession", "organisations_unitboundary")


class Migration(migrations.Migration):
    """A trigger on each table."""

    dependencies = [("editions", "0001_initial"), ("organisations", "0002_boundaries")]

    operations = [watched(table, "organisations") for table in TABLES]
