"""Meeting requests one at a time, and proving afterwards that every allocation followed from seed and plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fotfeste.trial.plan import Plan
from fotfeste.trial.randomisation.commitment import commitment
from fotfeste.trial.randomisation.records import Allocation, BadRequest, Request, chained, told
from fotfeste.trial.randomisation.schemes import allocate


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The first row that does not follow, by its place from 1. ``expected`` is what would have, empty where the same
    name stood there before."""

    number: int
    request: str
    column: str
    found: str
    expected: str

    @classmethod
    def of(cls, one: Allocation, number: int, column: str, found: str, expected: str) -> "Departure":
        return cls(number=number, request=one.request.request, column=column, found=found, expected=expected)


class DoesNotFollow(ValueError):
    """The allocations so far are not those of this plan and seed; ``departure`` is the first that is not."""

    def __init__(self, departure: Departure) -> None:
        super().__init__(f"{departure.number}, {departure.column}: {departure.found}, not {departure.expected}")
        self.departure = departure


def randomise(
    plan: Plan, seed: bytes, done: Sequence[Allocation], requests: Sequence[Request], *, allocated_at: str
) -> tuple[Allocation, ...]:
    """Meet the requests that were not met before, in order.

    Parameters
    ----------
    plan : Plan
        The plan that the commitment binds.
    seed : bytes
        Its seed.
    done : sequence of Allocation
        Every allocation so far, from the first.
    requests : sequence of Request
        A request that was met before is passed by, so that asking twice gives nobody two arms.
    allocated_at : str
        The moment, as it shall stand in the log.

    Returns
    -------
    tuple of Allocation
        The new ones, to be added to the log.

    Raises
    ------
    DoesNotFollow
        ``done`` is not what plan and seed give: another plan, another seed, or a row that was changed.
    BadRequest
        A request was met before for somebody else or at other levels, or the person was randomised by another request.
        Its ``file`` is left to the caller.
    """
    departure = verify(plan, seed, done)
    if departure:
        raise DoesNotFollow(departure)
    met = {one.request.request: one.request for one in done}
    people = {one.request.person for one in done}
    new: dict[str, Request] = {}  # a request that stands there twice is met once
    for request in requests:
        if request.request in met:
            if met[request.request] != request:
                raise BadRequest("", "other_request", row=request.row, column="request", value=request.request)
        elif request.person in people:
            raise BadRequest("", "person_twice", row=request.row, column="person", value=request.person)
        else:
            new[request.request] = request
    levels = [one.request.levels for one in done] + [request.levels for request in new.values()]
    arms = list(allocate(plan, seed, levels))[len(done) :]
    chain = done[-1].chain if done else commitment(plan, seed)
    made = []
    for number, (request, arm) in enumerate(zip(new.values(), arms, strict=True), start=len(done) + 1):
        one = Allocation(number=number, request=request, allocated_at=allocated_at, arm=arm, chain="")
        chain = chained(seed, chain, told(one))
        made.append(replace(one, chain=chain))
    return tuple(made)


def verify(plan: Plan, seed: bytes, done: Sequence[Allocation]) -> Departure | None:
    """Replay the trial; the first allocation that does not follow from plan and seed, or None.

    What is cut off at the end cannot be seen from the rest: hold the number of rows against the trial's own count.
    """
    chain = commitment(plan, seed)
    requests: set[str] = set()
    people: set[str] = set()
    arms = allocate(plan, seed, (one.request.levels for one in done))
    for number, one in enumerate(done, start=1):
        request = one.request
        if one.number != number:
            return Departure.of(one, number, "number", f"{one.number}", f"{number}")
        for column, name, seen in (("request", request.request, requests), ("person", request.person, people)):
            if name in seen:
                return Departure.of(one, number, column, name, "")
            seen.add(name)
        for factor in plan.factors:
            found = request.levels[factor.column]
            if found not in factor.values:
                return Departure.of(one, number, factor.column, found, ", ".join(factor.values))
        arm = next(arms)
        if one.arm != arm:
            return Departure.of(one, number, "arm", one.arm, arm)
        chain = chained(seed, chain, told(one))
        if one.chain != chain:
            return Departure.of(one, number, "chain", one.chain, chain)
    return None
