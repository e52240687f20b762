"""Asking for a file: each leaves its event, and the file is made in the background."""

from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.background.actions import ask
from fotfeste_web.background.models import Work
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Service

from .models import Extract


@action
def ask_for_person(person: Participant, *, code: str, by: User) -> Work:
    """Have all that is kept about a person made into a file, for the person."""
    about = {"participant": str(person.pk), "code": code}
    work = ask("person_export", about=about, by=by, back=reverse("participant", args=[person.pk]))
    record("person.export_asked", subject=person, by=by, code=code)
    return work


@action
def ask_for_extract(service: Service, *, what: str, purpose: str, by: User, **more: str) -> Work:
    """Have data of a service made into files without names, for a purpose that is kept."""
    extract = Extract.objects.create(service=service, what=what, purpose=purpose, asked_by=by)
    work = ask(f"extract_{what}", about={"extract": extract.pk, **more}, by=by, back=reverse("service_export"))
    record("service.extract_asked", subject=extract, by=by, code=what)
    return work
