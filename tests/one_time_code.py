"""The app on the phone: one-time codes as RFC 6238 says, so that the tests do not ask the code they test."""

import base64
import hmac
import time


def one_time_code(secret: str, at: float | None = None) -> str:
    """Give the six digits that an app shows for a secret (base32) at a moment."""
    counter = int(time.time() if at is None else at) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 0x0F
    return f"{int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF:010d}"[-6:]
