"""What was laid over this database, so that a start can tell without laying it again. Written by the owner alone."""

from django.db import models


class Mark(models.Model):
    of = models.CharField(max_length=40, primary_key=True)
    fingerprint = models.CharField(max_length=64)


RULES = "rules"
IDENTITY_KEY = "identity key"
NEXT_IDENTITY_KEY = "identity key that takes over"  # while both are in use
KEYS = (IDENTITY_KEY, NEXT_IDENTITY_KEY)
