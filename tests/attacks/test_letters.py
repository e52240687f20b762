"""A content type that names letters which are none: the request is read as UTF-8, as browsers send it."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest

from fotfeste_web.config.letters import in_utf8


@pytest.mark.parametrize("charset", ["hex", "rot13", "idna", "undefined", "utf-16", "finnes-ikke", '"hex"', "utf-8"])
@pytest.mark.parametrize("kind", ["text/plain; charset={}", "application/x-www-form-urlencoded;CHARSET = {}; a=b"])
def test_the_query_and_the_form_are_read_as_utf_8(charset, kind):
    body = b"navn=%C3%85se"
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/", "QUERY_STRING": "q=%C3%85se", "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind.format(charset),
    }  # fmt: skip
    request = WSGIRequest(in_utf8(environ))
    assert request.GET["q"] == "Åse"
    assert request.POST.get("navn") == ("Åse" if "form" in kind else None)
