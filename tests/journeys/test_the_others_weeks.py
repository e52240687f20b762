"""The week of those who work with the service from outside: each is told what is shared, does the own part, no more."""

from datetime import timedelta

import pytest

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import NextStep, Openness, Wishes
from fotfeste_web.figures.compute import store_figures
from fotfeste_web.followup.models import BenefitsAdvice
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.sharing.models import Share
from fotfeste_web.teamwork.models import TeamMeeting, TeamMeetingLine
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.days import days_go_by
from tests.journeys.person import Person

GOAL = "Jeg vil bake brød."
MONEY = "Mer igjen etter skatt."
FEARED = "Ikke at jeg har vært borte."


def share(world, receiver: str, role: str, kinds: list[Kind]) -> None:
    Share.objects.create(
        participant=world.vakker,
        shared_with=world.people[receiver],
        receiver_role=role,
        kinds=kinds,
        ground="consent",
        purpose="Samordne behandling og jobb",
        starts_on=world.today,
        ends_on=world.today + timedelta(days=90),
        told_how="Avtalt i møte",
        shared_by=world.specialist,
    )


@pytest.fixture
def agreed(world):
    """Vakker's plan, with a step for each of those who work with it."""
    soon = world.today + timedelta(days=5)
    with as_owner():
        Wishes.objects.create(participant=world.vakker, goal=GOAL)
        Openness.objects.create(
            participant=world.vakker, may_contact="yes", must_not_tell=FEARED, agreed_on=world.today
        )
        for text, asked_of in (("Skrive om søvn", "therapist"), ("Regne på AAP", "nav"), ("Kjøpe sko", "person")):
            NextStep.objects.create(participant=world.vakker, text=text, due_on=soon, asked_of=asked_of)
        BenefitsAdvice.objects.create(
            participant=world.vakker,
            on=world.today,
            adviser="Marte Lie",
            trained=True,
            occasion="before_start",
            effect=MONEY,
        )
        meeting = TeamMeeting.objects.create(
            service=world.bodo, team=world.fact, on=world.today, minutes=50, created_by=world.specialist
        )
        TeamMeetingLine.objects.create(
            meeting=meeting, participant=world.vakker, text="Vil begynne tidlig.", decision="Siri spør om søvn."
        )
    return world


@pytest.mark.parametrize(
    ("receiver", "role", "width"),
    [("therapist", "behandler", PHONE), ("education_specialist", "arbeidsspesialist", DESK)],
)
def test_the_treatment_team_knows_the_plan_does_its_part_and_refers_the_next(
    agreed, browser_page, receiver, role, width
):
    world = agreed
    with as_owner():
        share(world, receiver, role, [Kind.BASIS, Kind.PLAN, Kind.WORK, Kind.CONTACTS])
    siri = Person(browser_page(world.people[receiver], width=width))

    siri.page.goto("/")  # what is asked, who to ring, what the meeting said: on the first page
    siri.is_at("Delt med meg")
    siri.sees(GOAL, "Skrive om søvn", "Kari Nilsen", "Vil begynne tidlig.", "Siri spør om søvn.")
    assert "Dette venter på deg" in siri.text()
    siri.follow("Se det som er delt om Vakker Blomst")
    siri.is_at("Vakker Blomst")
    siri.sees("Vil begynne tidlig.")
    for kept in (MONEY, FEARED):  # money and openness were not shared
        assert kept not in siri.text()

    siri.page.goto("/")
    siri.follow("Henvis")
    siri.choose("Har personen adressesperre", "Nei")
    siri.fill("Fornavn", "Lykke")
    siri.fill("Etternavn", "Vang")
    siri.fill("Ønsket om jobb, med personens egne ord", "Vil ut og jobbe.")
    siri.pick("Behandlingsteam", "FACT Bodø")
    siri.press("Send henvisningen")
    siri.is_told("Henvisningen er registrert.")

    days_go_by(7)  # a week later the step is done, and the next person waits
    with as_owner():
        NextStep.objects.filter(asked_of="therapist").update(done_on=world.today)
    siri.page.goto("/")
    assert "Dette venter på deg" not in siri.text()
    siri.sees("Lykke V.")
    with as_owner():
        assert ReadEvent.objects.filter(user=world.people[receiver], participant_id=world.vakker.pk).exists()
        written = WriteEvent.objects.filter(user=world.people[receiver]).values_list("action", flat=True)
        assert list(written) == ["referral.received"]


def test_a_nav_adviser_sees_plan_and_money_and_what_is_asked(agreed, browser_page):
    world = agreed
    with as_owner():
        share(world, "adviser", "nav_veileder", [Kind.BASIS, Kind.PLAN, Kind.ECONOMY])
    marte = Person(browser_page(world.adviser, width=DESK))
    marte.page.goto("/")
    marte.is_at("Delt med meg")
    marte.sees(GOAL, "Dette venter på deg", "Regne på AAP", "ikke delt med deg")
    marte.follow("Se det som er delt om Vakker Blomst")
    marte.sees(MONEY)
    for kept in ("Vil begynne tidlig.", FEARED, "Første besøk."):
        assert kept not in marte.text()
    assert marte.page.get_by_role("link", name="Skriv rådgivning").count() == 0  # a share reads, it does not write


def test_a_leader_sees_numbers_and_no_person(agreed, browser_page):
    world = agreed
    store_figures(world.bodo.pk, world.today)
    per = Person(browser_page(world.leader, width=DESK))
    per.page.goto("/")
    per.is_at("Tall")
    per.sees("Hvor i forløpet", "Slik er tallene laget")
    for name in ("Vakker", "Blomst", "Stille", "Kari Nilsen", GOAL):
        assert name not in per.text()
    per.follow("navngitt definisjon")
    per.is_at("Definisjoner")
    assert per.page.goto(f"/deltakere/{world.vakker.pk}/").status in (403, 404)


@pytest.mark.parametrize("role", ["reviewer", "researcher"])
def test_a_reviewer_and_a_researcher_read_how_the_numbers_are_made(agreed, browser_page, role):
    person = Person(browser_page(agreed.people[role], width=DESK))
    person.page.goto("/")
    for name in ("Vakker", "Blomst", GOAL):
        assert name not in person.text()
    person.menu("Definisjoner")
    person.sees("Hva som er arbeid")
    assert person.page.goto(f"/deltakere/{agreed.vakker.pk}/").status in (403, 404)


def test_a_participant_reads_the_own_plan_on_paper_and_on_screen(agreed, browser_page):
    world = agreed
    kari = Person(browser_page(world.specialist, width=DESK))
    kari.page.goto(f"/deltakere/{world.vakker.pk}/")
    kari.follow("Planen til utskrift")
    for words in (GOAL, "Kjøpe sko", FEARED):
        assert words in kari.text()

    vakker = Person(browser_page(world.participant, width=PHONE))
    vakker.page.goto("/")
    vakker.is_at("Min plan")
    vakker.sees(GOAL, "Kjøpe sko", FEARED, MONEY, "Bare jobbspesialisten din, metodeveilederen og du.")
    vakker.sees("Kari Nilsen")  # who has looked
    assert "Stille" not in vakker.text()
