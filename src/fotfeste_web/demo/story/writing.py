"""Drafts become contacts: in the order of days, with times that do not collide, rounds and words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from random import Random

from fotfeste_web.demo.story.drafts import Draft
from fotfeste_web.demo.story.phrases import Phrases, read
from fotfeste_web.demo.story.world import Contact, Employer, Round

QUIET = {  # how often nobody wrote a line, by where the line would come from
    "team.treatment_team": 0.6, "team.other": 0.6, "search.phone": 0.25, "work.phone": 0.25,
    "search.absent": 0.3, "search.cancelled": 0.3,
    "search.employer_cancelled": 0.3,
}  # fmt: skip

PUBLIC = ("employer", "treatment_team", "other")  # what is written of these can be tied to nobody ...
ABOUT_A_PERSON = ("employers.support", "employers.application", "search.alone")  # ... except this


@dataclass
class Diary:
    """When each specialist is busy, in minutes after midnight."""

    rng: Random
    busy: dict[tuple[str, date], list[tuple[int, int]]] = field(default_factory=dict)

    def book(self, specialist: str, on: date, minutes: int, at: int | None = None) -> time:
        taken = self.busy.setdefault((specialist, on), [])
        if at is None:
            day = list(range(8 * 60 + 30, 16 * 60 - minutes, 15))
            turn = self.rng.randrange(len(day))
            day = day[turn:] + day[:turn]
            day += range(16 * 60, 20 * 60, 15)  # a full day goes on into the evening
            at = next(start for start in day if all(start + minutes <= b or e <= start for b, e in taken))
        taken.append((at, at + minutes))
        return time(at // 60, at % 60)


@dataclass(kw_only=True)
class Pen:
    rng: Random
    phrases: Phrases
    employers: tuple[Employer, ...]
    team_names: dict[str, str]
    visits: Counter[str] = field(default_factory=Counter)
    rounds: dict[tuple, Round] = field(default_factory=dict)

    def write_up(self, drafts: Iterable[Draft]) -> tuple[Contact, ...]:
        diary = Diary(self.rng)
        ordered = sorted(drafts, key=lambda d: (d.on, d.at is None, d.specialist))
        return tuple(self._contact(n, draft, diary) for n, draft in enumerate(ordered, 1))

    def _contact(self, number: int, draft: Draft, diary: Diary) -> Contact:
        rng = self.rng
        minutes = draft.minutes or rng.choice((20, 30, 30, 45) if draft.kind == "employer" else (30, 45, 45, 60))
        purpose, texts = draft.purpose, draft.texts
        if draft.employer and draft.kind == "employer" and draft.status != "cancelled":
            self.visits[draft.employer.key] += draft.status == "held"
            if purpose is None:
                purpose, texts = self._cup(draft, self.visits[draft.employer.key])
        held = draft.status == "held"
        private = draft.kind not in PUBLIC or texts in ABOUT_A_PERSON
        participants = ((draft.way.participant.key,) if draft.way else ()) + draft.more_participants
        text = self._text(draft, texts, participants)
        return Contact(
            key=f"c{number:05}",
            service=draft.service,
            specialist=draft.specialist,
            kind=draft.kind,
            status=draft.status,
            on=draft.on,
            starts_at=diary.book(draft.specialist, draft.on, minutes, draft.at),
            minutes=minutes,
            channel="digital" if draft.channel == "phone" and "SMS" in text else draft.channel,
            place=draft.place,
            by=draft.by,
            participants=participants,
            colleagues=draft.colleagues,
            employer=draft.employer.key if draft.employer else None,
            decision_maker=held
            and draft.kind == "employer"
            and rng.random() < (0.3 if draft.by == "participant" else 0.6),
            purpose=purpose,
            round=self._round(number, draft),
            summary="" if private else text,
            note=text if private else "",
        )

    def _cup(self, draft: Draft, visit: int) -> tuple[str, str]:
        """Three cups of tea: be known, learn what they need, propose. After that one keeps in touch."""
        if draft.status == "planned":
            return "learn_needs", draft.texts
        if visit <= 2:
            return (("get_to_know", "employers.first"), ("learn_needs", "employers.second"))[visit - 1]
        if visit == 3:
            return "propose_person", "employers.third"
        if draft.way:
            return "propose_person", "employers.propose"
        return self.rng.choice(("learn_needs", "get_to_know")), "employers.again"

    def _round(self, number: int, draft: Draft) -> str | None:
        """Employers visited on one day are one round; any other trip is a round of its own."""
        outside = draft.channel == "in_person" and draft.place != "own_office" and draft.by != "participant"
        if not outside or draft.status not in ("held", "participant_absent"):
            return None
        trip = (draft.specialist, draft.on, "employers" if draft.kind == "employer" else number)
        if trip not in self.rounds:
            self.rounds[trip] = Round(
                key=f"r{len(self.rounds) + 1:05}",
                specialist=draft.specialist,
                on=draft.on,
                travel_minutes=self.rng.choice((10, 15, 20, 20, 30, 40, 60)),
            )
        return self.rounds[trip].key

    def _text(self, draft: Draft, texts: str, participants: tuple[str, ...]) -> str:
        if draft.status != "planned" and self.rng.random() < QUIET.get(texts, 0.1):
            return ""
        owners = (*participants, *((draft.employer.key,) if draft.employer else ())) or (draft.specialist,)
        return self.phrases.pick(texts, *owners, on=draft.on, **self._slots(draft))

    def _slots(self, draft: Draft) -> dict[str, str]:
        rng, way, employer = self.rng, draft.way, draft.employer
        if employer is None and way:
            job = way.job_on(draft.on)
            near = [e for e in self.employers if e.service == draft.service]
            suited = [e for e in near if e.key == job.employer] if job else [e for e in near if e.trade in way.trades]
            employer = rng.choice(suited or near)
        job = way.job_on(draft.on) if way else None
        in_job = (draft.on - job.starts_on).days if job else 0
        trade = read("trades")[employer.trade if employer else rng.choice(list(read("trades")))]
        team = way.referral.team if way else None
        return {
            "task": rng.choice(trade["tasks"]),
            "branch": trade["name"],
            "employer": employer.name if employer else "arbeidsgiver",
            "contact_title": employer.contact_title if employer else "leder",
            "team": self.team_names[team] if team else "teamet",
            "taker": "behandler",
            "week": str(in_job // 7 + 1),
            "months": str(max(2, in_job // 30)),
        }
