"""Somebody at a browser, who finds their way by what stands on the page: labels, buttons, links."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True, slots=True)
class Person:
    page: Page

    def menu(self, name: str) -> None:
        """Go somewhere by the main menu, which a phone folds away."""
        if (toggle := self.page.get_by_role("button", name="Meny")).is_visible():
            toggle.click()
        bar = self.page.get_by_role("navigation", name="Hovedmeny")
        link = bar.get_by_role("link", name=name, exact=True)
        if not link.count():
            bar.get_by_role("button", name="Metode og data").click()
        link.click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def field(self, label: str) -> Locator:
        """A field by its label, with or without the word that it is voluntary."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}( \(valgfritt\))?\s*$"))

    def fill(self, label: str, text: str | date) -> None:
        self.field(label).fill(text.isoformat() if isinstance(text, date) else text)

    def pick(self, label: str, option: str) -> None:
        self.field(label).select_option(option)

    def choose(self, question: str, answer: str) -> None:
        """Answer a question that has its answers under it."""
        self.page.get_by_role("group", name=question).get_by_label(answer).check()

    def line(self, title: str) -> Locator:
        """The line about somebody or something in a list."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_role("heading", name=title, exact=True))

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main").get_by_text(text).filter(visible=True).first).to_be_visible()

    def is_told(self, text: str) -> None:
        expect(self.page.get_by_role("status")).to_contain_text(text)

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible()

    def text(self) -> str:
        """Everything on the page, also what is folded away."""
        return self.page.locator("body").text_content() or ""
