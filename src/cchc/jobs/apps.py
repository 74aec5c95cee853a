"""The Django application of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Names the application ``jobs``."""

    name = "cchc.jobs"
    label = "jobs"
    verbose_name = "Việc nền"
