"""Everything that can be set, from the environment only; importing this creates nothing."""

from datetime import timedelta
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from prospect_aggregate.collection import quiet

env = environ.Env()


def whole(name: str, default: int, *, least: int = 1) -> int:
    """A whole number from the environment, refused below `least`."""
    try:
        number = int(env.str(name, default=str(default)))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={env.str(name)!r}: use a whole number") from error
    if number < least:
        raise ImproperlyConfigured(f"{name}={number}: use {least} or more")
    return number


def seconds(name: str, default: int, *, least: int = 1) -> timedelta:
    """A length of time, written as whole seconds."""
    return timedelta(seconds=whole(name, default, least=least))


def service(name: str, default: str, *schemes: str) -> str:
    """A service's address. One that no library here understands is refused, and not printed: it may hold a password."""
    given: str = env.str(name, default=default)
    if given and not given.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ImproperlyConfigured(f"{name} begins with none of {', '.join(f'{it}://' for it in schemes)}")
    return given


def rewritten_hosts(text: str) -> dict[str, str]:
    """`host=http://address,…` → where requests for those hosts really go (the sandbox, a local file server)."""
    pairs = [pair.strip().partition("=") for pair in text.split(",") if pair.strip()]
    for host, _, address in pairs:
        if not host or not address.startswith(("http://", "https://")):
            raise ImproperlyConfigured(f"PROSPECTS_HOSTS: {host}={address!r}: write host=http://address")
    return {host: address.rstrip("/") for host, _, address in pairs}


def quiet_hours(text: str) -> quiet.QuietHours | None:
    try:
        return quiet.parse(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"PROSPECTS_QUIET_HOURS: {error}") from error


def secret_key(home: Path) -> str:
    """What sessions are signed with: from the environment, else kept in the home since its first start."""
    given: str = env.str("PROSPECTS_SECRET_KEY", default="")
    if given and len(given) < 50:
        raise ImproperlyConfigured("PROSPECTS_SECRET_KEY: use 50 random characters or more")
    try:
        return given or (home / "secret.key").read_text().strip() or NO_SECRET_KEY
    except OSError:
        return NO_SECRET_KEY


# Where state lives: the database, the archive and the broker's files.
HOME = Path(env.str("PROSPECTS_HOME", default="var")).absolute()

# The engine. SQLite serves one host; DATABASE_URL names a PostgreSQL for more.
DATABASE_URL = service(
    "DATABASE_URL", f"sqlite:///{HOME / 'prospects.sqlite3'}", "sqlite", "postgres", "postgresql"
)
SERVES_PAGES = env.bool("PROSPECTS_SERVES_PAGES", default=False)  # set by `web/serve.py` for its own process
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # take the write lock at BEGIN: no upgrade, so no instant "locked"
        "timeout": 20,  # seconds to wait for another writer; runs are called lost only well after that
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        "PRAGMA mmap_size=2147483648",  # bytes read where they lie: a fifth off searches of 300,000
    }
if SERVES_PAGES or DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
    # A new connection costs more than most queries: SQLite's reads the whole schema. Where none are served, it goes
    # and gives back the pages that it holds (`tasks/frugality.py`).
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Empty: the embedded broker of `prospects up`, when it runs.
BROKER_URL = service("BROKER_URL", "", "amqp", "amqps", "redis", "rediss", "redis+socket")

# Towards the agencies.
USER_AGENT = f"JPS-Prospect-Aggregate/{version('jps-prospect-aggregate')}"
CONTACT = env.str("PROSPECTS_CONTACT", default="https://github.com/jps-prospect-aggregate")
REQUEST_PAUSE = seconds("PROSPECTS_REQUEST_PAUSE", 2, least=0)  # between two requests to one host
OCID_PREFIX = env.str(
    "PROSPECTS_OCID_PREFIX", default="unregistered"
)  # of OCDS exports; the standard's owners give them
HOSTS = rewritten_hosts(env.str("PROSPECTS_HOSTS", default=""))

# The task system.
WORKERS = whole("PROSPECTS_WORKERS", 2)  # pool processes of one worker
LOST_AFTER = seconds("PROSPECTS_LOST_AFTER", 60)  # above SQLite's 20 s of waiting plus the longest ingest
HEARTBEAT_EVERY = seconds("PROSPECTS_HEARTBEAT_EVERY", 10)
RESEND_AFTER = seconds("PROSPECTS_RESEND_AFTER", 60)  # a queued run whose message nobody took is sent again
TIME_LIMIT = seconds("PROSPECTS_TIME_LIMIT", 1800)  # one collection; the hard limit follows a minute later
MEMORY_LIMIT = (
    whole("PROSPECTS_MEMORY_LIMIT", 1000) * 2**20
)  # MB, of the process that collects; most take 100
if LOST_AFTER <= 2 * HEARTBEAT_EVERY:
    raise ImproperlyConfigured("PROSPECTS_LOST_AFTER must exceed two heartbeats (PROSPECTS_HEARTBEAT_EVERY)")

# Who is told of trouble, and how. Nothing set: pages and `prospects status` tell it.
ADDRESS = env.str("PROSPECTS_ADDRESS", default="").rstrip("/")  # of the pages, as people reach them
ALERT_MAIL = env.list("PROSPECTS_ALERT_MAIL", default=[])
ALERT_MAIL_FROM = env.str("PROSPECTS_ALERT_MAIL_FROM", default="prospects@localhost")
ALERT_CHAT_URL = env.str("PROSPECTS_ALERT_CHAT_URL", default="")  # an incoming webhook that takes {"text": …}
ALERT_WEBHOOK_URL = env.str("PROSPECTS_ALERT_WEBHOOK_URL", default="")
ALERT_WEBHOOK_SECRET = env.str("PROSPECTS_ALERT_WEBHOOK_SECRET", default="")
QUIET_HOURS = quiet_hours(env.str("PROSPECTS_QUIET_HOURS", default=""))
PING_URL = env.str("PROSPECTS_PING_URL", default="")  # asked once a minute while the loop does its work
DISK_LEAST = whole("PROSPECTS_DISK_LEAST", 500) * 2**20  # MB that must be left where the archive is
if ALERT_WEBHOOK_URL and not ALERT_WEBHOOK_SECRET:
    raise ImproperlyConfigured(
        "PROSPECTS_ALERT_WEBHOOK_URL needs PROSPECTS_ALERT_WEBHOOK_SECRET to sign with"
    )
globals().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 5  # seconds
MAIL_IS_SET_UP = bool(
    env.str("EMAIL_URL", default="")
)  # for mails to one person: an invitation, a new password

# What others see of it.
LOG_FORMAT = env.str("PROSPECTS_LOG_FORMAT", default="text")
if LOG_FORMAT not in ("text", "json"):
    raise ImproperlyConfigured(f"PROSPECTS_LOG_FORMAT={LOG_FORMAT!r}: use text or json")
METRICS_TOKEN = env.str(
    "PROSPECTS_METRICS_TOKEN", default=""
)  # without one, only who is signed in reads /metrics
SENTRY_DSN = env.str("PROSPECTS_SENTRY_DSN", default="")
OTLP_ENDPOINT = env.str("PROSPECTS_OTLP_ENDPOINT", default="").rstrip("/")

# Django.
NO_SECRET_KEY = "django-insecure-not-set: nothing may be signed with this"  # noqa: S105  # pages refuse to start with it
SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = env.list("PROSPECTS_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "prospect_aggregate.collection",
    "prospect_aggregate.prospects",
    "prospect_aggregate.web",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False  # one language; lists are American English as published
LOGGING_CONFIG = None  # each process's command sets up logging; a library call stays silent

# What each process keeps in memory of what it worked out.
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _IN_MEMORY},
    "pages": {  # what a page shows to all who ask the same: 40 KB each
        "BACKEND": _IN_MEMORY,
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

# Pages.
ROOT_URLCONF = "prospect_aggregate.web.urls"
WSGI_APPLICATION = "prospect_aggregate.web.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if SERVES_PAGES else []),
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "prospect_aggregate.web.middleware.Audited",
    "django_htmx.middleware.HtmxMiddleware",
    "prospect_aggregate.web.middleware.PartsOfPages",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "prospect_aggregate.web.middleware.OnlyWhoMay",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prospect_aggregate.web.context.frame",
            ],
            "builtins": [
                "prospect_aggregate.web.templatetags.show",
                "prospect_aggregate.web.templatetags.engine",
                "prospect_aggregate.web.templatetags.changes",
                "prospect_aggregate.web.templatetags.permits",
                "django.templatetags.static",
            ],
        },
    }
]
FILE_UPLOAD_HANDLERS = ["prospect_aggregate.web.uploads.OnlySoMuch"]
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"  # filled when pages are started; fingerprinted and compressed
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
_FINGERPRINTED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # nothing is uploaded by way of storages
    "staticfiles": {"BACKEND": _FINGERPRINTED if SERVES_PAGES else _PLAIN},
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nobody asks for the others

API_RATE = whole("PROSPECTS_API_RATE", 600)  # requests a minute of one token, person or feed

# Who may read. One person per account; nothing is readable without signing in.
AUTH_USER_MODEL = "web.Person"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Cookies do not know ports: a demo and a real home on one machine must not sign each other out.
_OURS = blake2b(str(DATABASES["default"]["NAME"]).encode(), digest_size=4).hexdigest()
SESSION_COOKIE_NAME = f"prospects_session_{_OURS}"
CSRF_COOKIE_NAME = f"prospects_csrf_{_OURS}"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "prospect_aggregate.web.views.failing.stale"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do with our pages: only what comes from us, no inline script or style, in nobody's frame.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# Behind a proxy that ends TLS, as `deploy/` sets it up; never for the plain address of one machine.
BEHIND_TLS = env.bool("PROSPECTS_BEHIND_TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains and preloading are their owner's to promise
    "security.W021",
    *(
        [] if BEHIND_TLS else ["security.W004", "security.W008", "security.W012", "security.W016"]
    ),  # plain HTTP
]
