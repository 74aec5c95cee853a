"""The Django application of the journal."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the application ``audit``."""

    name = "cchc.audit"
    label = "audit"
    verbose_name = "Nhật ký"
