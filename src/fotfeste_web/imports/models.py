"""A spreadsheet on its way in: what it holds, how far it has come, and its file for as long as it is needed."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import USER, Rows, among

_LEADS = among("service_id", "my_services")


class KindOfImport(models.TextChoices):
    PARTICIPANTS = "participants", "Deltakere"
    EMPLOYERS = "employers", "Arbeidsgivere"
    MEETINGS = "meetings", "Møter"
    JOBS = "jobs", "Jobber"


class State(models.TextChoices):
    UPLOADED = "uploaded", "Lastet opp"
    CHECKED = "checked", "Kontrollert"
    STORED = "stored", "Hentet inn"
    UNDONE = "undone", "Angret"
    DISCARDED = "discarded", "Kastet"


class Import(models.Model):
    """One spreadsheet for one service. Holds numbers and codes: nothing of what stands in the file."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kind = models.CharField("hva", max_length=20, choices=KindOfImport)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    columns = ArrayField(models.CharField(max_length=30, blank=True), default=list)  # ours, for each of the file's
    counts = models.JSONField(default=dict)
    work_id = models.UUIDField(null=True)  # the last that was done with it in the background
    context_id = models.UUIDField(null=True)  # under which the history has what it made
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # stored, undone or thrown away

    rows = Rows(seen=_LEADS, added=f"{_LEADS} AND uploaded_by_id = {USER}", changed=_LEADS)

    class Meta:
        indexes = [models.Index(fields=["service", "-uploaded_at"], name="import_newest_first")]


class FileOfImport(models.TextChoices):
    UPLOADED = "uploaded", "Fila slik den kom"
    FINDINGS = "findings", "Det kontrollen fant"
    MARKED = "marked", "Fila med en kolonne for feil"


_OF_MINE = f"EXISTS (SELECT FROM imports_import i WHERE i.id = of_id AND i.{_LEADS})"


class ImportFile(models.Model):
    """A file of an import, encrypted; gone when the import is done or thrown away, and after a week at the latest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Import, models.CASCADE, related_name="files")
    what = models.CharField(max_length=10, choices=FileOfImport)
    content = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    rows = Rows(seen=_OF_MINE, added=_OF_MINE, changed=_OF_MINE, removed=_OF_MINE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "what"], name="import_file_once")]
