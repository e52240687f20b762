"""What is shared of a participant and with whom, and what was given away in writing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant, Referral
from fotfeste_web.rows.kinds import NAMES, Kind
from fotfeste_web.sharing.models import Disclosure, GivenBy, Share
from fotfeste_web.ui.formats import day

ADULT = 18


def is_minor(participant: Participant, today: date) -> bool:
    """Tell whether a guardian speaks for the person: by the year of birth, or as the last referral says."""
    if participant.birth_year:
        return today.year - participant.birth_year < ADULT
    last = Referral.objects.filter(participant=participant).order_by("-received_on").first()
    return last is not None and last.under_18


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTerms:
    """A share in plain words."""

    id: int
    who: str
    role: str
    what: str
    why: str
    until: str
    told: str
    noted: str
    ended: str  # empty while it is live
    ended_why: str

    @classmethod
    def of(cls, share: Share, names: dict[int, str], today: date) -> "ShareTerms":
        body = f", {share.receiver_body.name}" if share.receiver_body else ""
        said = share.guardian if share.given_by == GivenBy.GUARDIAN else share.get_given_by_display()
        return cls(
            id=share.pk,
            who=names.get(share.shared_with_id, "En samarbeidspartner"),
            role=f"{share.get_receiver_role_display()}{body}",
            what=kinds_in_words(share.kinds),
            why=f"{share.get_ground_display()}. {share.purpose}",
            until=f"fra {day(share.starts_on, today)}"
            + (f" til og med {day(share.ends_on, today)}" if share.ends_on else " til det trekkes"),
            told=share.told_how,
            noted=f"Sagt av: {said}. Notert av {names.get(share.shared_by_id, 'en jobbspesialist')}"
            f" {day(timezone.localdate(share.shared_at), today)}",
            ended=_ended(share, today),
            ended_why=share.withdrawn_why,
        )


def kinds_in_words(kinds: list[str]) -> str:
    return ", ".join(NAMES[kind] for kind in Kind if kind in kinds)


def _ended(share: Share, today: date) -> str:
    if share.withdrawn_at:
        return f"Trukket tilbake {day(timezone.localdate(share.withdrawn_at), today)}"
    if share.ends_on and share.ends_on < today:
        return f"Gjaldt til og med {day(share.ends_on, today)}"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesPage:
    participant_id: UUID
    name: str
    live: tuple[ShareTerms, ...]
    ended: tuple[ShareTerms, ...]

    @classmethod
    def of(cls, participant: Participant, today: date) -> "SharesPage":
        terms = shares_of(participant, today)
        return cls(
            participant_id=participant.pk,
            name=str(participant),
            live=tuple(share for share in terms if not share.ended),
            ended=tuple(share for share in terms if share.ended),
        )


def shares_of(participant: Participant, today: date) -> list[ShareTerms]:
    """Give every share of a participant, the newest first."""
    stored = list(
        Share.objects.filter(participant=participant).select_related("receiver_body").order_by("-starts_on", "-pk")
    )
    names = _names({share.shared_with_id for share in stored} | {share.shared_by_id for share in stored})
    return [ShareTerms.of(share, names, today) for share in stored]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    when: str
    where: str
    by: str
    why: str
    what: str
    told: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosuresPage:
    participant_id: UUID
    name: str
    given: tuple[Given, ...]

    @classmethod
    def of(cls, participant: Participant, today: date) -> "DisclosuresPage":
        given = tuple(given_of(participant, today))
        return cls(participant_id=participant.pk, name=str(participant), given=given)


def given_of(participant: Participant, today: date) -> list[Given]:
    """Give every text that was given to another system, the newest first."""
    stored = list(Disclosure.objects.filter(participant=participant).order_by("-given_at"))
    names = _names({one.given_by_id for one in stored})
    return [
        Given(
            when=day(timezone.localdate(one.given_at), today),
            where=f"{one.get_destination_display()}, {one.receiver}",
            by=names.get(one.given_by_id, ""),
            why=f"{one.get_ground_display()}. {one.purpose}",
            what=kinds_in_words(one.kinds),
            told=one.told_how,
            text=one.text,
        )
        for one in stored
    ]


def _names(users: set[int]) -> dict[int, str]:
    """Look names up apart: one that the viewer may not see is left out, and the rest is still there."""
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
