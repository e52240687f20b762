"""Every component in every state, in a browser, on a phone (390 px) and on a desk (1280 px)."""

import pytest

from tests.accessibility.looking import axe_faults, missed_by_tab

WIDTHS = (390, 1280)
MENU = ".site-nav__toggle"
SUBMIT = "main form button[type=submit]"
# Address, and what is clicked there before looking.
STATES = {
    "parts": ("/ui/", None),
    "pages in the middle": ("/ui/?side=5", None),
    "today": ("/ui/i-dag/", None),
    "user menu open": ("/ui/i-dag/", ".site-user"),
    "dialog open": ("/ui/i-dag/", "[data-dialog]"),
    "folded part open": ("/ui/i-dag/", ".folded > summary"),
    "participant": ("/ui/deltaker/", None),
    "form": ("/ui/skjema/", None),
    "form with errors": ("/ui/skjema/", SUBMIT),
    "not found": ("/ui/feil/404/", None),
    "failed": ("/ui/feil/500/", None),
}
SMALL = """() => [...document.querySelectorAll(
  'button, summary, .ds-button, .filter, :is(.chip, .choices) label, .ds-input:not([type=radio], [type=checkbox])'
)].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.more)])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_page, state, width):
    address, clicked = STATES[state]
    page = open_page(address, width=width)
    if clicked:
        page.locator(clicked).first.click()
        page.wait_for_load_state()
        page.wait_for_timeout(350)  # a dialog slides in for 300 ms; half-way its text is pale
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_a_fault_that_is_there(open_page):
    page = open_page("/ui/i-dag/", width=390)
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"/static/ui/favicon.svg\">'")
    assert any(fault.startswith("image-alt") for fault in axe_faults(page))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/ui/", "/ui/i-dag/", "/ui/skjema/"])
def test_the_keyboard_reaches_everything(open_page, address, width):
    page = open_page(address, width=width)
    assert missed_by_tab(page) == []


def test_what_the_keyboard_does_not_reach_is_found(open_page):
    page = open_page("/ui/i-dag/", width=1280)
    page.evaluate("document.querySelector('main .ds-button').tabIndex = -1")
    assert missed_by_tab(page)[0].startswith("Tab does not reach: <a class")


@pytest.mark.parametrize("address", ["/ui/", "/ui/i-dag/", "/ui/deltaker/", "/ui/skjema/"])
def test_on_a_phone_what_is_tapped_is_44_pixels_high(open_page, address):
    page = open_page(address, width=390)
    small = page.evaluate(SMALL)
    assert small == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_of_a_phone_opens_by_keyboard_also_without_scripts(open_page, scripts):
    page = open_page("/ui/i-dag/", width=390, scripts=scripts)
    link = page.get_by_role("link", name="Arbeidsgivere", exact=True)
    assert not link.is_visible()
    page.locator(MENU).press("Enter")
    link.wait_for(state="visible")
    page.keyboard.press("Tab")
    assert page.locator("#site-nav a:focus").inner_text() == "I dag"


def test_on_a_desk_the_menu_is_open(open_page):
    page = open_page("/ui/i-dag/", width=1280)
    assert page.get_by_role("link", name="Arbeidsgivere", exact=True).is_visible()
    assert not page.locator(MENU).is_visible()


def test_without_scripts_a_dialog_is_a_page_of_its_own(open_page):
    page = open_page("/ui/i-dag/", width=390, scripts=False)
    page.locator("[data-dialog]").first.click()
    page.wait_for_url("**/ui/")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_with_errors_keeps_what_was_typed(open_page, scripts):
    page = open_page("/ui/skjema/", width=390, scripts=scripts)
    page.get_by_label("Ja", exact=True).check(force=True)
    page.get_by_label("Notat").fill("Bruker Litium og trives ute")
    page.locator(SUBMIT).first.click()
    page.locator(".ds-error-summary").wait_for()
    assert page.get_by_label("Ja", exact=True).is_checked()
    assert page.get_by_label("Notat").input_value() == "Bruker Litium og trives ute"
    assert page.get_by_label("Lagre likevel").is_visible()


def test_the_error_summary_has_the_focus_and_leads_to_the_field(open_page):
    page = open_page("/ui/skjema/", width=390)
    page.locator(SUBMIT).first.click()
    page.locator(".ds-error-summary:focus").wait_for()
    page.get_by_role("link", name="Arbeidsgiver: ").click()
    assert page.evaluate("document.activeElement.id") == "id_company"


def test_the_page_says_that_it_was_saved(open_page):
    page = open_page("/ui/skjema/", width=390)
    page.get_by_label("Ja", exact=True).check(force=True)
    page.get_by_label("Bli kjent").check()
    page.get_by_label("Arbeidsgiver").fill("Mørkved Dagligvare")
    page.get_by_label("Kontaktens stilling").select_option("leder")
    page.get_by_label("Dato").fill("2026-11-17")
    page.get_by_label("Varighet").fill("50 min")
    page.locator(SUBMIT).first.click()
    assert "er lagret" in page.get_by_role("status").inner_text()
