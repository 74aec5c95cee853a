"""The Django application of identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Names the application ``identity``."""

    name = "cchc.identity"
    label = "identity"
    verbose_name = "Người và vị trí"
