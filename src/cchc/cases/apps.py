"""The Django application of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Names the application ``cases``."""

    name = "cchc.cases"
    label = "cases"
    verbose_name = "Hồ sơ"
