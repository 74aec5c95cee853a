"""The Django application of scoring."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Names the application ``scoring``."""

    name = "cchc.scoring"
    label = "scoring"
    verbose_name = "Chấm điểm"

    def ready(self) -> None:
        """Let the figures of the criteria and the handlers of events be known."""
        from cchc.scoring import subscriptions  # noqa: F401, PLC0415 (models are loaded by now)
        from cchc.scoring.figures import register  # noqa: PLC0415 (see above)

        register()
