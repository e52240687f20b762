"""Metodetrohet nå: each item's number for those who may, and the way down to the records for those who see people."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste import fidelity
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Participant
from fotfeste_web.fidelity.counting.keeping import keep_counted
from fotfeste_web.fidelity.counting.periods import label, quarter_of
from fotfeste_web.fidelity.lists import principles
from fotfeste_web.fidelity.models import CountedItem
from fotfeste_web.fidelity.pages.trend import Quarter, Trend
from tests.database import as_owner
from tests.site.one_of_each import one_of_each
from tests.site.test_counted_items import jobs

NOW = reverse("fidelity_now")
ITEMS = [item.id for item in fidelity.scale("ips-25").items]


@pytest.fixture
def counted(world):
    """Bodø with twelve ordinary jobs and three others, counted."""
    jobs(world, 12, 3)
    keep_counted(world.bodo.pk, world.today)
    return world


def shown(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def item(world, number: str) -> str:
    return reverse("fidelity_item", args=[world.bodo.pk, number])


def test_the_one_who_leads_sees_number_rating_mark_and_step(counted, sign_in):
    page = shown(sign_in(counted.supervisor), NOW)
    assert "80\u00a0%" in page
    assert "12 av 15 jobber" in page
    assert "peker mot 3 *" in page
    assert "Det mangler 1 ordinær jobb." in page
    assert "registreres ikke her ennå: vurderes for hånd." in page
    assert "Egne ord, ikke skjemaets: ha det offisielle skjemaet ved siden av." in page


@pytest.mark.parametrize("who", ["leader", "reviewer", "researcher", "specialist"])
def test_others_see_that_it_is_hidden_and_no_person(counted, sign_in, who):
    client = sign_in(counted.people[who])
    pages = [shown(client, NOW), shown(client, reverse("principles"))]
    pages += [shown(client, item(counted, one)) for one in ITEMS]
    assert "skjult, for få personer" in pages[0]
    with as_owner():
        names = [str(person) for person in Participant.objects.all()] + [counted.colleague.name]
    for page in pages:
        assert "12 av 15" not in page
        assert not [name for name in names if name in page]


def test_behind_a_number_stand_the_records_and_who_looked_is_logged(counted, sign_in):
    page = shown(sign_in(counted.supervisor), item(counted, "21"))
    assert "12 teller, 3 ikke" in page
    with as_owner():
        people = Participant.objects.filter(first_name__startswith="Person")
        assert all(str(person) in page for person in people)
        look = ReadEvent.objects.get(page="fidelity_item")
        assert set(look.participants) == set(people.values_list("pk", flat=True))


def test_each_job_specialist_is_named_for_the_one_who_leads(counted, sign_in):
    page = shown(sign_in(counted.supervisor), item(counted, "17"))
    assert counted.specialist.name in page
    assert counted.colleague.name in page


def test_an_item_of_each_kind_of_record_opens_for_the_one_who_leads(world, sign_in):
    with as_owner():
        one_of_each(world, of="bodo")
    keep_counted(world.bodo.pk, world.today)
    client = sign_in(world.supervisor)
    for one in ("1", "9", "12", "16", "18", "24"):
        shown(client, item(world, one))
    quarter = quarter_of(world.today).name
    assert label(quarter) in shown(client, f"{item(world, '21')}?periode={quarter}").lower()


def test_an_unknown_item_or_another_service_is_not_there(counted, sign_in):
    client = sign_in(counted.supervisor)
    assert client.get(item(counted, "26")).status_code == 404
    assert client.get(reverse("fidelity_item", args=[counted.drammen.pk, "1"])).status_code == 404
    assert "Siste seks måneder" in shown(client, f"{NOW}?periode=9999-9")


def test_the_queries_are_as_many_for_one_period_as_for_ten(world, sign_in, django_assert_max_num_queries):
    keep_counted(world.bodo.pk, world.today)
    client = sign_in(world.supervisor)
    shown(client, NOW)
    with django_assert_max_num_queries(12):
        shown(client, NOW)


def test_figures_older_than_a_day_are_counted_when_somebody_asks(counted, sign_in):
    client = sign_in(counted.leader)
    address = reverse("fidelity_count", args=[counted.bodo.pk])
    assert "Regn ut nå" not in shown(client, NOW)
    assert client.post(address).status_code == 302
    assert waiting() == 0
    with as_owner():
        CountedItem.objects.update(counted_at=timezone.now() - timedelta(hours=25))
    assert "Regn ut nå" in shown(client, NOW)
    client.post(address)
    client.post(address)
    assert waiting() == 1
    with as_owner():
        assert WriteEvent.objects.filter(action="fidelity.figures_asked", user=counted.leader).exists()
    assert "Tallene regnes ut nå." in shown(client, NOW)


def waiting() -> int:
    with as_owner():
        return ProcrastinateJob.objects.filter(task_name__endswith="count_now").count()


def test_before_anything_is_counted_the_pages_say_so(world, sign_in):
    client = sign_in(world.leader)
    assert "Ingen tall ennå" in shown(client, NOW)
    assert "Ingen tall ennå" in shown(client, item(world, "21"))
    assert "Ønske om jobb er eneste inklusjonskriterium" in shown(client, reverse("principles"))


def test_the_principles_show_their_items_with_numbers(counted, sign_in):
    page = shown(sign_in(counted.supervisor), reverse("principles"))
    assert page.index("Fokus på ordinært lønnet arbeid") < page.index("21 Ordinære jobber") < page.index("80\u00a0%")
    assert "Rammene for alle prinsippene" in page


def test_an_item_belongs_to_one_principle_at_most():
    of_all = [one for principle in principles() for one in principle.items]
    assert len(of_all) == len(set(of_all))
    assert set(of_all) <= set(ITEMS)
    assert len(principles()) == 8


def test_a_trend_breaks_where_nothing_was_counted():
    numbers = [Decimal(50), None, Decimal(0), Decimal(100)]
    trend = Trend.of([Quarter(str(i), "", number) for i, number in enumerate(numbers)], most=Decimal(100))
    assert trend.lines == ("78.7,28.0 116.0,4.0",)  # from the bottom to the top, four from each edge
    assert trend.dots[0] == ("4.0", "16.0")
    assert Trend.of([Quarter("1", "", Decimal(3)), Quarter("2", "", None)]) is None
