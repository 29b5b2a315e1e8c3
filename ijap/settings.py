"""All settings in one file, from the environment only. A missing variable fails with a hint."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

from foundation.pool import PooledConnection, forget_scope

BASE_DIR = Path(__file__).resolve().parent.parent


class _Surroundings(FileAwareMapping):
    """The environment. Every value may also come from a file: SECRET_KEY_FILE=/run/secrets/secret-key."""

    def __getitem__(self, key: str) -> str:
        return str(super().__getitem__(key)).strip()  # a file ends with a line end


env = environ.Env()
env.ENVIRON = _Surroundings()


def required(name: str, hint: str) -> str:
    """Read a variable that has no default; without it the process must not start."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Zet de omgevingsvariabele {name}. {hint} `./run` doet dit voor u.")
    return value


# --- where we run -------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=False)
SECRET_KEY = required("SECRET_KEY", "Een lange willekeurige tekst.")
# Keys for what is written encrypted in the database, in base64, the newest first. The older ones still read.
FIELD_ENCRYPTION_KEYS = [key.strip() for key in env.list("FIELD_ENCRYPTION_KEYS", default=[])]
# The certificate of the organisation with those above it, and its key, in PEM: copies of minutes are signed with it.
SIGNING_CERTIFICATE = env.str("SIGNING_CERTIFICATE", default="", multiline=True).strip()
SIGNING_KEY = env.str("SIGNING_KEY", default="", multiline=True).strip()
# The law that lets us use a BSN, in words. Without one there is no BSN anywhere.
BSN_GROUND = env.str("BSN_GROUND", default="").strip()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "ijap.urls"
WSGI_APPLICATION = "ijap.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "guardian",
    "template_partials",
    "foundation",
    "audit",
    "jobs",
    "accounts",
    "access",
    "cases",
    "meetings",
    "reports",
    "oversight",
    "retention",
    "ijap.apps.IjapConfig",
]

MIDDLEWARE = [
    # The first two see every answer, also of those below that refuse.
    "csp.middleware.CSPMiddleware",
    "ijap.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ijap.middleware.CleanInputMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ijap.sessions.SessionLimitsMiddleware",
    "ijap.sessions.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ijap.sessions.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ijap.middleware.ScopeMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "ijap.context.page",
            ],
            "builtins": [
                "django.templatetags.static",
                "foundation.templatetags.components",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- the database -------------------------------------------------------------------------------
# `default` is the application's role, which row security binds. `owner` migrates and `bulk` seeds;
# web and worker are not given those two variables, so they cannot become those roles.
_DATABASES = {"default": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "bulk": "DATABASE_BULK_URL"}
required("DATABASE_URL", "Bijvoorbeeld postgres://ijap_app@localhost/ijap.")
DATABASES = {alias: env.db_url(name) for alias, name in _DATABASES.items() if env.str(name, default="")}
DATABASES["default"].setdefault("OPTIONS", {})
# A connection is tried before a request gets it: after a restart of the database nobody meets a dead one.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if env.bool("DATABASE_POOL", default=True):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=8),
        "timeout": 5,
        # After a short while of trying a place in the pool is given up: then the next request tries at once.
        # Else the pauses grow with the outage, and the site stays away long after the database is back.
        "reconnect_timeout": 2,
        "reset": forget_scope,
        "connection_class": PooledConnection,
    }
# So long a process that starts waits for a database that is still starting.
START_SECONDS = env.int("START_SECONDS", default=30)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who is there -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
# A file of breached passwords as SHA-1, sorted: one a line, with or without ":count". See docs/inloggen.md.
BREACHED_PASSWORDS_FILE = env.str("BREACHED_PASSWORDS_FILE", default="")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.BreachedPasswordValidator", "OPTIONS": {"path": BREACHED_PASSWORDS_FILE}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# A link to choose a password is good for a day.
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"

# A second factor for everybody. Only the demo may do without: its accounts and password are public.
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not DEMO_MODE)
if not MFA_REQUIRED and not DEMO_MODE:
    raise ImproperlyConfigured("MFA_REQUIRED=0 kan alleen samen met DEMO_MODE=1.")
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO_MODE  # http://localhost
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody logs in or is found by e-mail here
MFA_TOTP_ISSUER = "IJAP"
# With a tolerance a code would live longer than allauth remembers that it was used.
MFA_TOTP_TOLERANCE = 0
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_TIMEOUT = 600
# Codes of the second step. The first step has limits of our own: accounts/limits.py.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "accounts.adapters.PartnerLoginAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_QUERY_EMAIL = False

# Failed logins are written down by axes; how long one waits is decided in accounts/limits.py. Nobody is
# locked out, so the parts of axes that lock out have nothing to do.
AXES_HANDLER = "accounts.failures.FailureHandler"
AXES_CLIENT_IP_CALLABLE = "foundation.http.address_of"
AXES_VERBOSE = False
# How many proxies of ours stand in front: the address of the browser is that many places from the end.
PROXY_COUNT = env.int("PROXY_COUNT", default=1 if env.bool("BEHIND_PROXY", default=False) else 0)

# --- how long somebody is there -----------------------------------------------------------------
IDLE_SECONDS = env.int("IDLE_SECONDS", default=20 * 60)
IDLE_WARNING_SECONDS = env.int("IDLE_WARNING_SECONDS", default=2 * 60)
FRESH_SECONDS = ACCOUNT_REAUTHENTICATION_TIMEOUT
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)
IDLE_DAYS = env.int("IDLE_DAYS", default=60)  # who does not log in for so long is disabled
CONFIRM_DAYS = env.int("CONFIRM_DAYS", default=92)  # a partner says again who its people are
CONFIRM_WARN_DAYS = env.int("CONFIRM_WARN_DAYS", default=21)  # so long before, it is asked

# Counters that all processes share, for the second step of logging in. In the database: a Redis that stops
# may neither keep people out nor let guessing go unlimited. Culling must never make room for a guess.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- cookies and headers ------------------------------------------------------------------------
# The demo runs on http://localhost, where a browser refuses the __Host- prefix.
SECURE = not DEMO_MODE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", default=9 * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ijap.errors.csrf_failure"
# The process that says that a meeting changed (live/): /live/ behind the same name, or an address of its own. Empty:
# pages ask by themselves every few seconds.
LIVE_URL = env.str("LIVE_URL", default="")
LIVE_ORIGIN = [LIVE_URL.partition("/live/")[0]] if "://" in LIVE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF, *LIVE_ORIGIN],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Where somebody who finds a leak can tell it: mailto: or https:, shown in /.well-known/security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="mailto:beveiliging@example.nl")
# A signal is at most some pages of text; a larger body is refused with 413 before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# One file at a time, at the addresses that ask for one; it never lies on a disk.
FILE_BYTES = env.int("FILE_BYTES", default=10_000_000)
FILE_UPLOAD_HANDLERS = ["foundation.files.InMemoryOnly"]
# A virus scanner that speaks ClamAV's protocol: tcp://host:3310 or unix:///run/clamav/clamd.ctl. None: no scanning.
CLAMAV_URL = env.str("CLAMAV_URL", default="")

# --- language, time, files ----------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Without hashed names (tests) the files are served from where they stand.
PLAIN_STATIC = DEBUG or env.bool("PLAIN_STATIC", default=False)
WHITENOISE_USE_FINDERS = PLAIN_STATIC
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if PLAIN_STATIC else _HASHED},
}

# --- terms --------------------------------------------------------------------------------------
# How long break-glass opens a case, and how soon a second person must have looked at it.
BREAK_GLASS_MINUTES = env.int("BREAK_GLASS_MINUTES", default=60)
BREAK_GLASS_REVIEW_HOURS = env.int("BREAK_GLASS_REVIEW_HOURS", default=24)
# How long a partner can open its part of the minutes.
DOCUMENT_DAYS = env.int("DOCUMENT_DAYS", default=90)

# --- how much one person opens -------------------------------------------------------------------
# Files opened and names searched, in ten minutes and in a day; see ijap/limits.py.
OPENED_SOON = env.int("OPENED_SOON", default=60)
OPENED_DAY = env.int("OPENED_DAY", default=200)
SEARCHED_SOON = env.int("SEARCHED_SOON", default=30)
SEARCHED_DAY = env.int("SEARCHED_DAY", default=150)

# --- the log ------------------------------------------------------------------------------------
# Each committed row once more as a line of JSON on standard output, for who collects it on another machine.
AUDIT_COPY = env.bool("AUDIT_COPY", default=not DEMO_MODE)
# Where the newest seal goes every hour: a file to which one can only add, a mailbox of the privacy officer.
AUDIT_ANCHOR_FILE = env.str("AUDIT_ANCHOR_FILE", default="")
AUDIT_ANCHOR_MAIL = env.str("AUDIT_ANCHOR_MAIL", default="")

# --- mail ---------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="ijap@example.nl")
# A mail server that answers nothing must not hold a worker for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)

# --- work that can wait -------------------------------------------------------------------------
CELERY_BROKER_URL = required("REDIS_URL", "Bijvoorbeeld redis://localhost:6379/0.")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # its lines obey LOGGING below
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
# The longest that a job is held without a sign of life; 0 leaves it to each kind of work.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=0)

# --- the meetings -------------------------------------------------------------------------------
# So long after a meeting an invited partner reads the points it was invited for.
AGENDA_ITEM_READING_DAYS = env.int("AGENDA_ITEM_READING_DAYS", default=28)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Axes' own middleware and backend lock out, we slow down. And being in the browsers' list of https-only sites is
# up to the owner of the domain.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ijap.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {reference} {message}",
            "words": DEBUG or DEMO_MODE,
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "copy": {"class": "audit.copy.CopyHandler"},
        "alarm": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "loggers": {
        # Django would also mail errors, with everything that was typed; here they go to one place.
        "django": {"handlers": [], "level": "INFO"},
        "audit.copy": {"handlers": ["copy"], "level": "INFO", "propagate": False},
        "audit.alarm": {"handlers": ["alarm"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
