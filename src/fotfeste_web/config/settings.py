"""Settings of the site. What differs between places comes from the environment (docs/drift/miljo.md)."""

import os

from fotfeste_web.config.databases import database_settings
from fotfeste_web.config.home import home
from fotfeste_web.config.secrets import fingerprint, replaced, secret

DEMO = os.environ.get("FOTFESTE_DEMO") == "1"
SITE_URL = os.environ.get("FOTFESTE_URL", "http://localhost:8000")
SECRET_KEY = secret("FOTFESTE_SECRET_KEY")
SECRET_KEY_FALLBACKS = list(filter(None, [replaced("FOTFESTE_SECRET_KEY")]))
FOTFESTE_IDENTITY_KEY = secret("FOTFESTE_IDENTITY_KEY")
FOTFESTE_IDENTITY_KEY_OLD = replaced("FOTFESTE_IDENTITY_KEY")  # while what it encrypted is encrypted anew
# Demo and tests take made-up identity numbers only; a real service refuses them.
FOTFESTE_SYNTHETIC_ONLY = DEMO or os.environ.get("FOTFESTE_SYNTHETIC_ONLY") == "1"

# Where the records of closed participants are written for the owner's archive, in files that nobody else may read.
FOTFESTE_ARCHIVE = os.environ.get("FOTFESTE_ARCHIVE") or str(home() / "archive")
# Code lists that were renewed from SSB's Klass; where there are none, those that come along hold.
FOTFESTE_CODES = os.environ.get("FOTFESTE_CODES") or str(home() / "codes")

# Whoever asks for the measurements says this word; without it nobody is told.
FOTFESTE_METRICS_TOKEN = os.environ.get("FOTFESTE_METRICS_TOKEN", "")

DEBUG = False
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", SITE_URL.split("://", 1)[1].split("/")[0].split(":")[0]]

INSTALLED_APPS = [
    "fotfeste_web.config",
    "fotfeste_web.backup",
    "fotfeste_web.ui",
    "fotfeste_web.rows",
    "fotfeste_web.establishments",
    "fotfeste_web.audit",
    "fotfeste_web.accounts",
    "fotfeste_web.organisations",
    "fotfeste_web.sharing",
    "fotfeste_web.caseload",
    "fotfeste_web.plans",
    "fotfeste_web.followup",
    "fotfeste_web.teamwork",
    "fotfeste_web.fidelity",
    "fotfeste_web.retention",
    "fotfeste_web.imports",
    "fotfeste_web.today",
    "fotfeste_web.figures",
    "fotfeste_web.background",
    "fotfeste_web.exports",
    "fotfeste_web.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "fotfeste_web.config.metrics.Measured",
    "fotfeste_web.ui.csp.SecurityHeaders",
    "fotfeste_web.config.errors.LargestBodyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fotfeste_web.config.middleware.SessionSeenMiddleware",
    "fotfeste_web.config.errors.MethodNotAllowedPage",
    "fotfeste_web.config.middleware.ReadableQueryMiddleware",
    "fotfeste_web.config.middleware.ScopeMiddleware",
    "fotfeste_web.config.middleware.ClosedByDefaultMiddleware",
    "fotfeste_web.audit.once.SentOnceMiddleware",
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
                "fotfeste_web.config.navigation.site",
            ],
        },
    }
]
FORM_RENDERER = "fotfeste_web.ui.renderer.FotfesteRenderer"

ROOT_URLCONF = "fotfeste_web.config.urls"
WSGI_APPLICATION = "fotfeste_web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The database's day is the service's day: CURRENT_DATE stands in triggers and functions.
DATABASES = {
    "default": database_settings(os.environ.get("FOTFESTE_ROLE", "web"))
    | {"ATOMIC_REQUESTS": True, "TIME_ZONE": "Europe/Oslo"}
}
# Which keys a process knows stands in the name of its connections, so that a key is taken into use when all know it.
DATABASES["default"]["OPTIONS"]["application_name"] += "".join(
    f" {fingerprint(key)[:8]}" for key in (FOTFESTE_IDENTITY_KEY, FOTFESTE_IDENTITY_KEY_OLD) if key
)

# Sign-in: closed by default; everybody with access to people has a second factor.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "fotfeste_web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is verified by the invitation that was sent to it
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_FORMS = {"login": "fotfeste_web.accounts.forms.SignInForm"}
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the new one counts when the mail to it is answered
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_COOKIE_AGE after sign-in, whatever the browser is closed
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one goes on
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "invitation": "20/m/ip",
    "calendar": "60/m/ip",
}
# What was to be done at night while the machine was off, is done when it is on again.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 60 * 60}
FORMS_A_MINUTE = 120  # of one person; looking is not counted
# The proxies in front of us that say who asks; without it everybody behind one would share its limits.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FOTFESTE_PROXIES", "1" if SECURE else "0"))
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "fotfeste_web.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off
MFA_FORMS = {
    "add_webauthn": "fotfeste_web.accounts.forms.NewPasskeyForm",
    "authenticate": "fotfeste_web.accounts.forms.CodeForm",
    "reauthenticate": "fotfeste_web.accounts.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fotfeste"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# The prefix has the browser refuse the cookie from any other host, and without encryption.
HOST_ALONE = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{HOST_ALONE}fotfeste"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = f"{HOST_ALONE}csrftoken"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "fotfeste_web.config.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^(helse|klar|metrikk)/$"]  # asked on the machine itself, without a browser
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
LARGEST_BODY = 25_000_000  # bytes, files included: those of an import are the largest there are
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["fotfeste_web.imports.uploads.InMemory"]

LANGUAGE_CODE = "nb"
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True

EMAIL_HOST = os.environ.get("FOTFESTE_MAIL_HOST", "")
EMAIL_BACKEND = "django.core.mail.backends." + ("smtp" if EMAIL_HOST else "dummy") + ".EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("FOTFESTE_MAIL_FROM", "fotfeste@localhost")
MAIL_IS_SET_UP = bool(EMAIL_HOST)

# Attempts and codes that were used are counted in the database: the limits are the same however many processes answer.
CACHES = {
    "default": {"BACKEND": "fotfeste_web.accounts.attempts.Attempts"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}

# No personal data in logs: a record says which view failed and how, never with what values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "fotfeste_web.config.logs.WithoutPeople"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
