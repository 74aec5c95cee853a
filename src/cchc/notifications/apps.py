"""The Django application of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Names the application ``notifications``."""

    name = "cchc.notifications"
    label = "notifications"
    verbose_name = "Tin nhắn, thông báo"
