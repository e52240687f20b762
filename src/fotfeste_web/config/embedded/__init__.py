"""The embedded PostgreSQL: the programs of an installed wheel, with a start of our own.

No password and no TCP port: only the operating system's account that owns the folder gets in.
The reasons are in docs/adr/0001-embedded-postgresql.md.
"""

from fotfeste_web.config.embedded.errors import EmbeddedPostgresError
from fotfeste_web.config.embedded.folders import PORT, socket_directory
from fotfeste_web.config.embedded.programs import program
from fotfeste_web.config.embedded.server import Server, start

__all__ = ["PORT", "EmbeddedPostgresError", "Server", "program", "socket_directory", "start"]
