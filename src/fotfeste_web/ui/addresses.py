"""Addresses of pages, each worked out once: a page gives a hundred of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=10_000)
def address(name: str, *about: object) -> str:
    """Give the address of a page about something, by the name of the page."""
    return reverse(name, args=about)
