"""Draw the files to read, write down what each person answered, and what was found."""

from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.fidelity.models import Answer, Review, SampledFile
from fotfeste_web.fidelity.sampling import draw, groups_of, next_after

from .planning import write_note


@action
def draw_files(review: Review, *, seed: int, on: date, by: User) -> list[SampledFile]:
    """Draw once; the seed and the day are kept, so that the draw can be made again."""
    review.seed, review.drawn_on = seed, on
    review.save(update_fields=["seed", "drawn_on"])
    drawn = SampledFile.objects.bulk_create(
        SampledFile(review=review, participant_id=one, group=group, place=place, closes_on=review.closes_on)
        for place, (group, one) in enumerate(draw(groups_of(review.service_id, on), seed), start=1)
    )
    record("review.files_drawn", subject=review, by=by, seed=seed, drawn=len(drawn))
    return drawn


@action
def answer_for(file: SampledFile, *, answer: str, on: date, by: User) -> SampledFile | None:
    """Write down what a person answered. After a no the next is drawn; answers with who that is."""
    file.answer, file.answered_on = answer, on if answer else None
    file.save()
    record("review.file_answered", subject=file, by=by, answer=answer)
    return _next(file.review, file) if answer == Answer.NO else None


def _next(review: Review, said_no: SampledFile) -> SampledFile | None:
    assert review.seed is not None
    assert review.drawn_on is not None
    places = dict(review.files.values_list("participant_id", "place"))
    groups = groups_of(review.service_id, review.drawn_on)
    picked = next_after(groups, review.seed, group=said_no.group, drawn=places.keys())
    if picked is None:
        return None
    group, one = picked
    return SampledFile.objects.create(
        review=review, participant_id=one, group=group, place=max(places.values()) + 1, closes_on=review.closes_on
    )


@action
def note_file(file: SampledFile, *, answers: dict[str, str], text: str, by: User) -> None:
    """Write what was found in a file: the reviewer who read it, or the service without a name."""
    write_note(file.review, file=file, answers=answers, text=text, by=by)
    record("review.file_noted", subject=file.review, by=by, file=file.pk)
