"""The people who sign in. What they may do follows from their memberships, never from the account."""

from datetime import datetime, timedelta

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from fotfeste_web.rows.policies import USER, Rows

RECOVERY_LIVES = timedelta(days=7)
SIGNING_IN = f"{USER} IS NULL"
# Colleagues are those whose membership I see; what is seen there is settled by that table's own policy.
COLLEAGUE = "id IN (SELECT user_id FROM organisations_membership)"
# One who has left is managed by the service no longer: it may be another's member by now.
MANAGED = (
    "id IN (SELECT user_id FROM organisations_membership"
    " WHERE (service_id = ANY ((SELECT my_managed())::bigint[]) OR (SELECT my_installation()))"
    " AND (ends_on IS NULL OR ends_on >= current_date))"
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in by e-mail address."""

    email = models.EmailField("e-postadresse", unique=True)
    name = models.CharField("navn", max_length=120)
    phone = models.CharField("telefon", max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    made_up = models.BooleanField(default=False, db_comment="a demo person, who signs in at one click in demo mode")
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    rows = Rows(
        seen=f"{SIGNING_IN} OR id = {USER} OR {COLLEAGUE}",
        added=SIGNING_IN,
        changed=f"{SIGNING_IN} OR id = {USER} OR {MANAGED}",
    )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class RecoveryQuerySet(models.QuerySet["RecoveryRequest"]):
    def waiting(self, now: datetime) -> "RecoveryQuerySet":
        """Select those without an answer that have not run out."""
        return self.filter(agreed_at=None, refused_at=None, asked_at__gt=now - RECOVERY_LIVES)


class RecoveryRequest(models.Model):
    """A lost second factor: one administrator asks, another agrees, and only then is it taken away."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recoveries")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField("hvordan er det bekreftet hvem det er?", max_length=300)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = RecoveryQuerySet.as_manager()

    rows = Rows(
        seen=f"user_id = {USER} OR {MANAGED.replace('id IN', 'user_id IN', 1)}",
        added=f"asked_by_id = {USER} AND {MANAGED.replace('id IN', 'user_id IN', 1)}",
        # Who agrees can only be the one who is signed in; with the constraint below that is never the one who asked.
        changed=f"({MANAGED.replace('id IN', 'user_id IN', 1)}) AND user_id <> {USER}"
        f" AND (agreed_by_id IS NULL OR agreed_by_id = {USER})",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True) | ~models.Q(agreed_by=models.F("asked_by")),
                name="recovery_by_two_people",
            ),
        ]


class Attempt(models.Model):
    """How often something was tried, or that a code was used (attempts.py). Keys hold hashes, numbers and places."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)
