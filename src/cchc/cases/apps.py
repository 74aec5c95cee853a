"""The Django application of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Names the application ``cases``."""

    name = "cchc.cases"
    label = "cases"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        """Let the handlers of events and the figures be known."""
        from cchc.cases import subscriptions  # noqa: F401, PLC0415 (models are loaded by now)
        from cchc.cases.figures import registered  # noqa: F401, PLC0415 (the same)
