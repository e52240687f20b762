"""The employers of the made-up places."""

from random import Random

from fotfeste.norway.organisation import make_synthetic_organisation
from fotfeste_web.demo.story.phrases import lines, read
from fotfeste_web.demo.story.world import Employer

SERVICE_OF = {
    "1804": "bodo",
    "1841": "bodo",
    "5501": "tromso",
    "5532": "tromso",
    "3301": "drammen",
    "3312": "drammen",
}
TITLES = {
    "shop": ("butikksjef", "daglig leder"), "kitchen": ("kjøkkensjef", "daglig leder"),
    "school": ("styrer", "daglig leder"), "care": ("avdelingsleder", "enhetsleder"),
    "hotel": ("hotellsjef", "resepsjonssjef"), "workshop": ("verksmester", "eier"),
    "warehouse": ("lagersjef", "skiftleder"), "building": ("byggeleder", "eier"),
}  # fmt: skip


def found_businesses(rng: Random) -> tuple[Employer, ...]:
    """Every business of the list, one in fifteen still without its organisation number."""
    people = [f"{first} {last}" for first in lines("names.first") for last in lines("names.last")]
    trades = read("trades")
    found: list[Employer] = []
    for municipality, by_trade in read("businesses").items():
        for trade, names in by_trade.items():
            for name in names:
                found.append(
                    Employer(
                        key=f"e{len(found) + 1:03}",
                        service=SERVICE_OF[municipality],
                        name=name,
                        trade=trade,
                        occupations=tuple(trades[trade]["occupations"]),
                        municipality=municipality,
                        organisation_number=None if rng.random() < 1 / 15 else make_synthetic_organisation(rng),
                        contact_name=rng.choice(people),
                        contact_title=rng.choice(TITLES.get(trade, ("daglig leder", "eier"))),
                    )
                )
    return tuple(found)
