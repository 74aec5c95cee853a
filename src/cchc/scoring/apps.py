"""The Django application of scoring."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Names the application ``scoring``."""

    name = "cchc.scoring"
    label = "scoring"
    verbose_name = "Chấm điểm"

    def ready(self) -> None:
        """Let the figures of the criteria be known."""
        from cchc.scoring.figures import register  # noqa: PLC0415 (models are loaded by now)

        register()
