"""The records round one person's way from a wish to work to a job."""

from .contacts import (
    Channel,
    Contact,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    MadeBy,
    Place,
    Purpose,
    Round,
)
from .employers import Employer
from .jobs import FoundHow, Job, JobEndedBy, OpennessUsed, Support, Term, TermForm
from .participants import Participant
from .phases import (
    EDUCATION_AHEAD,
    EDUCATION_OVER,
    Assignment,
    Education,
    EducationLevel,
    EducationState,
    EndReason,
    Pause,
    Period,
    StepDown,
    StudyForm,
)
from .plans import AskedOf, MayContact, NextStep, Openness, WishedOccupation, Wishes
from .referrals import NotOfferedReason, Referral, ReferralOutcome, ReferralSource

__all__ = [
    "EDUCATION_AHEAD",
    "EDUCATION_OVER",
    "AskedOf",
    "Assignment",
    "Channel",
    "Contact",
    "ContactKind",
    "ContactParticipant",
    "ContactStatus",
    "Education",
    "EducationLevel",
    "EducationState",
    "Employer",
    "EndReason",
    "FoundHow",
    "Job",
    "JobEndedBy",
    "MadeBy",
    "MayContact",
    "NextStep",
    "NotOfferedReason",
    "Openness",
    "OpennessUsed",
    "Participant",
    "Pause",
    "Period",
    "Place",
    "Purpose",
    "Referral",
    "ReferralOutcome",
    "ReferralSource",
    "Round",
    "StepDown",
    "StudyForm",
    "Support",
    "Term",
    "TermForm",
    "WishedOccupation",
    "Wishes",
]
