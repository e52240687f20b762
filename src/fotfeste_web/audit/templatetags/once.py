"""{% load once %}: the key that makes a form sent twice stored once."""

from uuid import uuid4

from django import template
from django.utils.html import format_html

from fotfeste_web.audit.once import FIELD

register = template.Library()


@register.simple_tag
def form_key() -> str:
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4())
