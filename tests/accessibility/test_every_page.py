"""Every address of the site in each of its states, in a browser, at 390 and 1280 pixels."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.caseload.models import Assignment, Employer, Participant, Referral
from fotfeste_web.organisations.models import Service
from tests.accessibility.conftest import who
from tests.architecture.addresses import EVERYBODY, OF_AN_OBJECT, OF_NO_OBJECT
from tests.database import as_owner
from tests.site.world import person

# Pages that are something else to another role.
ALSO_SEEN_BY = {
    "participant": "therapist",
    "profile": "therapist",
    "search_plan": "therapist",
    "applications": "therapist",
    "support_plan": "therapist",
    "job": "therapist",
    "referral": "therapist",
    "results": "supervisor",
    "contact": "therapist",
    "outreach": "therapist",
    "follow_up": "therapist",
    "note": "therapist",
    "participants": "supervisor",
    "recovery_answer": "installer",
    "service": "installer",
}
# Forms that take a blank: nothing in them is asked of anybody, or all has an answer beforehand.
TAKE_A_BLANK = {"wishes", "search_plan", "support_plan", "week_review", "rate_item", "file_answer"}
VERSIONED = [
    *("participant_edit", "wishes", "openness", "contact_edit", "employer_edit", "job_edit"),
    *("advice_edit", "outreach_edit", "no_show_plan", "note", "correct"),
]
# An answer to a script, and files.
NO_PAGE = {
    *("draft_key", "results_download", "yearly_report", "review_report"),
    *("import_template", "import_marked", "work_file"),
}
FORM = "main form.form"
PARTS = 4  # for more than one core
BLANK = """form => { for (const field of form.elements) {
  if (field.type === 'hidden' || field.type === 'submit') continue;
  if (field.type === 'radio' || field.type === 'checkbox') field.checked = false; else field.value = '';
} }"""
# A version that nobody has, and a text that was changed.
STALE = """form => {
  form.elements.version.value = 0;
  (form.querySelector('textarea') ?? form.querySelector('input[type=text]')).value += ' ja';
}"""


@pytest.mark.more
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_with_much_on_it_and_its_form_refused(screen, full, part):
    wrong = []
    for name in sorted((*OF_AN_OBJECT, *OF_NO_OBJECT))[part::PARTS]:
        reads, writes = who(name), who(name, writes=True)
        if reads is None or name in NO_PAGE:  # only ever posted to
            continue
        if (status := screen.open(full.address(name), full.world.people[reads])) != 200:
            wrong.append(f"{name}: {status}")
        other = ALSO_SEEN_BY.get(name)
        has_form = not other and writes == reads and screen.page.locator(FORM).count() > 0
        screen.look(name, thoroughly=True)
        if other:
            if (status := screen.open(full.address(name), full.world.people[other])) != 200:
                wrong.append(f"{name} for {other}: {status}")
            screen.look(f"{name} for {other}", thoroughly=True)
        elif has_form:
            screen.page.locator(FORM).first.evaluate(BLANK)
            if (status := screen.send()) != (200 if name in TAKE_A_BLANK else 422):
                wrong.append(f"{name}, sent blank: {status}")
            screen.look(f"{name}, refused")
    assert not wrong + screen.faults, "\n".join(wrong + screen.faults)


@pytest.mark.parametrize("name", VERSIONED)
def test_a_form_that_somebody_else_saved_meanwhile(screen, full, name):
    screen.open(full.address(name), full.world.specialist)
    screen.page.locator(FORM).evaluate(STALE)
    assert screen.send() == 409
    screen.look(name)
    assert not screen.faults, "\n".join(screen.faults)


@pytest.mark.more
def test_every_page_with_nothing_on_it_yet(screen, world):
    with as_owner():
        service = Service.objects.create(name="IPS Ny")
        people = {
            role: person(f"Ny {role}", world.people[role].memberships.get().role, service, world.today)
            for role in EVERYBODY - {"colleague", "installer"}
        }
        newcomer = Participant.objects.create(service=service, first_name="Ny", last_name="Dag")
        received_on = world.today - timedelta(days=1)
        Referral.objects.create(participant=newcomer, service=service, received_on=received_on, source="self", wish="")
        Assignment.objects.create(participant=newcomer, specialist=people["specialist"], starts_on=world.today)
        employer = Employer.objects.create(service=service, name="Brygga", created_by=people["specialist"])
    rows = {Participant: newcomer, "waiting": newcomer, Service: service, Employer: employer}
    # A form begins blank everywhere; what is empty is what a page lists.
    lists = {"participant", "looks", "start", "service", "employer"}
    wrong = []
    for name in sorted(lists | (OF_NO_OBJECT.keys() - {"service_add"} - NO_PAGE)):
        address = reverse(name, kwargs=OF_AN_OBJECT[name].kwargs(rows) if name in lists else {})
        if (status := screen.open(address, people[who(name)])) != 200:
            wrong.append(f"{name}: {status}")
        screen.look(f"{name}, empty")
    assert not wrong + screen.faults, "\n".join(wrong + screen.faults)
