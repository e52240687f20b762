"""What was shared, taken back and given away, on the participant's timeline."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from fotfeste_web.rows.kinds import NAMES, Kind
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.rooms import TimelineItem

from .models import Disclosure, Share


def timeline(participant: Any) -> Iterator[TimelineItem]:
    shares, disclosures = _rows(participant.pk)
    for share in shares:
        yield TimelineItem(
            on=share.starts_on,
            title=f"Delt: {share.get_receiver_role_display()}",
            detail=share.get_ground_display(),
            lines=(_kinds(share.kinds),),
            color="neutral",
            order=3,
        )
        if share.withdrawn_at:
            yield TimelineItem(
                on=timezone.localdate(share.withdrawn_at), title="Deling trukket tilbake", color="neutral", order=3
            )
    for given in disclosures:
        yield TimelineItem(
            on=timezone.localdate(given.given_at),
            title=f"Tekst gitt til {given.receiver}",
            detail=given.get_ground_display(),
            lines=(_kinds(given.kinds),),
            color="neutral",
            order=3,
        )


@together
def _rows(person: Any) -> Lists:
    return Share.objects.filter(participant=person), Disclosure.objects.filter(participant=person)


def _kinds(kinds: list[str]) -> str:
    return ", ".join(NAMES[kind] for kind in Kind if kind in kinds)
