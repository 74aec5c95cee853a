"""The Django application of the editions."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """Names the application ``editions``."""

    name = "cchc.editions"
    label = "editions"
    verbose_name = "Phiên bản dữ liệu"
