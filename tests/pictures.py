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
from base64 import b64decode, b64encode
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import BROWSERS, CHROMIUM_FLAGS

FOLDER = Path(__file__).parent.parent / "docs" / "bilder"
PORT = 8079
SITE = f"http://localhost:{PORT}"
TALLEST = 1400
CUT = {"henvisning": 1265}  # a browser without Norwegian writes the date that follows as in America
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
    ("tall", "Leder", "/tall/", (390, 1280)),
    ("resultater", "Metodeveileder", "/resultater/?tall=starts_of_16_hours&ved=starts_of_20_hours", (390, 1280)),
    ("metodetrohet", "Metodeveileder", "/metodetrohet/", (390, 1280)),
    ("prinsipper", "Metodeveileder", "/metodetrohet/prinsipper/", (390, 1280)),
    ("kvalitetsvurdering", "Metodeveileder", "/kvalitet/", (1280,)),
    ("tiltaksplan", "Metodeveileder", "/tiltaksplan/", (390,)),
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
                executable_path=next(filter(None, map(shutil.which, BROWSERS))),
                args=[*CHROMIUM_FLAGS, "--lang=nb"],
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
    height = min(page.evaluate("document.documentElement.scrollHeight"), CUT.get(file.stem.rpartition("-")[0], TALLEST))
    page.set_viewport_size({"width": width, "height": height})
    png = page.screenshot()
    page.goto("about:blank")  # where no content policy forbids to read it
    file.write_bytes(packed(page, png))
    page.close()


# The 256 colours that a picture has most of, and for each of its points the nearest of them.
PALETTE = """async (picture) => {
  const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  canvas.drawImage(bitmap, 0, 0);
  const points = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
  const count = new Map();
  const colour = (at) => points[at] << 16 | points[at + 1] << 8 | points[at + 2];
  for (let at = 0; at < points.length; at += 4) count.set(colour(at), (count.get(colour(at)) ?? 0) + 1);
  const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => one);
  const apart = (a, b) => [16, 8, 0].reduce((sum, by) => sum + ((a >> by & 255) - (b >> by & 255)) ** 2, 0);
  const nearest = new Map([...count.keys()].map((one) => [one, palette.reduce(
    (best, candidate, n) => apart(one, candidate) < apart(one, palette[best]) ? n : best, 0)]));
  const rows = [];
  for (let at = 0; at < points.length; at += 4) {
    if (at % (4 * bitmap.width) === 0) rows.push(0);
    rows.push(nearest.get(colour(at)));
  }
  return {width: bitmap.width, height: bitmap.height, palette, rows: new Uint8Array(rows).toBase64()};
}"""


def packed(blank: Page, png: bytes) -> bytes:
    """Make a picture small: it is made of few colours, and the browser stores it as if it had millions."""
    picture = blank.evaluate(PALETTE, "data:image/png;base64," + b64encode(png).decode())
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", picture["width"], picture["height"], 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in picture["palette"])),
        (b"IDAT", zlib.compress(b64decode(picture["rows"]), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _go(page: Page, way: str) -> None:
    start, *clicks = way.split(" > ")
    answer = page.goto(f"{SITE}{start}")
    if answer is None or not answer.ok:
        sys.exit(f"{start} gives no picture: {answer and answer.status}.")
    for click in clicks:
        page.locator(click).first.click()
        page.wait_for_load_state()


if __name__ == "__main__":
    main()
