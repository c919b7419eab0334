"""Settings of the portal: complete and safe as they stand; the environment only adjusts them.

With nothing set, the portal runs on its embedded default: SQLite and files under `DATA_DIR`, a
file-system broker, a generated key, loopback only. `SECRET_KEY` with `ALLOWED_HOSTS` and without
`DEBUG` is production, which refuses demo accounts and a set date.
"""

from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

from tongchuan_coop.settings import env

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()

# --- mode -----------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or _LOOPBACK
PRODUCTION = bool(env.text("SECRET_KEY")) and bool(env.words("ALLOWED_HOSTS")) and not DEBUG
SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    if env.words("ALLOWED_HOSTS"):
        raise ImproperlyConfigured(
            "设置了 ALLOWED_HOSTS（对外提供服务）就必须同时设置 SECRET_KEY。"
        )
    SECRET_KEY = env.kept_secret(DATA_DIR)
# Old keys while the key is being changed: what they signed is still read, nothing new is signed.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
PORTAL_DATE = env.day("PORTAL_DATE")
if PRODUCTION and PORTAL_DATE:
    raise ImproperlyConfigured("生产环境不能设置 PORTAL_DATE：系统日期只能是真实日期。")
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "tongchuan-demo")

# How the portal is reached from outside, for addresses in QR codes and messages.
_PORT = env.number("PORT", 8000)
SITE_URL = env.text(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else f"http://127.0.0.1:{_PORT}",
).rstrip("/")

# --- the district ---------------------------------------------------------------------------
# A division-code prefix: 511702 is the district, 5117 the city, 51 the province, "" the nation.

JURISDICTION = env.verbatim("JURISDICTION", "511702")
HOME_DIVISION = "511702"

# --- applications ---------------------------------------------------------------------------
INSTALLED_APPS = [
    "tongchuan_coop.apps.PortalConfig",
    "pilot",
    "liaison",
    "demonstration",
    "training",
    "registry",
    "accounts",
    "common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tongchuan_coop.middleware.Traced",
    "tongchuan_coop.middleware.FaultPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInFirst",
    "accounts.middleware.SessionGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "tongchuan_coop.middleware.PrivatePages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tongchuan_coop.urls"
WSGI_APPLICATION = "tongchuan_coop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The second folder holds Django's own form controls.
        "DIRS": [BASE_DIR / "templates", Path(django.__file__).parent / "forms" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tongchuan_coop.context.portal",
            ],
            "builtins": ["common.template_tags", "accounts.template_tags"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                ),
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data -----------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "portal.sqlite3")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: without it, two writers that read first fail at once with "database is locked".
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database["CONN_MAX_AGE"] = 60
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        # PostgreSQL would compile what it takes for costly, which took half a second of a page
        # whose rows were found in one millisecond.
        "options": "-c statement_timeout=600000 -c lock_timeout=30000 -c jit=off",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FILES_DIR = DATA_DIR / "files"  # private: served only through views that check rights
BACKUP_DIR = env.text("BACKUP_DIR")  # empty: no back-up by itself, only by the command
BACKUP_KEEP = env.number("BACKUP_KEEP", 30)
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PersonBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough"},
    {"NAME": "accounts.passwords.NotGuessable"},
    {"NAME": "accounts.passwords.MixedCharacters"},
]
PASSWORD_LENGTH = min(env.number("PASSWORD_LENGTH", 10), 64)
PASSWORD_KINDS = min(env.number("PASSWORD_KINDS", 3), 4)
# Days after which a new password is asked for; off, for people who must change choose weaker ones.
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 0)
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.sessions.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "accounts.client_address.client_address"
PROXY_COUNT = env.number("PROXY_COUNT", 0)
# A code from the phone after the password: required of staff, offered to them, or off.
SECOND_FACTOR = env.choice(
    "SECOND_FACTOR", ("required", "offered", "off"), "required" if PRODUCTION else "offered"
)
OTP_TOTP_ISSUER = "通川合作社平台"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_SECONDS", 30 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "tongchuan_coop.views.faults.forged_form"

# --- transport ------------------------------------------------------------------------------
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("HTTPS_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # A browser takes these names only over TLS and from this very host, not from a neighbour of it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [
        f"https://{'*' if host.startswith('.') else ''}{host}"
        for host in ALLOWED_HOSTS
        if host != "*"
    ]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# --- words and time -------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True  # Django's own sentences come in Chinese
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FIRST_DAY_OF_WEEK = 1

# --- files for browsers -----------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_DIR)},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- background work --------------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL")
BROKER_DIR = DATA_DIR / "broker"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.number("WORKERS", 2)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.2}
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # Short, because a Redis that accepts and never answers must not hang an upload.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "visibility_timeout": 3600,
    }
    CELERY_REDIS_SOCKET_TIMEOUT = 2
    CELERY_REDIS_SOCKET_CONNECT_TIMEOUT = 2
else:
    for _folder in ("queue", "processed", "control"):
        (BROKER_DIR / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }

# --- intake: a district's defaults; benchmarks and larger regions raise them --------------------
INTAKE_LIMITS = {
    "upload_bytes": env.number("INTAKE_UPLOAD_MB", 20) * 1024 * 1024,
    "unpacked_bytes": env.number("INTAKE_UNPACKED_MB", 200) * 1024 * 1024,
    "ratio": 100,
    "entries": 1000,
    "rows": env.number("INTAKE_ROWS", 20_000),
    "columns": 200,
    "cell_chars": 4000,
}
INTAKE_CHILD = {
    "memory_mb": env.number("INTAKE_CHILD_MB", 512),
    "cpu_seconds": env.number("INTAKE_CHILD_CPU_SECONDS", 30),
    "wall_seconds": env.number("INTAKE_CHILD_WALL_SECONDS", 60),
}
INTAKE_LEASE_SECONDS = env.number("INTAKE_LEASE_SECONDS", 20)
INTAKE_ATTEMPTS = 3
INTAKE_GONE_PERCENT = 5  # a full list that lacks more than this needs a written reason
INTAKE_CORRECTION_GONE_PERCENT = 2
INTAKE_CORRECTION_GONE_ROWS = 20
# A file in the watched folder is taken in once nobody has written to it for so long.
INBOX_STABLE_SECONDS = env.number("INBOX_STABLE_SECONDS", 10)
FEED_DUE_DAYS = env.number("FEED_DUE_DAYS", 20)  # a quarter's file is on time so long after it ends
FEED_REMIND_DAYS = env.number(
    "FEED_REMIND_DAYS", 5
)  # and so long before that day the sender is reminded

# Up to so many societies the pilot's board counts at every look; beyond, it reads the night's figures.
LIVE_FIGURES = env.number("LIVE_FIGURES", 20_000)

# --- attachments: photos are drawn anew, other files are kept as they came -----------------------
ATTACHMENT_LIMITS = {
    "bytes": env.number("ATTACHMENT_MB", 20) * 1024 * 1024,
    "pixels": env.number("ATTACHMENT_MEGAPIXELS", 50) * 1_000_000,
    "files": 20,  # with one form
}

# --- notices that leave the portal: e-mail when a host is named, text messages by a gateway -------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", EMAIL_HOST_USER or "portal@localhost")
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL")  # empty: written to files under DATA_DIR/sms
SMS_GATEWAY_TOKEN = env.text("SMS_GATEWAY_TOKEN")
SMS_TIMEOUT_SECONDS = 10

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.DeclaredAction"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.tokens.TokenSignIn",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "accounts.api.tokens.RatePerToken",
    ],
    # Counted by each web process for itself.
    "DEFAULT_THROTTLE_RATES": {
        "anon": "60/min",
        "user": f"{env.number('API_REQUESTS_A_MINUTE', 600)}/min",
    },
    "EXCEPTION_HANDLER": "accounts.api.faults.answer_fault",
    "DEFAULT_METADATA_CLASS": None,  # what OPTIONS would tell stands in the description
}
SPECTACULAR_SETTINGS = {
    "TITLE": "通川区农民合作社质量提升平台数据接口",
    "DESCRIPTION": "与页面同样的权限、同样的遮盖、同样的条件。超出范围与不存在的回答相同。",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "POSTPROCESSING_HOOKS": ["tongchuan_coop.api_description.describe_refusals"],
}

# --- watching it run --------------------------------------------------------------------------
LOG_FORMAT = env.text("LOG_FORMAT", "json" if PRODUCTION else "line")
METRICS_TOKEN = env.text("METRICS_TOKEN")  # empty: figures are given to this machine alone
# Where the web processes of one machine keep their counts together; empty: each for itself.
METRICS_DIR = env.text("PROMETHEUS_MULTIPROC_DIR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "common.logs.MaskedLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "common.logs.JsonLine"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": "INFO"},
        # One line a request only where a machine reads them.
        "portal.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "celery": {"level": "INFO"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
