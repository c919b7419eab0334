"""Settings of the tests: the same portal, only quicker to sign in to and apart from real data."""

import datetime as dt
import tempfile
from pathlib import Path

from tongchuan_coop.settings import *

DATA_DIR = Path(tempfile.mkdtemp(prefix="portal-test-"))
FILES_DIR = DATA_DIR / "files"
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir()
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
PORTAL_DATE = dt.date(2021, 7, 20)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_DIR)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: several connections must meet in it as they do in the portal.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
