"""The Django application of scoring."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Names the application ``scoring``."""

    name = "cchc.scoring"
    label = "scoring"
    verbose_name = "Chấm điểm"
