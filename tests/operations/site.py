"""The real site as `fotfeste serve` runs it, seen from outside: by its words, its pages and its database."""

import contextlib
import re
import subprocess
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.operations.servers import python

SERVE = "import sys; from fotfeste.cli import main; sys.argv[0] = 'fotfeste'; main()"


def fotfeste(*words: object, home: Path, **environment: object) -> subprocess.Popen[str]:
    """The command line in a process of its own, as an operator runs it."""
    return python(SERVE, *words, stderr=subprocess.STDOUT, FOTFESTE_HOME=home, **environment)


def said(*words: object, home: Path, **environment: object) -> tuple[int, str]:
    """Run a command to its end: its exit code and what it said."""
    process = fotfeste(*words, home=home, **environment)
    answer = process.communicate(timeout=120)[0]
    return process.returncode, answer


class Site:
    """A site that answers, and everything that it and its processes have printed."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.printed = ""
        assert process.stdout
        for line in process.stdout:
            self.printed += line
            if "Fotfeste svarer på" in line:
                break
        else:
            raise AssertionError(f"The site ended without answering:\n{self.printed}")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed += line

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=120)
        self._reader.join(timeout=120)


@contextlib.contextmanager
def serving(home: Path, port: int, command: str = "serve", **environment: object) -> Iterator[Site]:
    address = f"http://localhost:{port}"
    with fotfeste(command, "--port", port, home=home, FOTFESTE_URL=address, **environment) as process:
        try:
            site = Site(process, port)
            yield site
            site.end()
        finally:
            process.kill()


class Visitor:
    """A browser in its smallest form: it keeps cookies and sends forms with their hidden fields."""

    def __init__(self, port: int, **cookies: str) -> None:
        self.port = port
        self.cookies = cookies

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"Host": f"localhost:{self.port}", "Cookie": cookie, **headers}
        with contextlib.closing(connection):
            connection.request(method, path, body or None, given)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        return self.ask("GET", path)

    def send(self, path: str, **fields: str) -> tuple[int, dict[str, str], str]:
        """Open the page of a form, fill it in and send it."""
        page = self.get(path)[2]
        hidden = dict(re.findall(r'<input type="hidden" name="(csrfmiddlewaretoken|form_key)" value="([^"]+)"', page))
        return self.ask(
            "POST", path, urlencode({**hidden, **fields}), **{"Content-Type": "application/x-www-form-urlencoded"}
        )
