"""What no form of ours sends: values, headers, cookies and paths that break programs."""

from random import Random
from urllib.parse import quote

HUGE = "9" * 22  # above bigint
VALUES = (
    *("", " ", "\0", "a\0b", "-1", "0", "1", HUGE, "9" * 5000, "1.5", "1e309", "NaN", "-0", "0x10", "²", "٣"),
    *("true", "null", "[]", "{}", "on", "None", "undefined", "ÆØÅ", "\u202eabc", "😀" * 50, "e\u0301" * 20, "\ud800"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "99999-01-01", "31.12.2026", "1.1.1", "24:00", "-0001-01-01"),
    *("'\"><svg onload=alert(1)>", "{{ 7*7 }}{% debug %}", "' OR 1=1 --", "'; SELECT pg_sleep(9) --", "%s%n%(a)s"),
    *("=cmd|' /C calc'!A0", "@SUM(1)", "../../../../etc/passwd", "..\\..\\windows", "file:///etc/passwd"),
    *("\r\nSet-Cookie: fotfeste=stolen", "https://ond.example/", "//ond.example", "javascript:alert(1)"),
    *("00000000-0000-0000-0000-000000000000", "7512", "x" * 300, "y" * 20_000, "\u2028", "\ufeff", "a\nb\tc"),
)
HEADERS = {
    "HTTP_HOST": ("ond.example", "localhost:99999", "localhost@ond.example", "", "[::1", "xn--\xe6", "localhost/"),
    "HTTP_X_FORWARDED_HOST": ("ond.example",),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "'; DROP TABLE a", "::1", "x" * 3000, ""),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_ORIGINAL_URL": ("/folk/",),
    "HTTP_ACCEPT": ("application/json", "*/*;q=x", "text/html;" * 300, ""),
    "HTTP_ACCEPT_LANGUAGE": ("nn", "en-GB,en;q=9", "x" * 3000, "\xe6\xf8", "../../nb"),
    "HTTP_ACCEPT_ENCODING": ("gzip, br", "identity;q=0"),
    "HTTP_IF_MODIFIED_SINCE": ("i går", "Thu, 99 Foo 9999 99:99:99 GMT"),
    "HTTP_IF_NONE_MATCH": ('W/"' + "a" * 500, "*"),
    "HTTP_RANGE": ("bytes=0-", "bytes=-1-2,3", "bytes=9-1", "bytes=99999999999999999999-"),
    "HTTP_HX_REQUEST": ("true",),
    "HTTP_HX_TARGET": ("<script>", "main"),
    "HTTP_REFERER": ("https://ond.example/", "http://[", "\xff", "x" * 3000),
    "HTTP_ORIGIN": ("https://ond.example", "null", "http://["),
    "HTTP_USER_AGENT": ("x" * 5000, "\xe6\xff", "() { :; }; echo"),
    "HTTP_AUTHORIZATION": ("Basic Og==", "Bearer x"),
    "CONTENT_LENGTH": ("1", "99999999"),
}
COOKIES = {
    "fotfeste": ("", "x" * 32, "' OR 1=1", "../../etc/passwd", "\xe6", "x" * 4000),
    "csrftoken": ("", "x", "\xe6" * 32, "a" * 64),
    "messages": ("[]", "W10:1abc:def", "x" * 4000, '[["__json_message",0,25,"hei"]]'),
    "fotfeste_lagret": ("x" * 4000,),
    "django_language": ("../../nb", "xx"),
    "ordinary": ("1",),
}
CHARSETS = ("utf-16", "finnes-ikke", "rot13", "hex", "idna", "undefined", "utf-7", "latin-1", "unicode_escape")
TYPES = (
    *(f"application/x-www-form-urlencoded; charset={name}" for name in CHARSETS),
    *(f"text/plain; charset={name}" for name in CHARSETS),
    *(f"multipart/form-data; boundary=b; charset={name}" for name in CHARSETS),
    *("application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=", "", "\xe6"),
    *("multipart/form-data; boundary=" + "b" * 300, "multipart/form-data; boundary=b"),
)
PARTS = (  # of a multipart body
    'Content-Disposition: form-data; name="name"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!',
    'Content-Disposition: form-data; name="name"; filename="\xe6"\r\nContent-Type: text/plain; charset=rot13\r\n\r\na',
    "Content-Disposition: form-data; name*=utf-16''%ff%fe\r\n\r\na",
    "Content-Disposition: form-data; name*=rot13''abc; filename*=hex''zz\r\n\r\na",
    "Content-Disposition: form-data\r\n\r\na",
    'Content-Disposition: form-data; name=""; filename=""\r\nContent-Length: x\r\n\r\na',
    "\r\n\r\n",
)
METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "ÆØÅ")


def value(random: Random) -> str:
    return random.choice(VALUES)


def path(random: Random, plain: str) -> str:
    """An address bent: up and out, twice, half, in another writing."""
    at = random.randrange(len(plain) + 1)
    bent = (
        lambda: (
            plain[:at] + random.choice(("/../", "//", "/./", "%2e%2e%2f", "..%5c", "%00", "%0d%0aA:%20b")) + plain[at:]
        ),
        lambda: plain + quote(value(random)[:500], safe="", errors="surrogatepass"),
        lambda: plain.upper(),
        lambda: plain.rstrip("/"),
        lambda: plain[:at],
        lambda: "/static/" + random.choice(("../", "%2e%2e/", "..%2f", "ui/../../", "//", "%00")) + "settings.py",
        lambda: "/" + quote(value(random)[:500], safe="/", errors="surrogatepass"),
        lambda: "/.well-known" + plain,
        lambda: random.choice(
            ("/static/ui/fotfeste.css", "/helse/", "/robots.txt", "/favicon.ico", "/admin/", "/.env")
        ),
    )
    return "/" + random.choice(bent)().lstrip("/")


def headers(random: Random) -> dict[str, str]:
    names = random.sample(sorted(HEADERS), random.choice((1, 1, 2, 4)))
    return {name: random.choice(HEADERS[name]) for name in names}


def body(random: Random) -> bytes:
    if random.random() < 0.5:
        return value(random).encode(errors="surrogatepass")
    parts = (f"--b\r\n{random.choice(PARTS)}\r\n" for _ in range(random.choice((1, 2, 200))))
    return "".join(parts).encode("latin-1") + random.choice((b"--b--", b"--b", b""))


def cookies(random: Random) -> dict[str, str]:
    return {name: random.choice(COOKIES[name]) for name in random.sample(sorted(COOKIES), random.choice((1, 2)))}
