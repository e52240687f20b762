"""The kinds of information about a participant that a share can cover, each by itself."""

from enum import StrEnum


class Kind(StrEnum):
    """What a record about a participant is, for those it may be shared with. Each such table names one."""

    BASIS = "basis"  # who it is and where in the process: comes with every share
    PLAN = "plan"  # goal, wishes, profile, next steps, plan for job search or education
    OPENNESS = "openness"  # what an employer may be told
    WORK = "work"  # jobs, education, job support plan
    CONTACTS = "contacts"  # meetings and what was said in them, outreach, notes, team meetings
    ECONOMY = "economy"  # benefits advice


SHARED_BY_CHOICE = tuple(kind for kind in Kind if kind is not Kind.BASIS)
NAMES = {
    Kind.BASIS: "Hvem det er og hvor i løpet",
    Kind.PLAN: "Mål, ønsker og plan",
    Kind.OPENNESS: "Åpenhet overfor arbeidsgiver",
    Kind.WORK: "Jobb og utdanning",
    Kind.CONTACTS: "Møter og samtaler",
    Kind.ECONOMY: "Økonomisk rådgivning",
}
