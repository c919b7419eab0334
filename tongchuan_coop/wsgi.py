"""The web process. It has read every view before it takes a request: nobody waits for that."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchuan_coop.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
