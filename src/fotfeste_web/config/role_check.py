"""Web and worker refuse to run as a role that row level security does not hold for."""

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST = 15

# The person who signed in to the database (session_user), whatever role it acts as now.
QUERY = """
SELECT r.rolname, r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid),
       EXISTS (SELECT FROM pg_class WHERE relowner = r.oid),
       EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND datdba = r.oid)
FROM pg_roles r WHERE r.rolname = session_user
"""


class UnsafeRole(ImproperlyConfigured):
    """The role could see rows that the person at the screen may not."""


def refuse_unsafe_role(connection: BaseDatabaseWrapper) -> None:
    """Raise UnsafeRole, or ImproperlyConfigured when the server is too old. Called before the first request."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10000
        cursor.execute(QUERY)
        name, superuser, bypasses, member, owns_relation, owns_database = cursor.fetchone()
    if version < OLDEST:
        raise ImproperlyConfigured(f"Databasen er PostgreSQL {version}. Fotfeste trenger {OLDEST} eller nyere.")
    faults = {
        "er superbruker": superuser,
        "har BYPASSRLS": bypasses,
        "er medlem av en annen rolle": member,
        "eier tabeller": owns_relation,
        "eier databasen": owns_database,
    }
    if found := [fault for fault, holds in faults.items() if holds]:
        raise UnsafeRole(
            f"Fotfeste starter ikke: databaserollen {name} {' og '.join(found)}, så radreglene gjelder ikke for "
            "den. Se docs/drift for rollene."
        )
