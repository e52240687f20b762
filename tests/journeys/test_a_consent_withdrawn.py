"""A consent is withdrawn while the therapist has the page open: the next click shows a calm page, and nobody."""

from datetime import timedelta

from fotfeste_web.caseload.models import Wishes
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.sharing.models import Share
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person

GOAL = "Jeg vil bake brød."


def test_the_next_click_after_a_withdrawal_shows_nothing_of_the_person(world, browser_page):
    with as_owner():
        Wishes.objects.create(participant=world.vakker, goal=GOAL)
        Share.objects.create(
            participant=world.vakker,
            shared_with=world.therapist,
            receiver_role="behandler",
            kinds=list(Kind),
            ground="consent",
            purpose="Samordne behandling og jobb",
            starts_on=world.today,
            ends_on=world.today + timedelta(days=90),
            told_how="Avtalt i møte",
            shared_by=world.specialist,
        )
    siri = Person(browser_page(world.therapist, width=PHONE))
    kari = Person(browser_page(world.specialist, width=DESK))

    siri.page.goto("/delt/")
    siri.sees(GOAL)
    siri.follow("Se det som er delt om Vakker Blomst")
    siri.is_at("Vakker Blomst")

    kari.page.goto(f"/deltakere/{world.vakker.pk}/deling/")
    kari.press("Trekk tilbake delingen med Siri Moen")
    kari.is_told("Delingen er trukket tilbake og gjelder ikke lenger.")

    with siri.page.expect_response(lambda response: response.request.is_navigation_request()) as answer:
        siri.page.reload()
    assert answer.value.status == 404
    siri.is_at("Siden finnes ikke")
    for words in ("Vakker", "Blomst", GOAL, "Kari Nilsen"):
        assert words not in siri.page.content()
    siri.follow("Til forsiden")
    siri.sees("Ingen deler noe med deg nå")
    assert "Vakker" not in siri.page.content()

    siri.page.go_back()  # the browser kept no copy either
    siri.page.go_back()
    assert GOAL not in siri.text()
