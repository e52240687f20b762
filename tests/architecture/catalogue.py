"""What the database's own catalogue says of its tables: the rules that no linter knows."""

from django.db import connection


def rows(sql: str) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


def tables() -> set[str]:
    return {
        name
        for (name,) in rows(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        )
    }


def tables_without_rule(exceptions: set[str]) -> set[str]:
    """Give the tables where row security is off or has no policy, less those excepted by name."""
    guarded = {
        name
        for (name,) in rows(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND p.polcmd = 'r'"
        )
    }
    return tables() - guarded - exceptions


def definer_functions() -> set[str]:
    """Give the functions of the schema that see past the policies when others call them, but for triggers."""
    return {
        name
        for (name,) in rows(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.prosecdef AND p.prorettype <> 'trigger'::regtype"
        )
    }


def views_of_the_owner() -> set[str]:
    return {
        name
        for (name,) in rows(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND (c.relkind = 'm' OR c.relkind = 'v'"
            " AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false))"
        )
    }


def granted(role: str) -> set[tuple[str, str]]:
    return rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        f" WHERE table_schema = 'public' AND grantee = '{role}'"
    )
