"""The key that a browser encrypts unsaved text with: given to one who is signed in, kept in the page's memory alone.

The same for a person each time, so that text that was not saved opens again after a new sign-in, on the same device and
for nobody else. Nothing is stored here; the text itself never comes here unless its form is sent.
"""

import base64

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.OWN_ACCOUNT)
@require_safe
def draft_key(request: HttpRequest) -> JsonResponse:
    response = JsonResponse({"key": base64.b64encode(key_of(request.user.pk)).decode()})
    response["Cache-Control"] = "no-store"
    return response


def key_of(user_id: int) -> bytes:
    info = f"fotfeste unsaved text of {user_id}".encode()
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(settings.SECRET_KEY.encode())
