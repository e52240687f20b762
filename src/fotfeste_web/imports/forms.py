"""What came in: a spreadsheet, which of our columns each of its is, and a yes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from fotfeste_web.organisations.models import Service

from .examining import table_of
from .kinds import KINDS
from .kinds.kind import Kind
from .matching import missing
from .models import KindOfImport
from .reading import MAX_BYTES, Table, Unusable

ACCEPTED = ".csv,.txt,.tsv,.xlsx"
TOO_LARGE = f"Filen er større enn {MAX_BYTES // 1_000_000} MB. Del den i flere."
NOT_TAKEN = "none"


class FileForm(forms.Form):
    """A corrected file for an import that is under way."""

    file = forms.FileField(
        label="Fil",
        help_text="CSV eller XLSX, høyst 10 MB og 20 000 rader. Overskriftene på første rad.",
        widget=forms.FileInput({"accept": ACCEPTED}),
        allow_empty_file=True,  # said in words of our own
        error_messages={"required": "Velg en fil."},
    )

    def __init__(self, *args: Any, kind: Kind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.content = b""

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        """Open the file: what is no spreadsheet is refused before anything of it is kept."""
        cleaned = super().clean() or self.cleaned_data
        kind = self.kind or KINDS.get(cleaned.get("kind", ""))
        if kind and (file := cleaned.get("file")) and not self.errors:
            self.content = file.read()
            try:
                table_of(self.content, kind)
            except Unusable as reason:
                self.add_error("file", str(reason))
        return cleaned


class UploadForm(FileForm):
    service = forms.ModelChoiceField(Service.objects.none(), label="Tjeneste", empty_label="Velg")
    kind = forms.ChoiceField(
        label="Hva er i filen?",
        choices=KindOfImport.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Velg hva som er i filen."},
    )
    nobody_protected = forms.BooleanField(
        label="Ingen i filen har adressesperre (kode 6 eller 7)",
        required=False,
        help_text="Personer med adressesperre skal ikke stå i Fotfeste. Ta dem ut av filen før du laster den opp.",
    )

    field_order = ("service", "kind", "nobody_protected", "file")

    def __init__(self, *args: Any, services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only_service = services[0] if len(services) == 1 else None
        if self.only_service:
            del self.fields["service"]
        else:
            self.fields["service"].queryset = services

    def clean(self) -> dict[str, Any]:
        """Ask of protected persons before anything is read."""
        about_people = self.cleaned_data.get("kind") != KindOfImport.EMPLOYERS
        if about_people and not self.cleaned_data.get("nobody_protected"):
            self.add_error("nobody_protected", "Bekreft dette først. Er du i tvil, ta personen ut av filen.")
        cleaned = super().clean()
        cleaned.setdefault("service", self.only_service)
        return cleaned


class MatchForm(forms.Form):
    """Which of our columns each of the file's is."""

    def __init__(self, *args: Any, table: Table, kind: Kind, found: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        choices = [(NOT_TAKEN, "Tas ikke med"), *((column.key, column.heading) for column in kind.columns)]
        for place, (heading, key) in enumerate(zip(table.headings, found, strict=True)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or f"Kolonne {place + 1}, uten overskrift", choices=choices, initial=key or NOT_TAKEN
            )

    @property
    def columns(self) -> list[str]:
        return ["" if self.cleaned_data[name] == NOT_TAKEN else self.cleaned_data[name] for name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        labels = {column.key: column.heading for column in self.kind.columns}
        taken: set[str] = set()
        for name, key in list(cleaned.items()):
            if key != NOT_TAKEN and key in taken:
                self.add_error(name, f"To kolonner er valgt som {labels[key]}. Velg én.")
            taken.add(key)
        if not self.errors and (lacking := missing(self.columns, self.kind)):
            raise ValidationError(f"Disse kolonnene må være med: {', '.join(lacking)}.")
        return cleaned


class ConfirmForm(forms.Form):
    looked = forms.BooleanField(
        label="Jeg har sett på det det er tvil om, og det kan hentes inn slik",
        error_messages={"required": "Se på det det er tvil om først."},
    )

    def __init__(self, *args: Any, doubtful: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doubtful:
            del self.fields["looked"]
