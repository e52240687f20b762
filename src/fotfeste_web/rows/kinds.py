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
