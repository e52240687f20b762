"""Errors apart from what computes, so that a command that computes nothing need not wait for it."""


class BadDesign(ValueError):
    """A design cannot be computed. ``option`` is what is wrong with it, and ``reason`` why: share, positive, finite,
    whole, missing, needless, method, large, out_of_reach or too_many."""

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(f"{option}: {reason}")
        self.option, self.reason = option, reason


class OtherPeople(LookupError):
    """The allocations are not of the people that a plan and a seed make up; ``person`` is the first without one."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person
