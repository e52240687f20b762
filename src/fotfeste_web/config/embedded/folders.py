"""Where the embedded server keeps what, and who may look in there."""

import hashlib
import os
import pwd
import stat
from pathlib import Path

from fotfeste_web.config.embedded.errors import EmbeddedPostgresError
from fotfeste_web.config.embedded.programs import Account, caller

PORT = 5432  # no TCP: only the number in the name of the socket
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 103  # bytes; 107 on Linux, 103 on macOS


def data_folder(state: Path) -> Path:
    return state.resolve() / "postgres"


def socket_directory(state: Path) -> Path:
    """Where the server of this state answers, now or when it is started.

    In the data folder, which is closed to everybody else. Where that path is too long for a socket, in a
    folder of its own; in /tmp, not TMPDIR, since every process must come to the same answer.
    """
    data = data_folder(state)
    if len(os.fsencode(data / SOCKET)) <= LONGEST_SOCKET_PATH:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp") / f"fotfeste-{os.geteuid()}-{digest}"  # noqa: S108


def prepare_state(state: Path, account: Account) -> None:
    """Make the folder, and see that it is ours."""
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedPostgresError(f"Mappen {state} kan ikke lages: {error.strerror}.") from error
    if os.geteuid() != 0:
        _refuse_foreign(state, caller())
    data = data_folder(state)
    if data.exists():
        _refuse_foreign(data, account)
    if account.uid != os.geteuid():
        open_the_way_to(data)


def open_the_way_to(path: Path) -> None:
    """Let the server's own account through the closed folders above: search only, nobody can list them."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def prepare_socket_directory(folder: Path, account: Account) -> None:
    """Make the folder for the socket private, or refuse one that somebody else has put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), account.uid):
        raise EmbeddedPostgresError(
            f"{folder} er laget av noen andre, så databasen kan ikke legge kontakten sin der. "
            "Fjern den, eller velg en kortere sti i FOTFESTE_HOME."
        )
    if found.st_uid != account.uid:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def _refuse_foreign(folder: Path, account: Account) -> None:
    owner = folder.stat().st_uid
    if owner == account.uid:
        return
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"brukernummer {owner}"
    raise EmbeddedPostgresError(
        f"Mappen {folder} eies av {name}, og databasen kjører som {account.name}. Start Fotfeste som den som "
        "eier mappen, eller sett FOTFESTE_HOME til en annen mappe."
    )
