"""The Django application of the sites."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the application ``web``."""

    name = "cchc.web"
    label = "web"
    verbose_name = "Trang web"
