"""Contacts: the meetings, calls and messages of a working day.

A contact is what happened, and names no participant: when, where, with which employer. For whom it was stands in
``ContactParticipant``, with the line that is about that person, and is seen only with the person.
"""

from collections.abc import Collection
from dataclasses import replace

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import USER, WRITABLE, Rows, about_participant, among, shown

from .employers import Employer
from .participants import Participant
from .past import not_ahead


class ContactKind(models.TextChoices):
    START_UP = "start_up", "Oppstartsmøte"
    PARTICIPANT = "participant", "Møte med deltaker"
    EMPLOYER = "employer", "Møte med arbeidsgiver"
    NAV = "nav", "Samarbeid med NAV"
    TREATMENT_TEAM = "treatment_team", "Samarbeid med behandlingsteam"
    OTHER = "other", "Annet"


class ContactStatus(models.TextChoices):
    PLANNED = "planned", "Planlagt"
    HELD = "held", "Gjennomført"
    PARTICIPANT_ABSENT = "participant_absent", "Deltaker møtte ikke"
    CANCELLED = "cancelled", "Avlyst"


class Channel(models.TextChoices):
    IN_PERSON = "in_person", "Ansikt til ansikt"
    PHONE = "phone", "Telefon"
    DIGITAL = "digital", "SMS, e-post eller video"


class Place(models.TextChoices):
    EMPLOYER = "employer", "Hos arbeidsgiver"
    CAFE = "cafe", "Kafé eller ute"
    HOME = "home", "Hjemme hos deltaker"
    SCHOOL = "school", "Skole"
    OTHER = "other", "Annet sted ute"
    TREATMENT_TEAM = "treatment_team", "Hos behandlingsteamet"
    NAV = "nav", "På NAV"
    OWN_OFFICE = "own_office", "Eget kontor"


class Purpose(models.TextChoices):
    GET_TO_KNOW = "get_to_know", "Bli kjent"
    LEARN_NEEDS = "learn_needs", "Lære hva de trenger"
    PROPOSE_PERSON = "propose_person", "Foreslå en person"
    FOLLOW_UP_APPLICATION = "follow_up_application", "Følge opp en søknad"
    JOB_SUPPORT = "job_support", "Støtte i jobben"


class MadeBy(models.TextChoices):
    SPECIALIST = "specialist", "Jobbspesialist"
    PARTICIPANT = "participant", "Deltaker alene"
    BOTH = "both", "Begge"


@pghistory.track()
class Round(models.Model):
    """A round of visits on one day. Travel belongs to the round and counts once."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rounds")
    on = models.DateField("dato")
    travel_minutes = models.PositiveSmallIntegerField("reisetid, minutter", default=0)

    rows = Rows(
        seen=among("service_id", "my_work"),
        added=f"{among('service_id', 'my_work')} AND specialist_id = {USER}",
        changed=f"{among('service_id', 'my_work')} AND specialist_id = {USER}",
    )


_WORK = among("service_id", "my_work")
# Who works with a person works in the service. Those who are only shown one find the contacts through the person, as an
# array: the planner counts the cost of a list of rows again for each contact, and would rather read the whole table.
_SHOWN = f"id = ANY (ARRAY(SELECT contact_id FROM caseload_contactparticipant WHERE {shown(Kind.CONTACTS)}))"
# Own contacts are one's own to change; a colleague's only for those who lead the team or cover for the participant.
_CHANGES = (
    f"{_WORK} AND (specialist_id = {USER} OR {among('service_id', 'my_services')}"
    " OR id IN (SELECT contact_id FROM caseload_contactparticipant WHERE participant_id = ANY"
    " ((SELECT my_participants())::uuid[])))"
)


@pghistory.track()
class Contact(models.Model):
    """One meeting, call or message, planned or held."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="contacts")
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="contacts", verbose_name="jobbspesialist"
    )
    kind = models.CharField("type", max_length=20, choices=ContactKind)
    status = models.CharField("status", max_length=20, choices=ContactStatus, default=ContactStatus.PLANNED)
    on = models.DateField("dato")
    starts_at = models.TimeField("klokka", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("minutter", null=True, blank=True)
    channel = models.CharField("hvordan", max_length=10, choices=Channel, default=Channel.IN_PERSON)
    place = models.CharField("sted", max_length=20, choices=Place, blank=True)
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name="arbeidsgiver"
    )
    met = models.CharField("hvem hos arbeidsgiveren", max_length=120, blank=True)
    decision_maker = models.BooleanField("beslutningstaker til stede", null=True, blank=True)
    purpose = models.CharField("formål", max_length=30, choices=Purpose, blank=True)
    made_by = models.CharField("hvem tok kontakten", max_length=20, choices=MadeBy, default=MadeBy.SPECIALIST)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="contacts")
    summary = models.TextField("kort om møtet, uten personopplysninger", max_length=2000, blank=True)
    logged_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = Rows(
        seen=f"{_WORK} OR {_SHOWN}",
        added=f"{_WORK} AND (specialist_id = {USER} OR {among('service_id', 'my_services')})",
        changed=_CHANGES,
        kind=Kind.CONTACTS,  # through the line that ties it to a person
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="employer") | Q(employer__isnull=False),
                name="employer_meeting_names_employer",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=720), name="contact_at_most_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["specialist", "on"], name="contact_specialist"),
            models.Index(fields=["employer", "on"], name="contact_employer"),
            models.Index(fields=["service", "on"], name="contact_service"),
            models.Index(fields=["specialist", "on"], condition=Q(status="planned"), name="contact_planned"),
        ]
        triggers = [not_ahead("took_place_in_the_past", "on", when="NEW.status IN ('held', 'participant_absent')")]

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Leave them to the moment it is stored: Django would ask the database each of them beforehand."""


@pghistory.track()
class ContactParticipant(models.Model):
    """For whom a contact was, and the line that is about that person."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="for_participants")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="contacts")
    note = models.TextField("notat", max_length=4000, blank=True)

    # A line lets one see the contact, so it can only be tied to a contact of one's own place of work.
    _TIED = f"{WRITABLE} AND is_contact_of_my_work(contact_id)"
    rows = replace(about_participant(Kind.CONTACTS, removable=True), added=_TIED, changed=_TIED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "contact"], name="contact_once_for_a_participant")
        ]
