"""The Django application of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Names the application ``figures``."""

    name = "cchc.figures"
    label = "figures"
    verbose_name = "Số liệu"
