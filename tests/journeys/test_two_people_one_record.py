"""Two people write kartlegging at the same time, each in a browser: nothing that was written is lost unseen."""

from django.urls import reverse
from playwright.sync_api import expect

from fotfeste_web.caseload.models import WishedOccupation, Wishes
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person

AT_SEA = "Jobbe på sjøen, på en båt med faste folk."
IN_GARDEN = "Jobbe i et gartneri, med noe som gror."
BOTH = "Jobbe ute, på sjøen eller i et gartneri."


def opened_by_two(world, browser_page) -> tuple[Person, Person]:
    kari, marit = (
        Person(browser_page(world.specialist, width=PHONE)),
        Person(browser_page(world.supervisor, width=DESK)),
    )
    for person in (kari, marit):
        person.page.goto(reverse("wishes", args=[world.vakker.pk]))
    return kari, marit


def test_the_second_sees_both_texts_and_chooses_and_both_are_in_the_history(world, browser_page):
    kari, marit = opened_by_two(world, browser_page)
    kari.fill("Mål, med egne ord", AT_SEA)
    kari.fill("Ønsket yrke 1", "8350")
    kari.press("Lagre")
    kari.is_told("Kartleggingen er lagret.")

    marit.fill("Mål, med egne ord", IN_GARDEN)
    marit.press("Lagre")
    both = marit.page.get_by_role("region", name="Begge tekstene")
    expect(both).to_contain_text(f"Din: {IN_GARDEN}")
    expect(both).to_contain_text(f"Lagret av en annen: {AT_SEA}")
    expect(both).to_contain_text("Ønsket yrke 1")
    expect(marit.page.get_by_role("group", name="Feil i skjemaet")).to_contain_text("Noen andre har lagret endringer")
    expect(marit.field("Mål, med egne ord")).to_have_value(IN_GARDEN)
    marit.fill("Mål, med egne ord", BOTH)
    marit.fill("Ønsket yrke 1", "8350")
    marit.press("Lagre")
    marit.is_told("Kartleggingen er lagret.")

    kari.follow("Endre kartleggingen")
    kari.sees("Utgave 2", "Marit Dahl", BOTH)
    kari.page.get_by_text("Utgave 1").click()
    kari.sees("Kari Nilsen", AT_SEA)
    with as_owner():
        wishes = Wishes.objects.get(participant=world.vakker)
        kept = wishes.events.filter(version__gt=0).order_by("pgh_id").values_list("version", "goal", "updated_by__name")
        wished = WishedOccupation.objects.filter(participant=world.vakker).values_list("styrk08", flat=True)
        assert list(kept.distinct("pgh_id")) == [(1, AT_SEA, "Kari Nilsen"), (2, BOTH, "Marit Dahl")]
        assert list(wished) == ["8350"]


def test_the_second_may_keep_what_the_first_wrote(world, browser_page):
    kari, marit = opened_by_two(world, browser_page)
    kari.fill("Mål, med egne ord", AT_SEA)
    kari.press("Lagre")
    kari.is_told("Kartleggingen er lagret.")
    marit.fill("Mål, med egne ord", IN_GARDEN)
    marit.press("Lagre")
    marit.sees(f"Lagret av en annen: {AT_SEA}")
    marit.follow("Avbryt")
    marit.sees(f"«{AT_SEA}»")
    with as_owner():
        assert (Wishes.objects.get().goal, Wishes.objects.get().version) == (AT_SEA, 1)
