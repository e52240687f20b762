"""Employers, shared in the service. Nothing here can be tied to a participant."""

from dataclasses import replace

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import of_work, shown


@pghistory.track()
class Employer(models.Model):
    """A work place. The organisation number is that of the establishment (underenhet), and may come later."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="employers")
    name = models.CharField("navn", max_length=160)
    organisation_number = models.CharField("organisasjonsnummer", max_length=9, null=True, blank=True)
    trade = models.CharField("bransje", max_length=120, blank=True)
    municipality = models.CharField("kommune", max_length=4, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    contact_name = models.CharField("kontaktperson", max_length=120, blank=True)
    contact_role = models.CharField("rolle", max_length=80, blank=True)
    contact_phone = models.CharField("telefon", max_length=20, blank=True)
    needs = models.TextField("hva de trenger", max_length=2000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    # Those who are only shown a person see the names of the work places that the person's records name.
    # As arrays, for the planner: see the contacts.
    _NAMED = (
        f"id = ANY (ARRAY(SELECT employer_id FROM caseload_job WHERE {shown(Kind.WORK)}))"
        " OR id = ANY (ARRAY(SELECT c.employer_id FROM caseload_contact c JOIN caseload_contactparticipant p"
        f" ON p.contact_id = c.id WHERE {shown(Kind.CONTACTS)}))"
    )
    rows = replace(of_work(), seen=f"{of_work().seen} OR {_NAMED}")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "organisation_number"], name="establishment_once_in_service"),
            models.CheckConstraint(
                condition=models.Q(organisation_number__isnull=True)
                | models.Q(organisation_number__regex=r"^[0-9]{9}$"),
                name="organisation_number_of_nine_digits",
            ),
        ]
        indexes = [models.Index(fields=["service", "name"], name="employer_name")]

    def __str__(self) -> str:
        return self.name
