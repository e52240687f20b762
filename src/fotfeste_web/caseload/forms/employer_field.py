"""The one field in which an employer is picked or named."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError

from fotfeste_web.caseload.alphabet import norwegian
from fotfeste_web.caseload.models import Employer
from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.widgets import Overridable, Suggest


class SuggestText(Overridable, Suggest):
    """Free text with suggestions."""


class EmployerField(FreeTextField):
    """A work place of the service by its name or number, or a name that nobody has written before."""

    widget = SuggestText
    default_error_messages = {
        "required": "Velg fra forslagene, eller skriv navnet på en ny.",
        "several": "Flere arbeidsgivere heter dette. Velg den rette fra forslagene.",
    }
    known: dict[str, Employer] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Arbeidsgiver", max_length=160, **kwargs)

    def of_service(self, service_id: int) -> None:
        """Offer the employers of a service; those of one name are told apart by address or number."""
        named = Employer.objects.filter(service_id=service_id).only("name", "address", "organisation_number")
        employers = list(named.order_by(norwegian("name"), "pk"))
        names = Counter(employer.name.casefold() for employer in employers)
        self.known = {
            e.name if names[e.name.casefold()] == 1 else f"{e.name}, {e.address or e.organisation_number or e.pk}": e
            for e in employers
        }
        self.widget.suggestions = list(self.known)

    def clean(self, value: Any) -> Employer | str:
        text = " ".join(super().clean(value).split())
        sought = text.casefold()
        found = [employer for label, employer in self.known.items() if label.casefold() == sought]
        found = found or [e for e in self.known.values() if sought in (e.name.casefold(), e.organisation_number)]
        if len(found) > 1:
            raise ValidationError(self.error_messages["several"], code="several")
        return found[0] if found else text

    def label_of(self, employer: Employer | None) -> str:
        return next((name for name, known in self.known.items() if known == employer), "")
