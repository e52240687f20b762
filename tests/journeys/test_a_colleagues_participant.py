"""A colleague's participant is opened with one tap and a reason, seen for a day, and listed for the supervisor."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.sharing.models import Opening
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person

REASON = "Veiledning i teamet"


def test_a_colleagues_participant_is_seen_for_a_day_and_then_gone(world, browser_page):
    kari, marit = (
        Person(browser_page(world.specialist, width=PHONE)),
        Person(browser_page(world.supervisor, width=DESK)),
    )
    address = f"/deltakere/{world.stille.pk}/"
    assert kari.page.goto(address).status == 404  # the address alone opens nothing
    open_with_a_reason(kari)
    reads_and_cannot_write(kari, address)
    is_listed(marit, address)

    with as_owner():
        opening = Opening.objects.get()
        assert (opening.user, opening.participant, opening.reason) == (world.specialist, world.stille, "supervision")
        assert opening.ends_at - opening.opened_at == timedelta(hours=24)
        assert WriteEvent.objects.filter(action="sharing.colleagues_participant_opened").count() == 1
        grounds = ReadEvent.objects.filter(user=world.specialist, participant_id=world.stille.pk).values_list("ground")
        assert set(grounds) == {("opened:supervision",)}
        Opening.objects.update(ends_at=timezone.now())  # the day is over

    assert kari.page.goto(address).status == 404
    kari.page.goto("/deltakere/?vis=team")
    expect(kari.page.get_by_role("link", name="Åpne … Stille S.")).to_be_visible()
    expect(kari.page.get_by_role("link", name="Stille S.", exact=True)).to_have_count(0)
    marit.menu("Team")
    marit.sees("Stille S.")  # that it was opened stays


def open_with_a_reason(kari: Person) -> None:
    kari.page.goto("/deltakere/")
    kari.follow("Teamet")
    kari.sees("Ola Berg")
    assert "Skog" not in kari.text()  # no more of the name than is needed to find the person
    kari.follow("Åpne … Stille S.")
    kari.choose("Hvorfor trenger du å se denne personen?", REASON)
    kari.press("Åpne")
    kari.is_told("Åpnet i ett døgn. Metodeveilederen ser at du har åpnet.")
    kari.is_at("Stille Skog")


def reads_and_cannot_write(kari: Person, address: str) -> None:
    kari.sees("Du kan lese, men ikke endre.", "Henvist")
    for name in ("Logg kontakt", "Planlegg møte", "Ny jobb", "Start kartlegging", "Avslutt perioden"):
        expect(kari.page.get_by_role("link", name=name)).to_have_count(0)
    assert kari.page.goto(f"{address}kartlegging/").status == 403
    kari.page.goto(address)


def is_listed(marit: Person, address: str) -> None:
    marit.page.goto("/team/")
    row = marit.page.get_by_role("row").filter(has_text="Stille S.")
    expect(row).to_contain_text("Kari Nilsen")
    expect(row).to_contain_text(REASON)
    marit.page.goto(address)
    marit.follow("Hvem har sett på dette?")
    looks = marit.page.get_by_role("row").filter(has_text="Kari Nilsen")
    expect(looks.filter(has_text="Åpnet en kollegas deltaker")).to_contain_text(REASON)
    expect(looks.filter(has_text="Så siden om deltakeren").first).to_contain_text(f"åpnet med grunn: {REASON}")
