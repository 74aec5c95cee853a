"""The Django application of the units."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Names the application ``organisations``."""

    name = "cchc.organisations"
    label = "organisations"
    verbose_name = "Đơn vị"
