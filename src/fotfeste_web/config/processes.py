"""One parent that owns the embedded server, the web process and the process of background work.

It ends all three; when it is killed itself, web and worker end by themselves (leash.py) and the next start takes
over the server.
"""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from fotfeste_web.config import embedded
from fotfeste_web.config.child import Child
from fotfeste_web.config.databases import ADDRESSES, database_settings, own_server
from fotfeste_web.config.home import home
from fotfeste_web.config.secrets import key, secret

HEALTH = "/helse/"
ANSWER_SECONDS = 60
AGAIN_SECONDS = 5  # between two tries to start a database that is gone
PORT_SECONDS = 3  # a server that was killed just now may still be letting go of the port


class CannotServe(RuntimeError):
    """The site cannot be started; the message says to the operator what to do."""


@dataclass(frozen=True, kw_only=True)
class Commands:
    """What `serve` runs."""

    prepare: Sequence[str]
    web: Sequence[str]
    worker: Sequence[str]

    @classmethod
    def of_the_site(cls, host: str, port: int, *prepare: str) -> "Commands":
        module = [sys.executable, "-m"]
        target = "fotfeste_web.config.wsgi:application"
        return cls(
            prepare=[*module, "django", "prepare", *prepare],
            web=[*module, "fotfeste_web.config.web", target, host, str(port)],
            worker=[*module, "fotfeste_web.config.worker"],
        )


def serve(
    port: int = 8000,
    *,
    host: str = "127.0.0.1",
    prepare: Sequence[str] = (),
    greeting: str = "",
    commands: Commands | None = None,
) -> None:
    """Run the site until SIGTERM or Ctrl-C. Called in the main thread.

    `prepare` are options of the management command of that name, which runs before the first page; `greeting` is
    printed below the address.

    Raises
    ------
    CannotServe, EmbeddedPostgresError
        With a sentence on what to do.
    """
    address = f"http://localhost:{port}"
    os.environ["FOTFESTE_HOME"] = str(home())
    os.environ.setdefault("FOTFESTE_URL", address)
    commands = commands or Commands.of_the_site(host, port, *prepare)
    refuse_missing_settings()
    refuse_busy_port(host, port)
    with _until_told_to_end(), contextlib.ExitStack() as ends:
        server = ends.enter_context(database())
        _prepare(commands.prepare)
        web = Child("Nettstedet", commands.web, environment("web"))
        worker = Child("Bakgrunnsarbeidet", commands.worker, environment("worker"))
        for end in (worker.end, web.end, worker.ask_to_end, web.ask_to_end):  # called from the last
            ends.callback(end)
        web.start()
        worker.start()
        wait_for_answer(host, port, web)
        print(f"Fotfeste svarer på {address}", flush=True)
        if greeting:
            print(greeting, flush=True)
        start_again_at = 0.0
        while True:
            time.sleep(0.2)
            if server and not server.alive() and time.monotonic() >= start_again_at:
                _start_again(server)
                start_again_at = time.monotonic() + AGAIN_SECONDS
            web.look_after()
            worker.look_after()


def _start_again(server: embedded.Server) -> None:
    """Where it cannot be started, as on a full disk, the site stays and says so to its users; we try again."""
    print("Databasen ble borte og startes igjen.", file=sys.stderr, flush=True)
    try:
        server.run()
    except embedded.EmbeddedPostgresError as error:
        print(error, file=sys.stderr, flush=True)


@contextlib.contextmanager
def database() -> Iterator[embedded.Server | None]:
    """The embedded server while it is needed; nothing where the operator has a server of their own."""
    if own_server():
        yield None
    else:
        with embedded.start(home()) as server:
            yield server


def manage(*arguments: str, role: str = "owner") -> int:
    """Run a management command in a process of its own, as the role. Gives its exit code."""
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, env=environment(role), check=False).returncode  # noqa: S603


def environment(role: str) -> dict[str, str]:
    """The environment of a process with this role, without the addresses of the other roles and what opens backups."""
    others = {address for name, address in ADDRESSES.items() if name not in ("web", role)}
    kept = {
        name: value for name, value in os.environ.items() if name not in others and not name.endswith("_PASSPHRASE")
    }
    return {"DJANGO_SETTINGS_MODULE": "fotfeste_web.config.settings"} | kept | {"FOTFESTE_ROLE": role}


def refuse_busy_port(host: str, port: int) -> None:
    end = time.monotonic() + PORT_SECONDS
    while fault := _fault_of_port(host, port) or _taken_on_the_other_localhost(host, port):
        if time.monotonic() > end or isinstance(fault, PermissionError):
            taken = fault.errno == errno.EADDRINUSE
            what = "er opptatt av et annet program" if taken else f"kan ikke brukes ({fault.strerror})"
            raise CannotServe(f"Porten {port} {what}. Velg en annen med PORT=, for eksempel make demo PORT={port + 1}.")
        time.sleep(0.1)


def _fault_of_port(host: str, port: int) -> OSError | None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error
    return None


def _taken_on_the_other_localhost(host: str, port: int) -> OSError | None:
    """A browser may try ::1 first for `localhost`; a stranger there would get our users."""
    fault = _fault_of_port("::1", port) if host == "127.0.0.1" else None
    return fault if fault and fault.errno == errno.EADDRINUSE else None


def refuse_missing_settings() -> None:
    """Say here, once, what each process would say after its start."""
    for role in ("web", "worker"):
        database_settings(role)
    secret("FOTFESTE_SECRET_KEY")
    key("FOTFESTE_IDENTITY_KEY")


def _prepare(command: Sequence[str]) -> None:
    """Make the database ready, as its owner. An operator may keep the owner's password off this machine."""
    role = "web" if own_server() and not os.environ.get(ADDRESSES["owner"]) else "owner"
    if subprocess.run(command, env=environment(role), check=False).returncode != 0:  # noqa: S603
        raise CannotServe("Databasen kunne ikke gjøres klar. Meldingen over sier hvorfor.")


def wait_for_answer(host: str, port: int, web: Child) -> None:
    """Return when the site answers that all is well; raise CannotServe when it ends or is silent too long."""
    end = time.monotonic() + ANSWER_SECONDS
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    while not _answers(where, port):
        if not web.lives():
            raise CannotServe("Nettstedet stoppet før det svarte. Meldingen over sier hvorfor.")
        if time.monotonic() > end:
            raise CannotServe(f"Nettstedet svarte ikke på {ANSWER_SECONDS} sekunder og er stoppet.")
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", HEALTH, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class _ToldToEnd(BaseException):
    pass


@contextlib.contextmanager
def _until_told_to_end() -> Iterator[None]:
    """SIGTERM and Ctrl-C end what is inside, in order; a second one does not disturb it."""

    def end(number: int, frame: object) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_IGN)
        raise _ToldToEnd

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except _ToldToEnd:
        pass
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
