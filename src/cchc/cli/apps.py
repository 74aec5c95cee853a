"""The command line as a Django app, so that its commands are found."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Commands; no tables."""

    name = "cchc.cli"
    label = "cli"
