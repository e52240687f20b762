"""What a person needs of every page: axe finds nothing, nothing is wider than the screen, Tab reaches all of it."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Response

from fotfeste_web.accounts.models import User
from tests.journeys.conftest import DESK, PATIENCE, PHONE, is_broken, is_fault, session_cookie

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}
# The gallery measures the colours of every component with errors and without: to do it again takes most of the time.
BUT_COLOURS = RULES | {"rules": {"color-contrast": {"enabled": False}}}
AXE = """async (rules) => (await axe.run(rules)).violations.flatMap(
  fault => fault.nodes.map(node => `${fault.id}: ${node.html}`))"""

# What the Tab key stops at: in reading order, shown, and of a group of radio buttons the chosen one or else the first.
STOPS = """() => {
  const shown = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(e => !e.disabled && e.type !== 'hidden' && e.checkVisibility());
  const groups = Map.groupBy(shown.filter(e => e.type === 'radio'), e => e.name);
  return shown
    .filter(e => e.type !== 'radio' || e === (groups.get(e.name).find(one => one.checked) ?? groups.get(e.name)[0]))
    .map((e, n) => { e.dataset.stop = n; return n; });
}"""
# The next Tab begins at the top, and each stop is remembered.
BEGIN = """() => {
  document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
  if (!window.reached) document.addEventListener('focusin', event => window.reached.push(event.target.dataset.stop));
  window.reached = [];
}"""
INNER_STEPS = "document.querySelectorAll('input:is([type=date], [type=time])').length * 4"  # day, month, year, calendar
WIDTH = "document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('main details').forEach(folded => folded.open = true)"


def axe_faults(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, rules)


def missed_by_tab(page: Page) -> list[str]:
    """Press Tab through a page from its top, and give what was not reached in reading order."""
    stops = page.evaluate(STOPS)
    page.evaluate(BEGIN)
    for _ in range(len(stops) + page.evaluate(INNER_STEPS)):
        page.keyboard.down("Tab")  # held: each is a step of its own
    page.keyboard.up("Tab")
    reached = [int(stop) for stop in page.evaluate("window.reached") if stop is not None]
    if list(dict.fromkeys(reached)) == stops:
        return []
    missed = [
        page.locator(f"[data-stop='{stop}']").evaluate("e => e.outerHTML") for stop in stops if stop not in reached
    ]
    return [f"Tab does not reach: {html[:160]}" for html in missed] or [f"Tab jumps about: {reached}"]


class Screen:
    """One tab of a browser, in which one person after another looks; it keeps what was wrong and where."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.context: BrowserContext = browser.new_context(base_url=url, locale="nb-NO", timezone_id="Europe/Oslo")
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self._cookies: dict[User, dict[str, str]] = {}
        self.page.on("dialog", lambda asked: asked.accept())  # yes, leave what was written
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: script: {error}"))
        self.page.on("console", lambda said: is_fault(said) and self.faults.append(f"{self.page.url}: {said.text}"))
        self.page.on("response", lambda got: is_broken(got) and self.faults.append(f"{got.status} {got.url}"))

    def open(self, address: str, person: User | None) -> int:
        """Go to an address as a person, and give the answer's status."""
        self.context.clear_cookies()
        if person is not None:
            if person not in self._cookies:
                self._cookies[person] = session_cookie(person, self.url)
            self.context.add_cookies([self._cookies[person]])
        return self._status(self.page.goto(address))

    def send(self, button: str = "main form.form button[type=submit]") -> int:
        """Send a form of the page, and give the answer's status."""
        with self.page.expect_navigation() as answer:
            self.page.locator(button).first.click()
        return self._status(answer.value)

    def look(self, name: str, *, thoroughly: bool = False) -> None:
        """Look at what is there, with all that is folded opened, on a phone.

        ``thoroughly``: with every rule there, with all but the colours on a desk too, and by Tab at both; else by the
        rules but the colours.
        """
        self.page.evaluate(UNFOLD)
        for width in (DESK, PHONE) if thoroughly else (PHONE,):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.look_at(name, width, RULES if thoroughly and width == PHONE else BUT_COLOURS)
            if thoroughly:
                self._say(name, width, missed_by_tab(self.page))
                self.page.evaluate(BEGIN)

    def look_at(self, name: str, width: int, *rules: dict[str, Any]) -> None:
        """Look at what is there as it stands."""
        for rule in rules:
            self._say(name, width, axe_faults(self.page, rule))
        if (wide := self.page.evaluate(WIDTH)) > width:
            self._say(name, width, [f"{wide} pixels wide"])

    def _say(self, name: str, width: int, found: list[str]) -> None:
        self.faults += [f"{name} at {width}: {fault}" for fault in found]

    @staticmethod
    def _status(answer: Response | None) -> int:
        assert answer is not None
        return answer.status
