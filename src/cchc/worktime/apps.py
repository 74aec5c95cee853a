"""The Django application of working time."""

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """Names the application ``worktime``."""

    name = "cchc.worktime"
    label = "worktime"
    verbose_name = "Thời gian làm việc"
