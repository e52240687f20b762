"""The career profile: its sections, the jobs held before, and how far it has come."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant, WishedOccupation, Wishes
from fotfeste_web.caseload.pages.jobs import occupation_name
from fotfeste_web.caseload.pages.plans import WISHES, label_of, text_of
from fotfeste_web.caseload.status import facts_of
from fotfeste_web.plans.due import job_to_learn_from
from fotfeste_web.plans.forms.months import in_words
from fotfeste_web.plans.forms.profile import section_form
from fotfeste_web.plans.models import CareerProfile, HeldJob
from fotfeste_web.plans.progress import missing, progress_of
from fotfeste_web.plans.sections import SECTIONS, Section
from fotfeste_web.ui.formats import clock, count, day, number
from fotfeste_web.ui.versioned import VersionedForm

Fact = tuple[str, str]
HELD = ("industry", "duties", "found_how", "liked", "disliked", "support_used", "why_ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPart:
    section: Section
    facts: tuple[Fact, ...]  # for those who only read
    form: VersionedForm | None  # for those who write


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldJobLine:
    id: int
    title: str
    when: str
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, job: HeldJob) -> "HeldJobLine":
        hours = f"{number(job.hours_per_week.normalize())} timer i uka" if job.hours_per_week else ""
        span = " – ".join(filter(None, [in_words(job.started), in_words(job.ended)]))
        return cls(
            id=job.pk,
            title=f"{job.title}, {job.work_place}" if job.work_place else job.title,
            when=" · ".join(filter(None, [span, hours])),
            facts=facts_in(job, HELD),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    participant: Participant
    parts: tuple[SectionPart, ...]
    wishes: tuple[Fact, ...]
    held_jobs: tuple[HeldJobLine, ...]
    sub: str
    progress: str
    update_asked: str  # a job that began or ended since the profile was saved
    versions: bool
    may_write: bool
    refused: VersionedForm | None

    @classmethod
    def of(
        cls, participant: Participant, *, may_write: bool, today: date, refused: tuple[str, VersionedForm] | None = None
    ) -> "ProfilePage":
        """``refused``: the section whose form was sent and not saved, with what was typed in it."""
        stored = CareerProfile.objects.filter(participant=participant).first()
        profile = stored or CareerProfile(participant=participant, version=0)
        return cls(
            participant=participant,
            parts=tuple(_part(section, profile, may_write, refused) for section in SECTIONS.values()),
            wishes=_wishes(participant),
            held_jobs=tuple(
                HeldJobLine.of(job)
                for job in HeldJob.objects.filter(participant=participant).order_by("-started", "-pk")
            ),
            sub=_saved(stored, today) if stored else "Ikke begynt ennå",
            progress=_progress(participant, profile, today),
            update_asked=_update_asked(participant, stored, today) if may_write else "",
            versions=profile.version > 1,
            may_write=may_write,
            refused=refused[1] if refused else None,
        )


def facts_in(record: CareerProfile | HeldJob, names: tuple[str, ...]) -> tuple[Fact, ...]:
    """What is written in these fields, each with its label."""
    given = ((label_of(record, name), text_of(record, name)) for name in names)
    return tuple((label, text) for label, text in given if text)


def _part(
    section: Section, profile: CareerProfile, may_write: bool, refused: tuple[str, VersionedForm] | None
) -> SectionPart:
    form = None
    if refused and refused[0] == section.key:
        form = refused[1]
    elif may_write:
        form = section_form(section)(instance=profile, auto_id=f"id_{section.key}_%s")
    return SectionPart(section=section, facts=facts_in(profile, section.fields), form=form)


def _wishes(participant: Participant) -> tuple[Fact, ...]:
    wishes = Wishes.objects.filter(participant=participant).first()
    if wishes is None:
        return ()
    wished = (
        WishedOccupation.objects.filter(participant=participant).order_by("order").values_list("styrk08", flat=True)
    )
    occupations = ", ".join(occupation_name(code) for code in wished)
    facts = [(label_of(wishes, name), text_of(wishes, name)) for name in WISHES]
    return tuple((label, text) for label, text in [facts[0], ("Yrker", occupations), *facts[1:]] if text)


def _saved(profile: CareerProfile, today: date) -> str:
    name = User.objects.filter(pk=profile.updated_by_id).values_list("name", flat=True).first()
    at = timezone.localtime(profile.updated_at)
    return f"Sist lagret {day(at, today)} kl. {clock(at)}" + (f" av {name}" if name else "")


def _progress(participant: Participant, profile: CareerProfile, today: date) -> str:
    progress = progress_of([participant.pk]).get(participant.pk)
    if progress is None:
        return ""
    sessions = count(len(progress.sessions), "økt", "økter")
    if progress.complete_on and progress.sessions_until_complete:
        taken = count(progress.sessions_until_complete, "økt", "økter")
        return f"Ferdig utfylt {day(progress.complete_on, today)}, etter {taken}. Skrevet i {sessions} i alt."
    left = ", ".join(section.title for section in missing(profile))
    return f"Skrevet i {sessions} så langt. Ingenting står ennå om: {left}."


def _update_asked(participant: Participant, profile: CareerProfile | None, today: date) -> str:
    saved_on = timezone.localdate(profile.updated_at) if profile else None
    job = job_to_learn_from(facts_of([participant.pk])[participant.pk], saved_on, today)
    if job is None:
        return ""
    on, ended = job
    what = f"En jobb {'sluttet' if ended else 'begynte'} {day(on, today)}."
    return f"{what} Skriv det dere lærte, og lagre en del av profilen."
