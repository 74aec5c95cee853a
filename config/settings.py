"""Django settings. What an official may change is a row in the database; what an operator may change is read in env.py."""

import secrets
from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured

from cchc.kernel.text import gettext_noop as _
from config import database, env

BASE_DIR = env.ROOT
HOME = env.home()
DEBUG = False

ALLOWED_HOSTS = env.names("CCHC_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
# The address printed in QR codes on papers, without a slash at the end.
BASE_URL = env.text("CCHC_BASE_URL", f"http://127.0.0.1:{env.text('PORT', '8000')}")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

# The agency code of the one-stop unit whose name and opening hours the portal shows; without one it is neutral.
PORTAL_UNIT = env.text("CCHC_PORTAL_UNIT")


def _secret_key() -> str:
    """Return CCHC_SECRET_KEY, or a key made once and kept in the data folder."""
    given = env.text("CCHC_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        # Several processes may come here at once: the first to link its file wins, whole.
        own = HOME / f"secret-key.{secrets.token_hex(4)}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(own)
        own.unlink()
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()

# The ladder, lowest first; src/cchc/README.md says what each module is for.
MODULES = [
    "cchc.editions",
    "cchc.audit",
    "cchc.jobs",
    "cchc.worktime",
    "cchc.organisations",
    "cchc.identity",
    "cchc.figures",
    "cchc.documents",
    "cchc.notifications",
    "cchc.procedures",
    "cchc.cases",
    "cchc.scoring",
    "cchc.reports",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    *MODULES,
    "cchc.web",
    "cchc.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cchc.web.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cchc.web.ui.middleware.ActorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "src" / "cchc" / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                ),
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cchc.web.ui.context.frame",
            ],
        },
    },
]

DATABASES = {"default": database.settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "cchc.identity.adapter.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "src" / "cchc" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "src" / "cchc" / "web" / "static", BASE_DIR / "build" / "vendor"]
STATIC_ROOT = BASE_DIR / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BASE_URL.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("CCHC_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Sign-in attempts are limited by the client's address, not by the proxy's, which all officials share.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Rate limits live here: a low bound would let a flood of addresses push out the counts that stop it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What web/ui/drawing keeps, each process for itself: pages of up to a quarter of a megabyte.
    "drawings": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawings",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
# Jobs stand in the modules' tasks.py, found by themselves; the kernel is no application and is named here.
PROCRASTINATE_IMPORT_PATHS = ["cchc.kernel.tasks"]
PROCRASTINATE_ON_APP_READY = "cchc.jobs.tasks.when_ready"

# Mail to applicants. Without a host it is written to the worker's log and says so; see docs/reference/environment.md.
EMAIL_HOST = env.text("CCHC_SMTP_HOST")
EMAIL_USE_TLS = env.text("CCHC_SMTP_TLS") == "starttls"
EMAIL_USE_SSL = env.text("CCHC_SMTP_TLS") == "tls"
EMAIL_PORT = int(env.text("CCHC_SMTP_PORT", "587" if EMAIL_USE_TLS else "465" if EMAIL_USE_SSL else "25"))
EMAIL_HOST_USER = env.text("CCHC_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("CCHC_SMTP_PASSWORD")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("CCHC_SMTP_FROM", EMAIL_HOST_USER if "@" in EMAIL_HOST_USER else "")
if env.text("CCHC_SMTP_TLS") not in {"", "starttls", "tls"}:
    raise ImproperlyConfigured("CCHC_SMTP_TLS là starttls, tls, hoặc để trống khi máy chủ thư ở ngay trong mạng.")
if EMAIL_HOST and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("Có CCHC_SMTP_HOST thì phải có CCHC_SMTP_FROM: thư gửi đi mang địa chỉ nào.")

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Files that people hand in, by their content (cchc.documents); larger ones are refused before they are read to the end.
FILES = HOME / "files"
FILE_LIMIT = env.megabytes("CCHC_FILE_MB", 20) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "cchc.web.ui.uploads.BoundedUploadHandler"]

# How often a program may ask the API in a minute: without a key from one address, and with a key from wherever.
API_PER_ADDRESS = 60
API_PER_KEY = 600
# Under which licence open data is given; the default is the project's own choice, since no Vietnamese rule names one.
OPEN_DATA_LICENCE = env.text("CCHC_OPEN_DATA_LICENCE", "CC-BY-4.0")

# Folders of reference data and of third-party faces, versioned in the repository or installed by ``make``.
SEEDS = BASE_DIR / "seeds"
FONTS = BASE_DIR / "build" / "fonts"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Messages that no mail server takes are written here, so that a demo shows what would have been sent.
    "loggers": {"cchc.notifications.console": {"level": "INFO"}},
}
