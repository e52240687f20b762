"""What came in about the plan of a review: its days, who rates, tasks, interviews and observations."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.fidelity.models import Review, ReviewKind, ReviewTask, Source
from fotfeste_web.fidelity.words import ERASED
from fotfeste_web.ui.fields import DateField, FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeTextLine

DAY = timedelta(days=1)
AHEAD, BACK = timedelta(days=2 * 366), timedelta(days=2 * 366)
TOO_FAR = "Datoen er mer enn to år unna. Se etter en tastefeil."
# Two rate an independent review, each alone. A service that looks at itself may have one.
HOW_MANY = {ReviewKind.INDEPENDENT: (2, 2), ReviewKind.SELF: (1, 2)}


class PlanForm(VersionedForm):
    starts_on = DateField(label="Vurderingens første dag")
    last_day = DateField(label="Vurderingens siste dag", help_text="Vanligvis to dager på stedet.")
    period_starts_on = DateField(label="Tall fra og med", help_text="Skalaen ser vanligvis seks måneder tilbake.")
    period_last_day = DateField(label="Tall til og med")
    reviewers = forms.MultipleChoiceField(label="Hvem vurderer?", widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Review
        fields = ("starts_on", "period_starts_on", "version")

    field_order = ("starts_on", "last_day", "period_starts_on", "period_last_day", "reviewers", "version")

    def __init__(self, *args: Any, candidates: Sequence[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extras = {"candidates": candidates, "today": today}
        self.candidates = {str(user.pk): user for user in candidates}
        self.fields["reviewers"].choices = [(key, user.name) for key, user in self.candidates.items()]
        stored = self.instance
        if stored.pk:
            self.initial["last_day"] = stored.ends_on - DAY
            self.initial["period_last_day"] = stored.period_ends_on - DAY
            self.initial["reviewers"] = [str(pk) for pk in stored.reviewers.values_list("user_id", flat=True)]
        least, most = HOW_MANY[ReviewKind(stored.kind)]
        self.fields["reviewers"].help_text = (
            "To, som vurderer hver for seg og så blir enige."
            if least == most
            else "En eller to av dere. To ser mer, og kan måle hvor enige dere er."
        )
        for name in ("starts_on", "last_day", "period_starts_on", "period_last_day"):
            between(self.fields[name], earliest=(today - BACK, TOO_FAR), latest=(today + AHEAD, TOO_FAR))

    def filled_from(self, record: Review) -> "PlanForm":
        return type(self)(instance=record, **self.extras)

    def clean_reviewers(self) -> list[User]:
        chosen = [self.candidates[key] for key in self.cleaned_data["reviewers"]]
        least, most = HOW_MANY[ReviewKind(self.instance.kind)]
        if not least <= len(chosen) <= most:
            raise forms.ValidationError("Velg to." if least == most else "Velg en eller to.")
        return chosen

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("last_day")
        begins, ends = values.get("period_starts_on"), values.get("period_last_day")
        if first and last and last < first:
            self.add_error("last_day", "Siste dag kan ikke være før første dag.")
        if begins and ends and ends < begins:
            self.add_error("period_last_day", "Perioden kan ikke slutte før den begynner.")
        if last and ends and ends > last:
            self.add_error("period_last_day", "Perioden kan ikke slutte etter vurderingens siste dag.")
        return values

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["ends_on"] = values.pop("last_day") + DAY
        values["period_ends_on"] = values.pop("period_last_day") + DAY
        return values


class TaskForm(VersionedForm):
    due_on = DateField(label="Frist")
    done_on = DateField(label="Gjort", required=False, help_text="La stå tomt så lenge det ikke er gjort.")

    class Meta:
        model = ReviewTask
        fields = ("due_on", "done_on", "version")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        between(self.fields["due_on"], earliest=(today - BACK, TOO_FAR), latest=(today + AHEAD, TOO_FAR))
        between(
            self.fields["done_on"],
            earliest=(today - BACK, TOO_FAR),
            latest=(today, "Datoen kan ikke være etter i dag."),
        )

    def filled_from(self, record: ReviewTask) -> "TaskForm":
        return type(self)(instance=record, today=self.today)


class SourceForm(VersionedForm):
    """An interview, an observation, a document. The note is for those who rate alone."""

    code = forms.ChoiceField(label="Hva slags kilde?", choices=Source._meta.get_field("code").choices, widget=Chips)
    what = FreeTextField(
        label="Hva",
        max_length=200,
        widget=FreeTextLine,
        help_text="For eksempel behandlingsteamets møte, eller intervju med tre deltakere. Aldri navn på deltakere.",
    )
    on = DateField(label="Dato", required=False)
    note = FreeTextField(label="Notat", max_length=4000, required=False, help_text=ERASED)

    class Meta:
        model = Source
        fields = ("code", "role", "what", "on", "held", "version")

    def __init__(self, *args: Any, today: date, note: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extras = {"today": today, "note": note}
        self.fields["role"].label = "Hvem, etter rolle"
        self.fields["held"].label = "Gjennomført"
        between(self.fields["on"], earliest=(today - BACK, TOO_FAR), latest=(today + AHEAD, TOO_FAR))
        if note is None:  # one who plans and does not rate
            del self.fields["note"]
        else:
            self.initial["note"] = note

    def filled_from(self, record: Source) -> "SourceForm":
        return type(self)(instance=record, **self.extras)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        on = values.get("on")
        if values.get("held") and on and on > self.extras["today"]:
            self.add_error("on", "Det som er gjennomført, kan ikke ha en dato fram i tid.")
        if values.get("held") and not on and "on" not in self.errors:
            self.add_error("on", "Si hvilken dag det var.")
        return values

    def values(self) -> dict[str, Any]:
        return {"note": None} | super().values()
