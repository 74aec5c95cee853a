"""The Django application of the procedures."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Names the application ``procedures``."""

    name = "cchc.procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"
