"""The supervisor's week: last week's contacts gone through, the group logged, one participant moved, nothing left."""

from datetime import timedelta

from playwright.sync_api import expect

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Assignment, Contact
from fotfeste_web.teamwork.models import Supervision, WeekReview
from fotfeste_web.teamwork.weeks import WEEK, in_words, monday_of
from tests.database import as_owner
from tests.journeys.conftest import DESK
from tests.journeys.person import Person

UNSTAMPED = "er ikke stemplet"


def test_a_supervisor_is_done_with_the_week(world, browser_page):
    last_monday = monday_of(world.today) - WEEK
    with as_owner():
        for days, channel in ((0, "in_person"), (1, "in_person"), (2, "phone")):
            Contact.objects.create(
                service=world.bodo,
                specialist=world.specialist,
                kind="employer",
                employer=world.employer,
                status="held",
                on=last_monday + timedelta(days=days),
                channel=channel,
                purpose="get_to_know",
                minutes=30,
            )
    marit = Person(browser_page(world.supervisor, width=DESK))
    marit.page.goto("/i-dag/")
    marit.sees(UNSTAMPED, "Gruppeveiledning")

    goes_through_the_week(marit, in_words(last_monday))
    stamps_the_other_from_the_team_page(marit)
    logs_the_group(marit)
    moves_one(marit)

    marit.menu("I dag")
    page = expect(marit.page.get_by_role("main"))
    page.not_to_contain_text(UNSTAMPED)
    page.not_to_contain_text("Gruppeveiledning")
    with as_owner():
        assert set(WeekReview.objects.values_list("specialist", flat=True)) == {world.specialist.pk, world.colleague.pk}
        assert WeekReview.objects.get(specialist=world.specialist).comment == "Fin uke."
        assert Supervision.objects.get().present == [world.specialist.pk, world.colleague.pk]
        assert Assignment.objects.get(participant=world.vakker, ends_on=None).specialist == world.colleague
        events = WriteEvent.objects.filter(user=world.supervisor).values_list("action", flat=True)
        assert sorted(events) == ["participant.assigned", "supervision.logged", "week.reviewed", "week.reviewed"]


def goes_through_the_week(marit: Person, week: str) -> None:
    marit.menu("Team")
    marit.follow("Gå gjennom uka til Kari Nilsen")
    marit.is_at("Kari Nilsen")
    marit.sees(week.capitalize(), "2 av 3 møter teller.", "Det var ikke ansikt til ansikt.")
    marit.fill("Kommentar", "Fin uke.")
    marit.press("Stemple uka")
    marit.is_told("Uka er stemplet.")


def stamps_the_other_from_the_team_page(marit: Person) -> None:
    marit.is_at("Team")
    marit.press("Stemple uka til Ola Berg")
    marit.is_told("Uka er stemplet.")


def logs_the_group(marit: Person) -> None:
    marit.follow("Logg gruppeveiledning")
    marit.fill("Varighet", "60")
    marit.choose("Hvem var der?", "Kari Nilsen")
    marit.choose("Hvem var der?", "Ola Berg")
    marit.fill("Ideer", "Gå to sammen til hotellet.")
    marit.choose("Hvem snakket dere om?", "Vakker B. · Kari Nilsen")
    marit.press("Lagre")
    marit.is_told("Gruppeveiledning er lagret.")
    marit.sees("Gå to sammen til hotellet.", "Vakker Blomst")


def moves_one(marit: Person) -> None:
    marit.menu("Team")
    marit.follow("Flytt deltakere")
    marit.follow("Velg Kari Nilsen")
    marit.pick("Vakker B.", "Ola Berg")
    marit.press("Flytt")
    marit.is_told("1 deltaker er flyttet.")
