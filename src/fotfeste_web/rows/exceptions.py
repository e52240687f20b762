"""The tables without a row policy, each with its reason. A test reads the catalogue: new tables are here or ruled."""

SIGN_IN = "read before anybody is known, to find out who it is; holds no participant"
JOBS = "background work: its arguments are numbers of rows, never data about a person"
LISTS = "names of organisations and services' settings are no personal data"

WITHOUT_POLICY = {
    "accounts_attempt": SIGN_IN,
    "account_emailaddress": SIGN_IN,
    "account_emailconfirmation": SIGN_IN,
    "mfa_authenticator": SIGN_IN,
    "usersessions_usersession": SIGN_IN,
    "django_session": SIGN_IN,
    "django_content_type": "names of tables",
    "organisations_body": LISTS,
    "establishments_establishment": "what Enhetsregisteret publishes of work places with staff; no person of ours",
    "demo_demoworld": "holds no person but the made-up ones of a demo; read before anybody has signed in",
    "procrastinate_jobs": JOBS,
    "procrastinate_events": JOBS,
    "procrastinate_periodic_defers": JOBS,
    "procrastinate_workers": JOBS,
}
# Never reached by the web role at all: Django's own bookkeeping, and the context that history triggers write.
OWNERS_ALONE = {
    "auth_group": "Django's own rights, unused: what a role may do stands in policies/roles.yaml",
    "auth_group_permissions": "as auth_group",
    "auth_permission": "as auth_group",
    "django_migrations": "which migrations have run; the roles may read it",
    "rows_mark": "which rules were laid and a hash of the key; the roles may read it",
    "pghistory_context": "who and which action stands behind a version; written by the triggers alone",
}
