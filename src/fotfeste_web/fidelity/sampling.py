"""Which files are read: ten at random, spread over those who seek, work and have ended lately.

Everybody has a fixed place in the order of one seed, whoever else is there. So a draw can be made again from the seed,
and who comes next when somebody says no is settled before anybody is asked.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain, zip_longest
from uuid import UUID

from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.status import Status, facts_of, status_on

from .models import Group

SIZE = 10
LATELY = timedelta(days=182)  # the scale's window: six months
GROUP_OF = {
    Status.MAPPING: Group.SEEKING,
    Status.JOB_DEVELOPMENT: Group.SEEKING,
    Status.PAUSE: Group.SEEKING,
    Status.IN_WORK: Group.WORKING,
    Status.IN_EDUCATION: Group.WORKING,
    Status.STEP_DOWN: Group.WORKING,
}


def in_order(people: Iterable[UUID], seed: int) -> list[UUID]:
    return sorted(people, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())


def draw(groups: Mapping[Group, Collection[UUID]], seed: int, size: int = SIZE) -> list[tuple[Group, UUID]]:
    """Take one of each group in turn until there are enough. A group that is empty leaves its turns to the others."""
    turns = zip_longest(*([(group, one) for one in in_order(groups.get(group, ()), seed)] for group in Group))
    return [picked for picked in chain.from_iterable(turns) if picked][:size]


def next_after(
    groups: Mapping[Group, Collection[UUID]], seed: int, *, group: Group, drawn: Collection[UUID]
) -> tuple[Group, UUID] | None:
    """Pick for one who said no: the next of the same group, else the next of any."""
    left = [(other, one) for other, one in draw(groups, seed, size=sum(map(len, groups.values()))) if one not in drawn]
    return next((pick for pick in left if pick[0] is group), left[0] if left else None)


def groups_of(service_id: int, today: date) -> dict[Group, list[UUID]]:
    """Sort the participants of a service, as they were on a day, into the groups that files are drawn from."""
    facts = facts_of(Participant.objects.filter(service=service_id).values_list("pk", flat=True))
    groups: dict[Group, list[UUID]] = {group: [] for group in Group}
    for one, known in facts.items():
        status = status_on(known, today)
        ended = max((end for _, end in known.periods if end), default=None)
        if status in GROUP_OF:
            groups[GROUP_OF[status]].append(one)
        elif status is Status.ENDED and ended and ended + LATELY > today:
            groups[Group.ENDED].append(one)
    return groups
