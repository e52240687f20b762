"""How long Enhetsregisteret's file takes to read: a made-up one of a million rows, in the two forms it is published in.

python -m benchmarks.establishments --rows 1000000 --form json    (one JSON line for each: seconds, memory, a search)
"""

import argparse
import gzip
import json
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.homes import home
from fotfeste.norway.codes import municipalities
from fotfeste.norway.organisation import make_synthetic_organisation

NUMBER, NAME, STAFF, PLACE = "organisasjonsnummer", "navn", "antallAnsatte", "beliggenhetsadresse.kommunenummer"
WORDS = (
    "NORD", "SØR", "SALTEN", "FJELL", "HAV", "KYST", "DAL", "BY", "TORG", "BRYGGE", "VEST", "ØST", "STOR", "LILLE",
)  # fmt: skip
TRADES = ("BAKERI", "KAFÉ", "VERKSTED", "RENHOLD", "TRANSPORT", "BYGG", "FRISØR", "SKOLE", "REGNSKAP", "FISK")
SEARCHES = ("bakeri", "salten kafé", "nordmann 77", "lille verksted 1234")


def units(rows: int) -> Iterator[dict[str, object]]:
    """About as many signs a row as the register has, and two in three without staff."""
    rng, places = random.Random(4), [code.code for code in municipalities().current]
    for row in range(rows):
        staff = rng.choice((0, 0, rng.randrange(1, 60)))
        place = rng.choice(places)
        yield {
            "organisasjonsnummer": make_synthetic_organisation(rng),  # a few come twice, and are one
            "navn": f"{rng.choice(WORDS)} {rng.choice(TRADES)} {rng.choice(WORDS)} {row}",
            "organisasjonsform": {"kode": "BEDR", "beskrivelse": "Underenhet til næringsdrivende og forvaltning"},
            "naeringskode1": {"kode": "10.710", "beskrivelse": "Produksjon av brød og ferske konditorvarer"},
            "harRegistrertAntallAnsatte": staff > 4,
            "antallAnsatte": staff,
            "postadresse": {"adresse": ["Postboks 1"], "postnummer": "8001", "kommunenummer": place, "land": "Norge"},
            "beliggenhetsadresse": {"adresse": ["Storgata 1"], "postnummer": "8001", "kommunenummer": place},
            "registreringsdatoEnhetsregisteret": "2010-01-01",
            "overordnetEnhet": "300000000",
        }


def write(file: Path, rows: int) -> Path:
    """Write the rows as JSON or as CSV, as the name of the file says."""
    with gzip.open(file, "wt", compresslevel=1) as out:
        if ".json" in file.name:
            out.write("[")
            out.writelines(f"{',' if number else ''}{json.dumps(unit)}" for number, unit in enumerate(units(rows)))
            out.write("]")
        else:
            names = (NUMBER, NAME, STAFF, PLACE)
            out.write(",".join(f'"{name}"' for name in names) + "\n")
            for unit in units(rows):
                place = unit["beliggenhetsadresse"]["kommunenummer"]  # type: ignore[index]
                out.write(f'"{unit[NUMBER]}","{unit[NAME]}","{unit[STAFF]}","{place}"\n')
    return file


def measure(rows: int, form: str) -> None:
    from fotfeste_web.config.embedded import start

    with home(FOTFESTE_ROLE="owner", FOTFESTE_SYNTHETIC_ONLY="1") as folder, start(folder):
        import django
        from django.core.management import call_command

        django.setup()
        from fotfeste_web.establishments.models import Establishment
        from fotfeste_web.establishments.reading import read
        from fotfeste_web.establishments.storing import store

        call_command("migrate", verbosity=0)
        file = write(folder / f"underenheter.{form}.gz", rows)
        for what in ("first", "again"):
            began, work = time.perf_counter(), time.process_time()
            counted = store(read(file))
            seconds, work = time.perf_counter() - began, time.process_time() - work
            told = {"form": form, "time": what, "rows": counted.read, "kept": counted.kept}
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            told |= {"seconds": round(seconds, 1), "seconds_of_work_here": round(work, 1), "megabytes": memory}
            print(json.dumps(told), flush=True)
        for text in SEARCHES:
            began = time.perf_counter()
            found = len(Establishment.objects.sought(text))
            milliseconds = round(1000 * (time.perf_counter() - began), 1)
            print(json.dumps({"search": text, "found": found, "milliseconds": milliseconds}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--form", choices=("json", "csv"), default="json")
    measure(**vars(parser.parse_args()))
