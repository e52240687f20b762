"""{% load phases %}: what can be done with a participant's way through the service."""

from typing import Any

from django import template
from django.template import Context

from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.pages.phases import Link, actions_for
from fotfeste_web.caseload.status import Status
from fotfeste_web.rows.roles import Permission

register = template.Library()


@register.simple_tag(takes_context=True)
def phase_actions(context: Context, participant: Participant, status: Status | None, may_write: Any) -> list[Link]:
    scope = context["request"].scope
    may_assign = scope.may(Permission.ASSIGN, participant.service_id)
    return actions_for(participant.pk, status, may_write=bool(may_write), may_assign=may_assign)
