"""The Django application of reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Names the application ``reports``."""

    name = "cchc.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        """Let the figures that only forms need be known."""
        from cchc.reports.figures import register  # noqa: PLC0415 (models are loaded by now)

        register()
