"""What pages keep of procedures is kept for as long as these tables stand."""

from django.db import migrations

from cchc.editions.api import watched

TABLES = ("procedures_field", "procedures_procedure", "procedures_version", "procedures_channelterm")


class Migration(migrations.Migration):
    """A trigger on each table."""

    dependencies = [("editions", "0001_initial"), ("procedures", "0004_office_words")]

    operations = [watched(table, "procedures") for table in TABLES]
