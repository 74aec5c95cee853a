"""Requests are made after appraisal too: the table of those at the counter becomes the table of all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("procedures", "0003_step_kind"), ("worktime", "0002_triggers")]

    operations = [
        migrations.RemoveConstraint("intakerequest", "cases_intakerequest_asked_once"),
        migrations.RemoveConstraint("intakerequest", "cases_intakerequest_has_a_reason"),
        migrations.RenameModel("IntakeRequest", "Request"),
    ]
