"""The WSGI application that granian serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What a worker has loaded stays for as long as it lives. The collector looked through all of it again and again: now and then a page took
# 0.2 s longer. All views are loaded first, which the first reader would have waited for.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
