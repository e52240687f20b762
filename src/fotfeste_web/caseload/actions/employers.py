"""What can be done with an employer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Employer
from fotfeste_web.organisations.models import Service


class OrganisationNumberTaken(Exception):
    """Another employer in the service has the organisation number."""


@contextmanager
def _number_is_free() -> Iterator[None]:
    """Tell a number that somebody else took at the same moment from any other fault."""
    try:
        yield
    except IntegrityError as error:
        if "establishment_once_in_service" in str(error):
            raise OrganisationNumberTaken from error
        raise


@action
def add_employer(*, service: Service, by: User, **facts: Any) -> Employer:
    """Add an employer to those that the service shares."""
    with _number_is_free():
        employer = Employer.objects.create(service=service, created_by=by, **facts)
    record("employer.added", subject=employer, by=by, has_number=employer.organisation_number is not None)
    return employer


@action
def change_employer(employer: Employer, *, version: int, by: User, **facts: Any) -> Employer:
    employer = take(employer, version)
    for name, value in facts.items():
        setattr(employer, name, value)
    with _number_is_free():
        employer.save()
    record("employer.changed", subject=employer, by=by, has_number=employer.organisation_number is not None)
    return employer
