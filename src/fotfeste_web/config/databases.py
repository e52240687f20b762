"""Which database, as whom."""

import os
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from fotfeste_web.config.embedded import PORT, socket_directory
from fotfeste_web.config.home import home

# The address of a server of one's own for each role; the web's tells that there is one.
ADDRESSES = {"web": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "worker": "DATABASE_WORKER_URL"}
THREADS = 8  # of the web server; each may hold one connection


def own_server() -> bool:
    """Whether the operator has a PostgreSQL of their own; else the embedded one is used."""
    return bool(os.environ.get("DATABASE_URL"))


def database_settings(role: str) -> dict[str, Any]:
    """Django's settings for the connection as `web`, `owner` or `worker`. Connects to nothing."""
    if role not in ADDRESSES:
        raise ImproperlyConfigured(f"FOTFESTE_ROLE er {role!r}, men må være en av {', '.join(ADDRESSES)}.")
    settings = _own(ADDRESSES[role]) if own_server() else _embedded(role)
    settings["ENGINE"] = "django.db.backends.postgresql"
    settings["OPTIONS"]["application_name"] = f"fotfeste-{role}"
    if role == "web":
        # Kept between requests; each is tried before use, so a server that came back is simply used. One who waits is
        # told after five seconds, and the next one tries anew: tries of the pool's own come further and further apart.
        settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": THREADS, "timeout": 5, "reconnect_timeout": 5}
        settings["CONN_HEALTH_CHECKS"] = True
        # What a page asks is planned once a connection: with the row policies, planning takes longer than answering.
        own = settings["OPTIONS"].get("options", "")
        settings["OPTIONS"]["options"] = f"{own} -c plan_cache_mode=force_generic_plan".strip()
    return settings


def _embedded(role: str) -> dict[str, Any]:
    return {
        "NAME": "fotfeste",
        "USER": f"fotfeste_{role}",
        "HOST": str(socket_directory(home())),
        "PORT": str(PORT),
        "OPTIONS": {},
    }


def _own(variable: str) -> dict[str, Any]:
    address = os.environ.get(variable)
    if not address:
        raise ImproperlyConfigured(
            f"{variable} mangler i miljøet. Når DATABASE_URL er satt, trenger denne rollen sin egen adresse."
        )
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError:  # its words may hold the password
        parts = {}
    port = str(parts.get("port", PORT))
    if not parts.get("dbname") or not parts.get("user") or not port.isdigit():
        raise ImproperlyConfigured(
            f"{variable} er ikke en adresse med bruker og database. "
            "Skriv den slik: postgres://bruker:passord@vert:5432/database?sslmode=verify-full"
        )
    known = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings: dict[str, Any] = {name: str(parts.pop(part, "")) for name, part in known.items()}
    return {**settings, "OPTIONS": parts}
