"""The Django application of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Names the application ``figures``."""

    name = "cchc.figures"
    label = "figures"
    verbose_name = "Số liệu"

    def ready(self) -> None:
        """Let the handlers of events be known."""
        from cchc.figures import subscriptions  # noqa: F401, PLC0415 (models are loaded by now)
