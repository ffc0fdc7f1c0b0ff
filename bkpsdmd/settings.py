"""Settings of the portal, all from the environment, each with its default.

Without any variable the portal is *embedded*: SQLite, file queue, file cache in `var/`.
`DATABASE_URL` and `REDIS_URL` make the same code a production server.
"""

import secrets
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


# -- Where data lives ---------------------------------------------------------------
# A demo portal and an office's portal never share a folder. `script/server` writes the
# name of the one it serves into `var/aktif`, so that `manage.py` works on the same one.

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))


def _active_portal() -> str:
    marker = VAR_DIR / "aktif"
    written = marker.read_text().strip() if marker.exists() else "kantor"
    name = env.str("PORTAL", default=written)
    if name not in {"kantor", "demo"}:
        raise ImproperlyConfigured(f"PORTAL harus 'kantor' atau 'demo', bukan {name!r}")
    return name


PORTAL = _active_portal()
DATA_DIR = VAR_DIR / PORTAL
# Records of people: nobody else on this machine looks in.
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _secret_key() -> str:
    """Return the key from the environment, else the one made here at the first start."""
    given = env.str("SECRET_KEY", default="")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("SECRET_KEY harus paling sedikit 32 karakter")
        return given
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _bool(name: str, *, default: bool) -> bool:
    value = env.str(name, default=str(default)).strip().lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} harus 'true' atau 'false'")
    return value == "true"


def _int(name: str, *, default: int, minimum: int = 0) -> int:
    try:
        value = env.int(name, default=default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} harus bilangan bulat") from None
    if value < minimum:
        raise ImproperlyConfigured(f"{name} paling kecil {minimum}")
    return value


# -- Security -----------------------------------------------------------------------

DEBUG = _bool("DEBUG", default=False)
SECRET_KEY = _secret_key()
# Keys used before: sessions end, but the seals over the log stay provable (ADR 10).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# Where people outside reach the portal; papers print it to be checked there.
ALAMAT_PORTAL = env.str("ALAMAT_PORTAL", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# True where nginx terminates TLS before the portal (see deploy/).
HTTPS = _bool("HTTPS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Where that nginx runs; only from there is the visitor's address taken from a header.
PROXY_ADDRESSES = env.list("PROXY_ADDRESSES", default=[])
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "bkpsdmd.ui.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}


# -- Applications -------------------------------------------------------------------

INSTALLED_APPS = [
    "simpeg",
    "eformasi",
    "ekinerja",
    "reporting",
    "bkpsdmd.accounts",
    "bkpsdmd.audit",
    "bkpsdmd.jobs",
    "bkpsdmd.documents",
    "bkpsdmd.calculator",
    "bkpsdmd.ui",
    "bkpsdmd.ui.admin_app.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "treebeard",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bkpsdmd.accounts.middleware.IdleLogoutMiddleware",
    "bkpsdmd.accounts.middleware.PortalLoginRequiredMiddleware",
    "bkpsdmd.accounts.middleware.RequireSecondStepMiddleware",
    "bkpsdmd.audit.middleware.AuditContextMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "bkpsdmd.urls"
WSGI_APPLICATION = "bkpsdmd.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bkpsdmd.ui.context.portal",
            ],
            "builtins": ["bkpsdmd.ui.templatetags.ui"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False


# -- Database -----------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default="")


def _database() -> dict[str, Any]:
    if not DATABASE_URL:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "portal.sqlite3",
            "OPTIONS": {
                # One writer at a time: a write takes the lock at once, and waits.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;"
                    "PRAGMA synchronous=NORMAL;"
                    "PRAGMA cache_size=-32000;"
                ),
            },
        }
    if not DATABASE_URL.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL harus alamat PostgreSQL (postgres://…)"
        )
    try:
        config = env.db_url_config(DATABASE_URL)
    except ValueError:
        config = {}
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL tidak terbaca; contoh: postgres://nama:sandi@127.0.0.1:5432/portal"
        )
    return {**config, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# -- Cache and queue ----------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(
        "REDIS_URL tidak terbaca; contoh: redis://127.0.0.1:6379/0"
    )
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "portal",
        }
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    )
}

# Celery reads the CELERY_ names (bkpsdmd/celery.py). The job row is the truth, a message
# only wakes a worker (ADR 0002), so no result backend and no retries inside a request.
QUEUE_DIR = DATA_DIR / "antrean"
CELERY_BROKER_URL = REDIS_URL or "filesystem-atomic://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = env.str("ZONA_WAKTU", default="Asia/Makassar")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False


# -- Accounts -----------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["bkpsdmd.accounts.backends.PortalBackend"]
# Who holds which role lives in simpeg (decision 10); the ground asks by this name.
ROLE_PROVIDER = "simpeg.selectors.akses.list_peran"
ROLE_WORDS = "simpeg.selectors.akses.describe_peran"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "nama", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "beranda"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "bkpsdmd.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_FORMS = {
    "login": "bkpsdmd.accounts.forms.LoginForm",
    "reauthenticate": "bkpsdmd.accounts.forms.ReauthenticateForm",
    "change_password": "bkpsdmd.accounts.forms.ChangePasswordForm",
}
# The log of log-ins does the counting (ADR 0005): it holds across processes.
ACCOUNT_RATE_LIMITS = False
LOGIN_ATTEMPTS_PER_ACCOUNT = _int("LOGIN_ATTEMPTS_PER_ACCOUNT", default=5, minimum=1)
LOGIN_ATTEMPTS_PER_ADDRESS = _int("LOGIN_ATTEMPTS_PER_ADDRESS", default=50, minimum=1)
LOGIN_LOCK_MINUTES = _int("LOGIN_LOCK_MINUTES", default=15, minimum=1)
ACTIVATION_CODE_DAYS = _int("ACTIVATION_CODE_DAYS", default=14, minimum=1)
RESET_CODE_DAYS = _int("RESET_CODE_DAYS", default=1, minimum=1)
MFA_ADAPTER = "bkpsdmd.accounts.adapter.MfaAdapter"
# Browsers make passkeys over HTTPS alone, and on the machine itself as localhost; which
# of the two a request came by is asked in accounts/kunci_sandi.py.
KUNCI_SANDI = HTTPS or "localhost" in ALLOWED_HOSTS
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if KUNCI_SANDI else [])]
MFA_PASSKEY_LOGIN_ENABLED = KUNCI_SANDI
# Signatures cannot be guessed; this only keeps one address from filling the sessions
# with challenges. An office behind one address has many people.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "bkpsdmd.accounts.forms.MfaAuthenticateForm",
    "reauthenticate": "bkpsdmd.accounts.forms.MfaReauthenticateForm",
    "activate_totp": "bkpsdmd.accounts.forms.ActivateTotpForm",
    "add_webauthn": "bkpsdmd.accounts.forms.KunciSandiTambahForm",
    "authenticate_webauthn": "bkpsdmd.accounts.forms.KunciSandiLangkahKeduaForm",
    "reauthenticate_webauthn": "bkpsdmd.accounts.forms.KunciSandiPastikanForm",
    "login_webauthn": "bkpsdmd.accounts.forms.KunciSandiMasukForm",
}
# One step of 30 seconds early or late: clocks differ, and typing takes time.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = env.str("MFA_NAMA", default="Portal BKPSDMD")
# Roles that must set up a second step before they can do anything else.
MFA_WAJIB = frozenset(env.list("MFA_WAJIB", default=[]))
# How long a second officer may take to decide on a lost second step.
PEMULIHAN_JAM = _int("PEMULIHAN_JAM", default=24, minimum=1)
# How long a holder may lend a role without an admin: a convention of ours.
DELEGASI_HARI = _int("DELEGASI_HARI", default=90, minimum=1)
# Who signs papers electronically: "lokal" (the portal's own certificate), "bsre", or
# "basah" where papers are signed by hand alone.
TTE = env.str("TTE", default="lokal")
if TTE not in {"lokal", "bsre", "basah"}:
    raise ImproperlyConfigured("TTE harus lokal, bsre, atau basah")
if TTE == "bsre" and not env.str("BSRE_ALAMAT", default=""):
    raise ImproperlyConfigured("TTE=bsre memerlukan BSRE_ALAMAT")
# The portal's key; made at the first signature. Part of every backup.
TTE_P12 = Path(env.str("TTE_P12", default=str(DATA_DIR / "kunci" / "tte.p12")))
TTE_P12_SANDI = env.str("TTE_P12_SANDI", default="")
# Folder with further certificates (*.pem) whose signatures count as known, e.g. BSrE's.
TTE_AKAR = env.str("TTE_AKAR", default="")
BSRE_ALAMAT = env.str("BSRE_ALAMAT", default="")
BSRE_PENGGUNA = env.str("BSRE_PENGGUNA", default="")
BSRE_SANDI = env.str("BSRE_SANDI", default="")
BSRE_BATAS_DETIK = _int("BSRE_BATAS_DETIK", default=20, minimum=1)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The greatest age of a session, however busy; and how long it may be idle.
SESSION_COOKIE_AGE = 12 * 3600
IDLE_LOGOUT_SECONDS = _int("IDLE_LOGOUT_SECONDS", default=1800, minimum=60)


# -- Language and time --------------------------------------------------------------

LANGUAGE_CODE = "id"
TIME_ZONE = CELERY_TIMEZONE
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError):
    raise ImproperlyConfigured(
        f"ZONA_WAKTU {TIME_ZONE!r} tidak dikenal; contoh: Asia/Makassar"
    ) from None
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False


# -- Files --------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Private: no URL leads here; views check who may read and stream the file.
MEDIA_ROOT = DATA_DIR / "berkas"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
UPLOAD_MAX_BYTES = _int("UPLOAD_MAX_BYTES", default=2_000_000, minimum=10_000)
# A photograph as the phone took it; it is made smaller before it is kept.
PHOTO_MAX_BYTES = _int("PHOTO_MAX_BYTES", default=15_000_000, minimum=10_000)
IMPORT_MAX_BYTES = _int("IMPORT_MAX_BYTES", default=50_000_000, minimum=10_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# Result files of jobs are copies of what the records say: an export, a printed list.
JOB_FILE_DAYS = _int("JOB_FILE_DAYS", default=90, minimum=1)
# Uploaded exports of SIASN and their rows are copies of personal data too.
IMPOR_RETENSI_HARI = _int("IMPOR_RETENSI_HARI", default=90, minimum=1)
# Which list or program took whose data along. UU 27/2022 wants processing recorded and the
# record shown to whom it concerns, and sets no term; five years are a convention of ours
# (docs/operations.md). The log itself is kept for good.
PEMBUKAAN_RETENSI_HARI = _int("PEMBUKAAN_RETENSI_HARI", default=1826, minimum=1)


# -- Log ----------------------------------------------------------------------------
# No query string and no path below a person is logged by us: see deploy/nginx.conf.

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise ImproperlyConfigured("LOG_LEVEL harus DEBUG, INFO, WARNING, atau ERROR")
# What is marked as secret is shown by no error page, not on a developer's machine either.
DEFAULT_EXCEPTION_REPORTER_FILTER = "bkpsdmd.ui.debug.AlwaysQuietFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # It says at each start that it started.
    "loggers": {"pikepdf": {"level": "WARNING"}},
}
