"""Remake the pictures in docs/bilder from the demo: `make pictures`. The same seed gives the same people."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zlib
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM_FLAGS

FOLDER = Path(__file__).parent.parent / "docs" / "bilder"
PORT = 8079
SITE = f"http://localhost:{PORT}"
TALLEST = 1400
# The name of the picture, who looks, the address or what to click to get there, the widths.
PICTURES = (
    ("innlogging", None, "/konto/login/", (1280,)),
    ("i-dag", "Jobbspesialist", "/i-dag/", (390, 1280)),
    ("deltakere", "Jobbspesialist", "/deltakere/", (1280,)),
    ("deltaker", "Jobbspesialist", "/deltakere/?status=in_work > th a", (390, 1280)),
    ("logg-mote", "Jobbspesialist", "/i-dag/ > text=Logg møtet", (390,)),
    ("arbeidsgiver", "Jobbspesialist", "/arbeidsgivere/ > th a", (1280,)),
    ("jobb", "Jobbspesialist", "/deltakere/?status=in_work > th a > [href^='/jobber/']", (1280,)),
    ("henvisning", "Behandler", "/henvisninger/ny/", (390,)),
    ("delt-med-meg", "Behandler", "/delt/", (1280,)),
    ("team", "Metodeveileder", "/team/", (1280,)),
    ("henvisninger", "Metodeveileder", "/henvisninger/", (1280,)),
    ("tall", "Leder", "/tall/", (1280,)),
    ("min-plan", "Deltaker", "/min-plan/", (390,)),
    ("folk-og-roller", "Administrator", "/folk/", (1280,)),
)


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="fotfeste-bilder-"))
    served = subprocess.Popen(
        [Path(sys.executable).with_name("fotfeste"), "demo", "--port", str(PORT)],
        env={**os.environ, "FOTFESTE_HOME": str(home)},
    )
    try:
        _wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=[*CHROMIUM_FLAGS, "--lang=nb"]
            )
            for name, role, way, widths in PICTURES:
                for width in widths:
                    _take(browser, FOLDER / f"{name}-{width}.png", role, way, width)
    finally:
        served.terminate()
        served.wait(30)
        shutil.rmtree(home, ignore_errors=True)


def _wait() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{SITE}/helse/").close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    sys.exit("The demo did not answer within two minutes; its own words stand above.")


def _take(browser: Browser, file: Path, role: str | None, way: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="nb-NO")
    if role:
        page.goto(f"{SITE}/demo/personer/")
        row = page.locator("li.row").filter(has=page.get_by_text(role, exact=True)).first
        row.get_by_role("button", name="Logg inn").click()
    _go(page, way)
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": height})
    file.write_bytes(packed(page.screenshot()))
    page.close()


def packed(png: bytes) -> bytes:
    """Pack a picture as small as zlib can: the browser packs in a hurry."""
    head, parts, at = png[:8], [], 8
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        parts.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    lines = zlib.compress(zlib.decompress(b"".join(data for kind, data in parts if kind == b"IDAT")), 9)
    kept = [part for part in parts if part[0] in (b"IHDR", b"sRGB")]
    return head + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (*kept, (b"IDAT", lines), (b"IEND", b""))
    )


def _go(page: Page, way: str) -> None:
    start, *clicks = way.split(" > ")
    page.goto(f"{SITE}{start}")
    for click in clicks:
        page.locator(click).first.click()
        page.wait_for_load_state()


if __name__ == "__main__":
    main()
