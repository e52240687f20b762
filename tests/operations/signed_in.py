"""People and rows in the database of the real site, and somebody signed in: made by the owner in another process."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.operations.servers import python

MAKE = """
import json
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from tests.site.one_of_each import one_of_each
from tests.site.world import build
world = build(timezone.localdate())
rows = one_of_each(world, of="bodo")
cookies = {}
for name in ("specialist", "supervisor", "administrator"):
    user = world.people[name]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookies[name] = session.session_key
print(json.dumps({"participant": str(world.vakker.pk), "cookies": cookies}))
"""


@dataclass(frozen=True)
class SignedIn:
    participant: str  # the specialist's
    cookies: dict[str, str]


def make_people(home: Path, **environment: object) -> SignedIn:
    settings = {"FOTFESTE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "fotfeste_web.config.settings"}
    made = python(MAKE, FOTFESTE_HOME=home, **settings, **environment)
    words = made.communicate(timeout=120)[0]
    assert made.returncode == 0
    return SignedIn(**json.loads(words))
