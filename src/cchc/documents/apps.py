"""The Django application of papers."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Names the application ``documents``."""

    name = "cchc.documents"
    label = "documents"
    verbose_name = "Giấy tờ"
