"""The Django application of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Names the application ``reports``."""

    name = "cchc.reports"
    label = "reports"
    verbose_name = "Báo cáo"
