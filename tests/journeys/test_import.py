"""A service moves in on a Tuesday afternoon: from a spreadsheet with bad rows to the today page of a job specialist."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

from playwright.sync_api import expect

from fotfeste_web.background.doing import do
from fotfeste_web.background.models import State, Work
from fotfeste_web.caseload.models import Participant
from tests.database import as_owner
from tests.journeys.conftest import DESK
from tests.journeys.person import Person

WISH = "Vil stelle dyr."


def lines(world) -> list[tuple[str, ...]]:
    """As the service has it: headings of its own, a day that does not exist, a colleague that nobody knows."""
    received, started = (f"{world.today - timedelta(days=ago):%d.%m.%y}" for ago in (20, 10))
    return [
        ("Navn", "Født", "Mob.", "Henvisningsdato", "Henviser", "Jobbønske", "IPS-jobbspesialist", "Oppstartsdato",
         "Jobb ved oppstart", "Skonummer"),
        ("Morgen, Lykke", "1990", "90000001", received, "DPS", WISH, "Kari Nilsen", started, "nei", "38"),
        ("Elv, Rolig", "12.03.85", "", "31.02.2026", "selv", WISH, "Kari Nilsen", "", "", "44"),
        ("Furu, Glad", "1979", "", received, "NAV", WISH, "Kari", "", "", "41"),
    ]  # fmt: skip


def as_excel_writes_it(rows: list[tuple[str, ...]]) -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp1252")


def test_a_service_moves_in_from_a_spreadsheet(world, browser_page):
    marit = Person(browser_page(world.supervisor, width=DESK))
    marit.page.goto("/i-dag/")
    sends_the_file(marit, as_excel_writes_it(lines(world)))
    matches_the_columns(marit)
    the_worker_works()
    goes_on(marit)
    marit.sees("Må rettes", "Denne datoen finnes ikke.", "Fant ingen jobbspesialist i tjenesten med dette navnet nå.")
    assert people() == 3  # those of the world: nothing is stored

    corrected = corrects(downloads(marit), world)
    marit.field("Fil").set_input_files({"name": "rettet.csv", "mimeType": "text/csv", "buffer": corrected})
    marit.press("Les den rettede filen")
    marit.press("Kontroller alle radene")
    the_worker_works()
    goes_on(marit)
    marit.press("Hent inn 3 deltakere")
    the_worker_works()
    marit.page.reload()
    marit.sees("3 deltakere er hentet inn.")
    marit.follow("Gå videre")
    marit.sees("Hentet inn av Marit Dahl i dag", "Angre")

    kari = Person(browser_page(world.specialist))
    kari.page.goto("/i-dag/")
    expect(kari.page.get_by_role("main")).to_contain_text("Lykke M.")


def sends_the_file(marit: Person, content: bytes) -> None:
    marit.menu("Hent inn fra regneark")
    marit.choose("Hva er i filen?", "Deltakere")
    marit.field("Ingen i filen har adressesperre (kode 6 eller 7)").check()
    marit.field("Fil").set_input_files({"name": "våre folk.csv", "mimeType": "text/csv", "buffer": content})
    marit.press("Les filen")


def matches_the_columns(marit: Person) -> None:
    marit.is_at("Kolonner")
    marit.sees("Disse kolonnene kjenner vi ikke igjen, og de tas ikke med: Mob., Skonummer.", "Morgen, Lykke")
    marit.pick("Mob.", "Telefon")
    marit.press("Kontroller alle radene")


def the_worker_works() -> None:
    with as_owner():
        waiting = list(Work.objects.filter(state=State.WAITING).values_list("pk", "asked_by"))
    assert waiting
    for work, person in waiting:
        do(work, person)


def goes_on(marit: Person) -> None:
    marit.page.reload()
    marit.follow("Gå videre")
    marit.is_at("Deltakere fra regneark")


def downloads(marit: Person) -> str:
    with marit.page.expect_download() as download:
        marit.follow("Last ned filen med en kolonne for feil")
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def corrects(text: str, world) -> bytes:
    """Correct what the last column says, and leave the column where it is."""
    head, *rows = csv.reader(StringIO(text), delimiter=";")
    assert head[-1] == "Feil"
    assert [bool(row[-1]) for row in rows] == [False, True, True]
    rows[1][head.index("Henvisningsdato")] = f"{world.today - timedelta(days=3):%d.%m.%Y}"
    rows[2][head.index("IPS-jobbspesialist")] = "Kari Nilsen"
    return as_excel_writes_it([head, *rows])


def people() -> int:
    with as_owner():
        return Participant.objects.count()
