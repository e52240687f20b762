"""All that is kept about a person, as a file for the person."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.background.doing import do
from fotfeste_web.background.files import decrypt
from fotfeste_web.background.models import State, Work
from fotfeste_web.caseload.models import Assignment, NextStep, Participant
from fotfeste_web.rows.scope import seen_by
from tests.architecture import catalogue
from tests.database import as_owner, leave
from tests.method.documents.printed_text import printed_text
from tests.site.one_of_each import one_of_each

# What even those who work with the person do not see, each by its own row rule.
ONLY_ITS_WRITERS = {"fidelity_personnote"}
ONLY_THE_LEADERS = {"fidelity_sampledfile"}


@pytest.fixture
def full(world):
    with as_owner():
        one_of_each(world, of="bodo")
        one_of_each(world, of="drammen")
    return world


def made(world, sign_in, who, code):
    """Ask for the file on the page, have it made, and give the work."""
    answer = sign_in(world.people[who]).post(reverse("person_export", args=[world.vakker.pk]), {"code": code})
    assert answer.status_code == 302
    with as_owner():
        work = Work.objects.get(kind="person_export")
        assert answer["Location"] == reverse("work", args=[work.pk])
        assert "Vakker" not in json.dumps(work.about)
    leave()
    do(work.pk, work.asked_by_id)
    leave()
    with as_owner():
        work.refresh_from_db()
    return work


def blankless(text):
    return "".join(text.split())


def record(work):
    return json.loads(decrypt(work.file, work.pk))


def tables_about_people():
    """Every table of the database that names a participant, but for old versions; read from its own catalogue."""
    named = {
        table
        for (table,) in catalogue.rows(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name = 'participant_id' AND table_name NOT LIKE '%event'"
        )
    }
    # By the record that they belong to: the terms of a job, a meeting, a note on a drawn file. And the person.
    return named | {"caseload_participant", "caseload_term", "caseload_contact", "fidelity_personnote"}


def test_it_has_a_row_of_every_table_that_names_a_person(full, sign_in):
    told = record(made(full, sign_in, "supervisor", "json"))
    assert {part["table"] for part in told["parts"]} == tables_about_people() - ONLY_ITS_WRITERS | {"accounts_user"}
    assert told["title"] == "Vakker Blomst"
    assert told["schema"] == "fotfeste.person"


def test_one_who_sees_less_gives_less_and_the_front_page_says_so(full, sign_in):
    told = record(made(full, sign_in, "specialist", "json"))
    missing = tables_about_people() - {part["table"] for part in told["parts"]}
    assert missing == ONLY_ITS_WRITERS | ONLY_THE_LEADERS
    front = " ".join(told["front"])
    for said in ("kontoen", "trukket ut til en kvalitetsvurdering", "notatene til dem som vurderer", "Datatilsynet"):
        assert said in front


def test_it_has_every_look_and_nothing_of_anybody_else(full, sign_in):
    sign_in(full.therapist).get(reverse("participant", args=[full.vakker.pk]))
    leave()
    work = made(full, sign_in, "supervisor", "json")
    told = record(work)
    looks = {(look["who"].split(",")[0], look["what"]) for look in told["looks"]}
    assert ("Siri Moen", "Så siden om deltakeren") in looks
    assert ("Marit Dahl", "Ba om alt som er lagret, for å gi det ut") in looks
    assert ("Marit Dahl", "Så alt som er lagret, for å gi det ut") in looks
    assert [look["at"] for look in told["looks"]] == sorted((look["at"] for look in told["looks"]), reverse=True)
    text = json.dumps(told, ensure_ascii=False)
    assert not [name for name in ("Stille", "Skog", "Rask", "Fjell", "argon2", "password") if name in text]


def test_the_old_versions_and_the_identity_number_are_in_the_json(world, sign_in):
    with as_owner():
        step = NextStep.objects.create(participant=world.vakker, text="Første utgave", due_on=world.today)
        NextStep.objects.filter(pk=step.pk).update(text="Ringe bakeriet")
    told = record(made(world, sign_in, "specialist", "json"))
    (part,) = [part for part in told["parts"] if part["table"] == "caseload_nextstep"]
    assert [part["rows"][0]["values"]["text"], part["rows"][0]["versions"][0]["text"]] == [
        "Ringe bakeriet",
        "Første utgave",
    ]


def test_the_paper_is_tagged_and_says_it_all_in_the_words_of_the_forms(full, sign_in):
    work = made(full, sign_in, "supervisor", "pdf")
    content = decrypt(work.file, work.pk)
    assert (work.media_type, work.file_name) == ("application/pdf", f"alt-om-deltakeren-{full.today}.pdf")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    text = blankless(printed_text(content))
    for said in (
        *("Vakker Blomst", "Innhold", "Jeg vil bake brød.", "Bakere, konditorer mv. (7512)", "Ringe bakeriet"),
        *("Hvem har sett og endret", "Tåler mel og tidlige morgener.", "Grunnlag: Samtykke"),
    ):
        assert blankless(said) in text, said


def test_that_it_was_asked_for_and_looked_at_is_in_the_logs(world, sign_in):
    work = made(world, sign_in, "specialist", "pdf")
    with as_owner():
        event = WriteEvent.objects.get(action="person.export_asked")
        assert (event.participant_id, event.user_id, event.details) == (
            world.vakker.pk,
            world.specialist.pk,
            {"code": "pdf"},
        )
        look = ReadEvent.objects.get(page="person_given")
        assert (look.participant_id, look.user_id, look.ground) == (world.vakker.pk, work.asked_by_id, "own")


def test_one_who_lost_the_participant_before_it_was_made_gets_nothing(world, sign_in):
    sign_in(world.specialist).post(reverse("person_export", args=[world.vakker.pk]), {"code": "json"})
    with as_owner():
        work = Work.objects.get(kind="person_export")
        Assignment.objects.filter(participant=world.vakker).update(specialist=world.colleague)
    leave()
    do(work.pk, world.specialist.pk)
    leave()
    with as_owner():
        work.refresh_from_db()
        assert (work.state, work.file) == (State.FAILED, None)
        assert not ReadEvent.objects.filter(page="person_given").exists()


def test_also_what_is_locked_can_be_given(world, sign_in):
    with as_owner():
        Participant.objects.filter(pk=world.vakker.pk).update(locked_on=world.today - timedelta(days=1))
    assert record(made(world, sign_in, "supervisor", "json"))["title"] == "Vakker Blomst"


def test_one_it_is_only_shared_with_cannot_take_it_out(full, sign_in):
    client = sign_in(full.therapist)
    assert client.post(reverse("person_export", args=[full.vakker.pk]), {"code": "json"}).status_code == 403
    with as_owner():
        assert not Work.objects.filter(kind="person_export").exists()
    leave()
    with seen_by(full.therapist, full.today):
        assert Participant.objects.filter(pk=full.vakker.pk).exists()
