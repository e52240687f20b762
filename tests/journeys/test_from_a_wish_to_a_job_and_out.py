"""One person's way: referred on a wish to work, into a job, out of the service and back, by those who do each step."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Job, Participant
from fotfeste_web.caseload.status import Status, facts_of, history
from fotfeste_web.figures.compute import store_figures
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.days import days_go_by
from tests.journeys.person import Person

WISH = "Jeg vil ha noe å gå til om dagen."
GOAL = "Jobb i butikk, med folk som blir kjent med meg."


@pytest.fixture
def people(world, browser_page) -> dict[str, Person]:
    """Each with a browser of their own: those who are out with a phone, those who sit with a desk."""
    widths = {"therapist": PHONE, "specialist": PHONE, "supervisor": DESK, "leader": DESK}
    return {role: Person(browser_page(world.people[role], width=width)) for role, width in widths.items()}


def has_status(person: Person, status: str) -> None:
    """The step where the person is now, on the page of a participant."""
    way = person.page.get_by_role("list", name="Forløp")
    expect(way.locator("[aria-current=step]")).to_have_text(status)


def test_one_person_comes_from_a_wish_to_a_job_and_out_and_back(world, people):
    therapist, supervisor, kari = people["therapist"], people["supervisor"], people["specialist"]
    address = refer(therapist, supervisor)
    receive(kari)
    first_weeks(kari)
    job_begins(kari)
    job_goes_on(kari)
    step_down_and_out(kari)
    come_back(supervisor, kari, address)
    who_has_looked(supervisor, address)
    leader_sees_numbers_only(world, people["leader"], address)
    what_is_stored(world)


def refer(therapist: Person, supervisor: Person) -> str:
    therapist.page.goto("/")
    therapist.follow("Henvis")
    therapist.choose("Har personen adressesperre", "Nei")
    therapist.fill("Fornavn", "Lykke")
    therapist.fill("Etternavn", "Vang")
    therapist.fill("Ønsket om jobb, med personens egne ord", WISH)
    therapist.pick("Behandlingsteam", "FACT Bodø")
    therapist.press("Send henvisningen")
    therapist.is_told("Henvisningen er registrert.")
    therapist.sees("Lykke V.", "Venter")
    assert WISH not in therapist.text()  # a receipt, and no more than that

    supervisor.page.goto("/")
    expect(supervisor.line("Lykke V.")).to_contain_text("Behandler henviste, ingen jobbspesialist ennå")
    supervisor.menu("Henvisninger")
    supervisor.follow("Lykke Vang")
    supervisor.sees(WISH, "Siri Moen", "Ikke tildelt")
    supervisor.follow("Tildel jobbspesialist")
    supervisor.choose("Jobbspesialist", "Kari Nilsen · 1 deltaker i 100 % stilling")
    supervisor.press("Lagre")
    supervisor.is_told("Jobbspesialisten er tildelt.")
    has_status(supervisor, "Henvist")
    return supervisor.page.url


def receive(kari: Person) -> None:
    """New with the job specialist, until she has looked; then the start-up meeting, and kartlegging."""
    days_go_by(4)
    kari.page.goto("/")
    expect(kari.line("Lykke V.")).to_contain_text("Ny hos deg")
    kari.follow("Lykke V.")
    kari.sees(f"«{WISH}»")
    has_status(kari, "Henvist")
    kari.follow("Registrer oppstart")
    kari.choose("Hvordan møttes dere?", "Ansikt til ansikt")
    kari.fill("Varighet", "50")
    kari.choose("Er personen i jobb nå", "Nei")
    kari.press("Lagre")
    kari.is_told("Oppstarten er registrert.")
    has_status(kari, "Kartlegging")

    kari.follow("Start kartlegging")
    kari.fill("Mål, med egne ord", GOAL)
    kari.fill("Ønsket yrke 1", "5223")
    kari.fill("Ønsket yrke 2", "Varepåfyllere")
    kari.fill("Timer i uka", "18,5")
    kari.press("Lagre")
    kari.is_told("Kartleggingen er lagret.")
    kari.sees(f"«{GOAL}»", "Butikkmedarbeidere", "Varepåfyllere", "18,5 timer i uka")
    kari.menu("I dag")
    expect(kari.line("Lykke V.")).to_have_count(0)  # nothing more today


def first_weeks(kari: Person) -> None:
    """A meeting with an employer is planned, held on its day and logged."""
    days_go_by(21)
    kari.page.goto("/i-dag/")
    expect(kari.line("Lykke V.")).to_contain_text("Ikke kontakt på 14 dager")
    kari.follow("Lykke V.")
    kari.follow("Planlegg møte")
    kari.follow("Arbeidsgiver")
    kari.fill("Arbeidsgiver", "Mørkved Dagligvare")
    kari.fill("Dato", timezone.localdate() + timedelta(days=2))
    kari.press("Lagre")
    kari.is_told("Avtalen er lagret.")
    kari.sees("Møte med arbeidsgiver: Mørkved Dagligvare")

    days_go_by(2)
    kari.menu("I dag")
    kari.sees("Møte med Mørkved Dagligvare", "for Lykke V.")
    kari.follow("Logg møtet")
    kari.choose("Var en som bestemmer med?", "Ja")
    kari.fill("Om Lykke V.", "De trenger en til å fylle varer om morgenen.")
    kari.press("Lagre")
    kari.is_told("Kontakten er lagret. Den teller som arbeidsgivermøte nummer 1 den uka.")
    kari.menu("Deltakere")
    kari.follow("Lykke Vang")
    has_status(kari, "Jobbutvikling")
    kari.sees("første arbeidsgivermøte, 23 dager etter oppstart", "De trenger en til å fylle varer om morgenen.")


def job_begins(kari: Person) -> None:
    """The job is agreed some days ahead, and begins on its day."""
    days_go_by(8)
    kari.page.reload()
    kari.follow("Ny jobb")
    kari.fill("Arbeidsgiver", "Mørkved Dagligvare")
    kari.fill("Yrke", "9334")
    kari.fill("Stilling", "Varepåfyller")
    kari.fill("Første dag", timezone.localdate() + timedelta(days=5))
    kari.fill("Timer i uka", "15")
    kari.choose("Ansettelse", "Fast")
    kari.choose("Hvordan ble jobben funnet?", "Jobbspesialistens arbeidsgiverkontakt")
    kari.choose("Passer jobben med ønskene?", "Ja")
    kari.press("Lagre")
    kari.is_told("Jobben er lagret.")
    kari.sees("Avtalt", "Ordinært arbeid")
    has_status(kari, "Jobbutvikling")

    days_go_by(5)
    kari.menu("I dag")
    expect(kari.line("Lykke V.")).to_contain_text("Avtalt start hos Mørkved Dagligvare")
    kari.follow("Har begynt? for Lykke V.")
    kari.press("Lagre")
    kari.is_told("Så bra! Jobben har begynt.")
    kari.follow("Til Lykke V.")
    has_status(kari, "I jobb")


def job_goes_on(kari: Person) -> None:
    """Follow-along is asked for after a week; more hours after two months are new terms of the same job."""
    days_go_by(7)
    kari.menu("I dag")
    expect(kari.line("Lykke V.")).to_contain_text("Møtes hver uke den første måneden")
    kari.follow("Logg kontakt for Lykke V.")
    kari.choose("Hvordan?", "Ansikt til ansikt")  # a call closes nothing: the method asks for a meeting
    kari.choose("Hvor?", "Kafé eller ute")
    kari.fill("Om Lykke V.", "Den første uka gikk fint. Kjenner to av de andre nå.")
    kari.press("Lagre")
    kari.is_told("Kontakten er lagret.")
    kari.menu("I dag")
    expect(kari.line("Lykke V.")).not_to_contain_text("Oppfølging i jobb")  # the profile asks for its update still

    days_go_by(53)
    kari.menu("Deltakere")
    kari.follow("Lykke Vang")
    kari.follow("Varepåfyller hos Mørkved Dagligvare")
    kari.follow("Nye vilkår")
    kari.fill("Timer i uka", "25")
    kari.press("Lagre")
    kari.is_told("Vilkårene er lagret.")
    kari.sees("Gjelder nå", "25 timer i uka", "15 timer i uka")


def step_down_and_out(kari: Person) -> None:
    days_go_by(120)
    kari.follow("Til Lykke V.")
    kari.follow("Nedtrapping")
    kari.fill("Hvem tar over?", "Siri Moen")
    kari.fill("Rolle", "behandler")
    kari.fill("Hvordan kommer personen tilbake til deg?", "Ringer Kari hvis noe endrer seg på jobben.")
    kari.press("Lagre")
    kari.is_told("Nedtrappingen er lagret.")
    has_status(kari, "Nedtrapping")

    days_go_by(45)
    kari.page.reload()
    kari.follow("Avslutt perioden")
    kari.sees("Jobb hos Mørkved Dagligvare")  # goes on when the support ends
    kari.pick("Hvorfor?", "Arbeid uten lønnstilskudd")
    kari.fill("Oppsummering", "I fast jobb i butikken i et halvt år.")
    kari.press("Lagre")
    kari.is_told("Perioden er avsluttet.")
    kari.is_at("Deltakere")
    expect(kari.page.get_by_text("Lykke Vang")).to_have_count(0)


def come_back(supervisor: Person, kari: Person, address: str) -> None:
    """The job ends a month later: a new referral, and a new period on the same history."""
    days_go_by(30)
    assert kari.page.goto(address).status == 404
    supervisor.page.goto(address)
    has_status(supervisor, "Avsluttet")
    supervisor.follow("Varepåfyller hos Mørkved Dagligvare")
    supervisor.follow("Slutt på jobben")
    supervisor.fill("Siste dag i jobben", timezone.localdate() - timedelta(days=1))
    supervisor.choose("Hvem avsluttet?", "Arbeidsgiveren")
    supervisor.fill("Hvorfor, og hva lærte dere?", "Butikken la ned. Morgenvakter passet godt.")
    supervisor.choose("Ønsker hen en ny jobb?", "Ja")
    supervisor.press("Lagre")
    supervisor.follow("Til Lykke V.")

    supervisor.follow("Ny henvisning")
    supervisor.choose("Har personen adressesperre", "Nei")
    supervisor.fill("Ønsket om jobb, med personens egne ord", "Vil i gang igjen, gjerne i butikk.")
    supervisor.pick("Hvem henviser?", "Personen selv")
    supervisor.press("Send henvisningen")
    supervisor.is_told("Den nye henvisningen er registrert.")
    supervisor.follow("Tildel jobbspesialist")
    supervisor.choose("Jobbspesialist", "Kari Nilsen")
    supervisor.press("Lagre")
    has_status(supervisor, "Henvist")
    supervisor.follow("Registrer oppstart")
    supervisor.choose("Er personen i jobb nå", "Nei")
    supervisor.press("Lagre")
    has_status(supervisor, "Kartlegging")
    supervisor.sees(f"«{WISH}»", "«Vil i gang igjen, gjerne i butikk.»", "I fast jobb i butikken i et halvt år.")

    kari.page.goto("/i-dag/")
    expect(kari.line("Lykke V.")).to_contain_text("Ny hos deg")
    kari.follow("Lykke V.")
    kari.sees(f"«{GOAL}»", "Sluttet: Varepåfyller hos Mørkved Dagligvare", "Butikken la ned. Morgenvakter passet godt.")


def who_has_looked(supervisor: Person, address: str) -> None:
    supervisor.page.goto(address)
    supervisor.follow("Hvem har sett på dette?")
    supervisor.is_at("Hvem har sett")
    looks = []
    for number in count(1):
        looks += supervisor.page.get_by_role("row").all_inner_texts()
        if not supervisor.page.get_by_role("link", name="Neste").count():
            break
        supervisor.follow("Neste")
        supervisor.page.wait_for_url(f"**side={number + 1}")
    for words in [
        ("Kari Nilsen", "Jobbspesialist", "Så siden om deltakeren", "er jobbspesialist for deltakeren"),
        ("Kari Nilsen", "Jobbspesialist", "Så kartleggingen"),
        ("Marit Dahl", "Metodeveileder", "Så siden om deltakeren", "leder teamet"),
        ("Siri Moen", "Behandler", "Endret henvisningen"),
        ("Siri Moen", "Behandler", "Så kvitteringen for henvisningen"),
    ]:
        assert any(all(word in look for word in words) for look in looks)
    assert not any("Ola Berg" in look for look in looks)


def leader_sees_numbers_only(world, leader: Person, address: str) -> None:
    store_figures(world.bodo.pk, world.today)  # what the worker does at night
    leader.page.goto("/")
    leader.is_at("Tall")
    leader.sees("deltakere i oppfølging")
    seen = [leader.text()]
    leader.menu("Definisjoner")
    leader.is_at("Definisjoner")
    seen.append(leader.text())
    for closed in (address, f"{address}hvem-har-sett/", "/deltakere/", "/henvisninger/", "/team/", "/i-dag/"):
        assert leader.page.goto(closed).status in (403, 404)
        seen.append(leader.text())
    assert not any(name in text for text in seen for name in ("Lykke", "Vang", "Vakker", "Blomst"))


def what_is_stored(world) -> None:
    with as_owner():
        lykke = Participant.objects.get(first_name="Lykke")
        changes = [(change.on, change.status) for change in history(facts_of([lykke.pk])[lykke.pk], world.today)]
        job = Job.objects.get(participant=lykke)
        terms = [(term.hours_per_week, term.form, term.ends_on is None) for term in job.terms.all()]
        ends = [(p.end_reason, p.ends_on) for p in lykke.periods.order_by("starts_on")]
        acts = set(WriteEvent.objects.filter(participant_id=lykke.pk).values_list("action", flat=True))
        readers = set(ReadEvent.objects.filter(participant_id=lykke.pk).values_list("user__name", flat=True))
    ago = [(world.today - on).days for on, _ in changes]
    assert [status for _, status in changes] == [
        Status.REFERRED,
        Status.MAPPING,
        Status.JOB_DEVELOPMENT,
        Status.IN_WORK,
        Status.STEP_DOWN,
        Status.ENDED,
        Status.MAPPING,
    ]
    assert ago == [295, 291, 268, 255, 75, 30, 0]
    assert terms == [(15, "permanent", False), (25, "permanent", False)]
    assert (job.begun, job.ended_by, job.new_search_wished) == (True, "employer", True)
    assert ends == [("work_unsubsidised", world.today - timedelta(days=30)), ("", None)]
    assert {"participant.assigned", "participant.started", "period.ended", "job.begun", "job.ended"} <= acts
    assert readers == {"Kari Nilsen", "Marit Dahl"}
