from django import forms

from .results_page import newest

FIRST = "job_rate_quarter"


class ComparisonForm(forms.Form):
    """Which figure is unfolded, and which beside it: from the address, so that a page can be found again."""

    tall = forms.ChoiceField(required=False, choices=lambda: [(one.id, one.name_nb) for one in newest()])
    ved = forms.ChoiceField(required=False, choices=lambda: [("", ""), *((one.id, one.name_nb) for one in newest())])

    def chosen(self) -> dict[str, str]:
        return {"first": self.cleaned_data["tall"] or FIRST, "second": self.cleaned_data["ved"]}
