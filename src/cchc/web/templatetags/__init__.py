"""Where Django looks for tags: the door to ``cchc.web.ui.templatetags``."""
