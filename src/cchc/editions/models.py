"""One stamp for each watched table, and one for each month of those that are watched by month."""

from django.db import models


class Stamp(models.Model):
    """A trigger renews ``stamp`` in every transaction that changes ``table``. What was read stands for as long as the stamp does."""

    table = models.CharField(max_length=63, primary_key=True)
    subject = models.CharField(max_length=40)
    stamp = models.UUIDField()

    class Meta:
        db_table = "editions_stamp"

    def __str__(self) -> str:
        """Return the table with its stamp."""
        return f"{self.table} {self.stamp}"


class MonthStamp(models.Model):
    """A trigger renews ``stamp`` in every transaction that changes a row of ``table`` whose day lies in the month from ``month``."""

    pk = models.CompositePrimaryKey("table", "month")
    table = models.CharField(max_length=63)
    month = models.DateField()
    stamp = models.UUIDField()

    class Meta:
        db_table = "editions_month"

    def __str__(self) -> str:
        """Return the table and the month with their stamp."""
        return f"{self.table} {self.month:%Y-%m} {self.stamp}"
