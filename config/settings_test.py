"""The settings of the tests: those of the installation, with a data folder of its own and nothing that takes long."""

import os

from config.env import ROOT

# An installation's own data folder must never be touched by a test, whatever the environment says.
os.environ["CCHC_HOME"] = str(ROOT / "build" / "test" / "home")
os.environ["CCHC_BASE_URL"] = "http://testserver"

from config.settings import *  # noqa: F403 (the folder above must be known first)
from config.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Static files are found where they lie, so that a test needs no ``collectstatic``.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
