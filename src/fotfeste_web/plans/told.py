"""What others are told of the profile and the support in work: another system's file, and the person's own plan."""

from collections.abc import Collection, Iterator

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.ui.rooms import Card, CardLine, Passage

from .models import CareerProfile, SupportMeasure, SupportPlan
from .sections import SECTIONS

PROFILE, SUPPORT = "Karriereprofil", "Jobbstøtteplan"


def passages(participant: Participant, kinds: Collection[str]) -> Iterator[Passage]:
    if Kind.PLAN in kinds and (profile := CareerProfile.objects.filter(participant=participant).first()):
        for section in SECTIONS.values():
            words = " ".join(filter(None, (_value(profile, name) for name in section.fields)))
            if words:
                yield Passage(
                    key=f"profile-{section.key}",
                    kind=Kind.PLAN,
                    heading=PROFILE,
                    text=f"{section.title}: {words}",
                    author=profile.updated_by_id,
                )
    if Kind.WORK in kinds and (plan := SupportPlan.objects.filter(participant=participant).first()):
        for key, line in _support(participant, plan):
            text = f"{line.text}. {line.detail}"
            yield Passage(key=key, kind=Kind.WORK, heading=SUPPORT, text=text, author=plan.updated_by_id)


def own_plan(participant: Participant) -> Iterator[Card]:
    plan = SupportPlan.objects.filter(participant=participant).first()
    if plan is not None and (lines := tuple(line for _, line in _support(participant, plan))):
        yield Card(title="Det som hjelper på jobb", lines=lines)


def _support(participant: Participant, plan: SupportPlan) -> Iterator[tuple[str, CardLine]]:
    """Give each line with a key that says nothing: it stands in an address."""
    for measure in SupportMeasure.objects.filter(participant=participant, until_version=None).order_by("pk"):
        how = (measure.get_moment_display(), measure.get_by_whom_display(), measure.where, measure.how_often)
        yield f"support-{measure.pk}", CardLine(text=measure.what, detail=" · ".join(filter(None, how)))
    if plan.early_signs:
        yield "support-signs", CardLine(text=f"Tidlige tegn: {plan.early_signs}", detail=plan.early_signs_then)


def _value(profile: CareerProfile, name: str) -> str:
    field = profile._meta.get_field(name)
    return getattr(profile, f"get_{name}_display")() if field.choices else getattr(profile, name)
