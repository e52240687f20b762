"""How a form becomes HTML that is read aloud rightly."""

import datetime as dt
import re

import pytest
from django import forms

from fotfeste_web.organisations.models import Body
from fotfeste_web.ui import fields, widgets


class MeetingForm(forms.Form):
    held = forms.ChoiceField(label="Ble møtet holdt?", choices=[("ja", "Ja"), ("nei", "Nei")], widget=widgets.Chips)
    purpose = forms.ChoiceField(label="Formål", choices=[("a", "Bli kjent")], widget=forms.RadioSelect)
    company = forms.CharField(label="Arbeidsgiver", help_text="Navnet på skiltet.")
    place = forms.CharField(label="Sted", required=False)
    seen = forms.BooleanField(label="Lederen var med", required=False)
    held_on = fields.DateField(label="Dato")


def html(form):
    return re.sub(r"\s+", " ", str(form))


def test_the_input_names_its_description_and_its_error():
    page = html(MeetingForm({}))
    field = re.search(r'<input type="text" name="company".*?>', page)[0]
    described_by = re.search(r'aria-describedby="(.*?)"', field)[1].split()
    assert described_by == ["id_company_helptext", "id_company_error"]
    assert all(f'id="{name}"' in page for name in described_by)
    assert 'aria-invalid="true"' in field


def test_every_link_of_the_error_summary_leads_to_an_input():
    page = html(MeetingForm({}))
    targets = re.findall(r'href="#(.*?)"', page)
    assert targets == ["id_held_0", "id_purpose_0", "id_company", "id_held_on"]
    assert all(re.search(rf'<input [^>]*id="{target}"', page) for target in targets)


def test_a_form_without_errors_has_no_summary():
    assert "ds-error-summary" not in html(MeetingForm())


def test_what_is_not_about_one_field_stands_in_the_summary():
    form = MeetingForm({})
    form.add_error(None, "Slutten er før starten.")
    assert "<li>Slutten er før starten.</li>" in html(form)


def test_a_question_keeps_its_mark_in_the_summary():
    assert ">Ble møtet holdt? Feltet" in html(MeetingForm({}))
    assert ">Arbeidsgiver: Feltet" in html(MeetingForm({}))


def test_only_what_may_be_left_out_is_marked():
    page = html(MeetingForm())
    assert page.count("(valgfritt)") == 1
    assert re.search(r"Sted\s*<span class=\"optional\">", page)


def test_choices_are_a_group_with_a_name():
    page = html(MeetingForm())
    assert re.search(r"<fieldset[^>]*> <legend[^>]*>Ble møtet holdt\?", page)


def test_few_choices_can_be_chips():
    page = html(MeetingForm())
    assert page.count('class="chip"') == 2
    assert page.count('class="choices"') == 1


def test_a_date_is_shown_to_the_browser_in_the_form_it_reads():
    page = html(MeetingForm(initial={"held_on": dt.date(2026, 2, 1)}))
    assert 'type="date" name="held_on" value="2026-02-01"' in page


def test_what_people_type_is_escaped():
    assert "<script>" not in html(MeetingForm({"company": "<script>"}))


@pytest.mark.django_db
@pytest.mark.parametrize(("required", "said"), [(True, "Velg"), (False, "Ikke valgt")])
def test_a_list_says_in_words_that_nothing_is_chosen_yet(required, said):
    class OwnerForm(forms.Form):
        owner = forms.ModelChoiceField(Body.objects.all(), label="Eier", required=required)

    assert re.search(r"<option [^>]*>([^<]*)</option>", html(OwnerForm()))[1] == said
