"""
Django settings, all from the environment; every value has a default that is safe to run with.

`ambidesk up` sets the environment of its children; `web` and `worker` read it from the machine.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ambidesk.wiring.database import database_from

PACKAGE = Path(__file__).resolve().parent.parent
UI = PACKAGE / "edge" / "web" / "ui"
FORMS = "ambidesk.edge.web.ui.account.forms"

DATA = Path(os.environ.get("AMBIDESK_DATA", "~/.local/share/ambidesk")).expanduser()
DEBUG = os.environ.get("AMBIDESK_DEBUG") == "1"
# Without a secret nothing that is signed outlives the process: right for tests and `doctor`,
# while `up` always hands its children the one kept beside the data.
SECRET_KEY = os.environ.get("AMBIDESK_SECRET_KEY") or os.urandom(32).hex()
SECRET_KEY_FALLBACKS = os.environ.get("AMBIDESK_SECRET_KEY_FALLBACKS", "").split()
# Where the map's tiles are, as https://tiles.example.org/{z}/{x}/{y}.png; "" is a plain ground.
MAP_TILES = os.environ.get("AMBIDESK_MAP_TILES", "")
MAP_CREDIT = os.environ.get("AMBIDESK_MAP_CREDIT", "")
BASE_URL = os.environ.get("AMBIDESK_BASE_URL", "http://localhost:8000").rstrip("/")
LMTP_PORT = int(os.environ.get("AMBIDESK_LMTP_PORT") or 0)
SMTP_CERTIFICATE = os.environ.get("AMBIDESK_SMTP_CERTIFICATE", "")
SMTP_KEY = os.environ.get("AMBIDESK_SMTP_KEY", "")
SMTP_RELAY = os.environ.get("AMBIDESK_SMTP_RELAY", "")
# Where the desk is (ISO 3166): channels that are restricted there are not offered at once.
COUNTRY = os.environ.get("AMBIDESK_COUNTRY", "").upper()
# Hosts that may be called although they are not in the public internet, or without encryption.
EGRESS_HOSTS = frozenset(os.environ.get("AMBIDESK_EGRESS_HOSTS", "").split())
# A demo's colleagues sit at their desks, and its messengers are here: kinds with the addresses
# at which links to their bots lead, such as telegram=http://127.0.0.1:8027/telegram.
IS_DEMO = os.environ.get("AMBIDESK_DEMO") == "1"
LINK_PLACES = dict(each.split("=", 1) for each in os.environ.get("AMBIDESK_LINKS", "").split())
# Push services of one's own: hosts that browsers may name although they are not public.
PUSH_HOSTS = frozenset(os.environ.get("AMBIDESK_PUSH_HOSTS", "").split())
# The same for webhooks: hosts of one's own that administrators may name.
WEBHOOK_HOSTS = frozenset(os.environ.get("AMBIDESK_WEBHOOK_HOSTS", "").split())
# What makes vectors of texts instead of the bundled engine: https://x.y/v1; or "off".
EMBEDDINGS_URL = os.environ.get("AMBIDESK_EMBEDDINGS_URL", "")
EMBEDDINGS_MODEL = os.environ.get("AMBIDESK_EMBEDDINGS_MODEL", "")
EMBEDDINGS_KEY = os.environ.get("AMBIDESK_EMBEDDINGS_KEY", "")
# A file of further certificate authorities that calls to the outside trust.
EGRESS_AUTHORITIES = os.environ.get("AMBIDESK_EGRESS_AUTHORITIES", "")
# The name by which mail reception greets; what MX records of the brands name.
MAIL_HOST = os.environ.get("AMBIDESK_MAIL_HOST", "")
ALLOWED_HOSTS = os.environ.get("AMBIDESK_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")
# How many proxies of our own stand before the web part: only so many addresses are believed.
PROXIES = int(os.environ.get("AMBIDESK_PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 365 * 86_400 if SECURE else 0

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "reach.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    # Its templates of form widgets are found by FORM_RENDERER below.
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # The simple configs leave loaders and builtins to TEMPLATES below: with their automatic
    # ones cotton tags come out as raw text.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "ambidesk.ground.kernel",
    "ambidesk.ground.reach",
    "ambidesk.ground.files",
    "ambidesk.ground.search",
    "ambidesk.ground.fields",
    "ambidesk.parties.brands",
    "ambidesk.parties.people",
    "ambidesk.parties.companies",
    "ambidesk.parties.authority",
    "ambidesk.parties.consents",
    "ambidesk.parties.staff",
    "ambidesk.parties.stewards",
    "ambidesk.service.assets",
    "ambidesk.service.catalogue",
    "ambidesk.service.sla",
    "ambidesk.service.contracts",
    "ambidesk.service.charges",
    "ambidesk.service.contractors",
    "ambidesk.service.workflow",
    "ambidesk.support.conversations",
    "ambidesk.support.notifications",
    "ambidesk.support.tickets",
    "ambidesk.support.webhooks",
    "ambidesk.support.coverage",
    "ambidesk.support.promises",
    "ambidesk.support.routing",
    "ambidesk.support.incidents",
    "ambidesk.support.works",
    "ambidesk.support.approvals",
    "ambidesk.support.desk",
    "ambidesk.support.knowledge",
    "ambidesk.support.scripts",
    "ambidesk.support.handovers",
    "ambidesk.support.succession",
    "ambidesk.support.stages",
    "ambidesk.support.channels",
    "ambidesk.support.telephony",
    "ambidesk.relation.feedback",
    "ambidesk.across.importing",
    "ambidesk.across.automation",
    "ambidesk.across.insight",
    "ambidesk.across.context",
    "ambidesk.across.privacy",
    "ambidesk.edge.web.ui",
    "ambidesk.edge.web.workspace",
    "ambidesk.edge.web.settings",
    "ambidesk.wiring",
]

# With the extra `company`: what signs colleagues in by OIDC and SAML.
if find_spec("jwt") and find_spec("onelogin"):
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]

MIDDLEWARE = [
    "ambidesk.edge.web.ui.requests.request_id",
    "ambidesk.edge.web.ui.measuring.measure",
    "ambidesk.edge.web.ui.queries.without_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ambidesk.edge.web.ui.policy.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "ambidesk.edge.api.problems.problems_for_machines",
    "ambidesk.edge.web.ui.faces.on_faces",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ambidesk.edge.web.ui.account.sessions.track",
    "ambidesk.edge.web.ui.requests.actor",
    "ambidesk.ground.kernel.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "ambidesk.wiring.routes"
WSGI_APPLICATION = None

FINDERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
CACHED = [("django.template.loaders.cached.Loader", FINDERS)]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            UI / "templates",
            PACKAGE / "edge" / "web" / "workspace",
            PACKAGE / "edge" / "web" / "settings",
            PACKAGE / "edge" / "web" / "feedback",
            PACKAGE / "edge" / "web" / "approvals",
            PACKAGE / "edge" / "web" / "helpcentre",
            PACKAGE / "edge" / "web" / "forms",
            PACKAGE / "edge" / "web" / "insight",
            PACKAGE / "edge" / "web" / "portal",
        ],
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", FINDERS if DEBUG else CACHED),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "ambidesk.edge.web.ui.templatetags.ui",
                "ambidesk.edge.web.ui.templatetags.addressing",
                "ambidesk.edge.web.ui.templatetags.entering",
                "ambidesk.edge.web.ui.templatetags.saying",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ambidesk.edge.web.ui.context.shell",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

CACHES = {"default": {"BACKEND": "ambidesk.ground.kernel.ephemeral_cache.EphemeralCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
# The prefix binds the cookie to this host and to TLS. Source: RFC 6265bis 4.1.3.2.
SESSION_COOKIE_NAME = "__Host-ambidesk_session" if SECURE else "ambidesk_session"
CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "ambidesk.edge.web.ui.faces.stale"
CSRF_COOKIE_NAME = "__Host-ambidesk_csrf" if SECURE else "ambidesk_csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ambidesk.ground.reach.passwords.Length"},
    {"NAME": "ambidesk.ground.reach.passwords.NotOfThisProduct"},
    {
        "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    # The twenty thousand most common ones of leaked lists, looked up without any network.
    {"NAME": "ambidesk.ground.reach.passwords.NotGuessable"},
]
AUTHENTICATION_BACKENDS = ["ambidesk.edge.web.ui.account.backend.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "ambidesk.edge.web.ui.account.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "ambidesk.edge.web.ui.account.company.apps.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
ACCOUNT_FORMS = {
    "login": f"{FORMS}.SignIn",
    "reauthenticate": f"{FORMS}.PasswordAgain",
    "change_password": f"{FORMS}.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# A whole office may sign in from one address on a Monday morning; one account is guessed at slowly.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "ambidesk.edge.web.ui.account.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": f"{FORMS}.Code",
    "reauthenticate": f"{FORMS}.CodeAgain",
    "activate_totp": f"{FORMS}.FirstCode",
    "add_webauthn": f"{FORMS}.NewPasskey",
    "edit_webauthn": f"{FORMS}.PasskeyName",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_ISSUER = "Ambidesk"
# Requests are noted by ui.account.sessions, not at every single one.
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "ambidesk.wiring.formats"
LANGUAGE_COOKIE_NAME = "ambidesk_language"
USE_I18N = True
USE_TZ = True
# For what no browser asks for, such as the hour above a quote in a mail; screens know their own.
TIME_ZONE = os.environ.get("AMBIDESK_TIME_ZONE", "UTC")

STATIC_URL = "/static/"
STATICFILES_DIRS = [UI / "static"]
# Assets are hashed by Vite and served straight from the package: no collectstatic at start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILES_ROOT = DATA / "files"

LOGGING_CONFIG = "ambidesk.ground.kernel.logs.configure"
LOGGING = {
    "level": os.environ.get("AMBIDESK_LOG_LEVEL", "INFO"),
    # What is not found is in the line of its request; here it would name the address.
    "levels": {
        "django.request": "ERROR",
        "django.security": "ERROR",
        "procrastinate": "WARNING",
        "pymorphy3": "WARNING",
    },
}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SILENCED_SYSTEM_CHECKS: list[str] = []
TESTING = "pytest" in sys.modules
