"""A token that a trigger renews whenever the calendar, the schedules or the settings change."""

from django.db import models


class ReferenceVersion(models.Model):
    """One row. A process may keep what it loaded for as long as the token it read is still there."""

    token = models.UUIDField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="worktime_reference_version_is_one_row"),)

    def __str__(self) -> str:
        """Return the token."""
        return str(self.token)
