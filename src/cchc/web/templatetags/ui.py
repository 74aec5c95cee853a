"""Let templates say ``{% load ui %}``."""

from cchc.web.ui.templatetags.ui import register

__all__ = ["register"]
