"""{% load demo %}: the made-up persons on the sign-in page of a demo."""

from typing import Any

from django import template

from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.demo.pages import PersonsPage

register = template.Library()


@register.inclusion_tag("demo/pick.html", takes_context=True)
def demo_persons(context: template.Context) -> dict[str, Any]:
    return {"page": PersonsPage.of(DemoWorld.objects.first()), "csrf_token": context.get("csrf_token")}
