"""How far long work is, and why a job failed. The jobs themselves are rows of procrastinate."""

from django.db import models
from django.db.models import F, Q


class LongRun(models.Model):
    """One piece of long work, as everybody may watch it. ``key`` tells the pieces of a name apart; beginning again reuses the row."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    tries = models.PositiveIntegerField(default=1)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["name", "key"], name="jobs_one_run_per_name_and_key"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="jobs_run_does_no_more_than_all"),
            models.CheckConstraint(condition=Q(error="") | Q(finished_at__isnull=False), name="jobs_run_with_an_error_has_ended"),
        )
        indexes = (models.Index(fields=["name", "-started_at"], name="jobs_runs_of_name"),)

    def __str__(self) -> str:
        """Return the name, the key and how far it is."""
        return f"{self.name} {self.key}: {self.done}/{self.total}"


class Fault(models.Model):
    """Why a job failed, once per failure: procrastinate itself keeps no reason."""

    job_id = models.BigIntegerField()
    at = models.DateTimeField()
    error = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["job_id", "-id"], name="jobs_faults_of_job"),)

    def __str__(self) -> str:
        """Return the job and the reason."""
        return f"{self.job_id}: {self.error}"
