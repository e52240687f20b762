"""Two from outside review a service on their phones: each alone, blind to the other, then agreed and signed."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.fidelity.models import Consensus, Rating, Review
from tests.database import as_owner
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person
from tests.site.reviews import ITEMS, going_on, rated, second_reviewer

ANNES, PERS = "Møtte arbeidsgiver etter 70 dager i snitt.", "To av tre møtte noen den første måneden."


def test_two_reviewers_rate_blind_agree_and_sign(world, browser_page):
    review = going_on(world)
    second_reviewer(world)
    for user in (world.reviewer, world.second):
        rated(review, user)
    with as_owner():
        Rating.objects.filter(item="15").delete()
    anne = Person(browser_page(world.reviewer, width=PHONE))
    per = Person(browser_page(world.second, width=PHONE, scripts=False))

    rates_the_last_and_hands_in(anne, "3: 61–150 dager", ANNES)
    sees_only_that_the_other_handed_in(per)
    rates_the_last_and_hands_in(per, "4: 31–60 dager", PERS)
    agrees(per)
    signs(per, "Du har signert.")
    signs(anne, "Signert av alle. Vurderingen er låst.")
    is_read_by_the_leader(Person(browser_page(world.leader, width=DESK)))
    is_followed_up(Person(browser_page(world.supervisor, width=DESK)), world.today)

    with as_owner():
        assert Review.objects.get().locked_at is not None
        assert dict(Consensus.objects.values_list("item", "value")) == dict.fromkeys(ITEMS, 4) | {"15": 3}
        events = list(WriteEvent.objects.filter(user=world.second).order_by("pk").values_list("action", flat=True))
    assert events == [
        "review.item_rated",
        "review.handed_in",
        "review.alike_taken_over",
        "review.item_agreed",
        "review.signed",
    ]


def rates_the_last_and_hands_in(one: Person, anchor: str, seen: str) -> None:
    one.page.goto(reverse("reviews"))
    one.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    one.follow("Vurder")
    one.sees("24 av 25 punkter", "Bare du ser dette til alle som vurderer har levert.")
    one.follow("Vurder neste")
    one.is_at("15 Raskt ut til arbeidsgiver")
    one.sees("Egne ord, ikke skjemaets: ha det offisielle skjemaet ved siden av.")
    one.page.get_by_role("group", name="Vurdering").get_by_label(anchor).check()
    one.choose("Hva bygger du på?", "Dokument")
    one.fill("Hva så og hørte du?", seen)
    one.press("Lagre og gå videre")
    one.sees("25 av 25 punkter")
    one.field("Jeg er ferdig, og vet at det ikke kan gjøres om").check()
    one.press("Lever")
    one.is_told("Du har levert.")


def sees_only_that_the_other_handed_in(per: Person) -> None:
    per.page.goto(reverse("reviews"))
    per.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    per.sees("Levert", "Ingen av dem ser den andres vurderinger før alle har levert.")
    assert ANNES not in per.text()
    with as_owner():
        review = Review.objects.get()
    assert per.page.goto(reverse("consensus", args=[review.pk])).status == 403
    assert ANNES not in per.text()


def agrees(per: Person) -> None:
    per.follow("Bli enige")
    per.sees("Helt enige", "96 %", "Anne Vik: 3 · Per Foss: 4")
    per.press("Ta inn alle 24 dere ga likt")
    per.is_told("Det dere ga likt, er tatt inn.")
    per.follow("15 Raskt ut til arbeidsgiver")
    per.sees(ANNES, PERS)
    per.page.get_by_role("group", name="Felles vurdering").get_by_label("3: 61–150 dager").check()
    per.fill("Begrunnelse", "Snittet er 70 dager.")
    per.fill("Anbefaling", "Møt en arbeidsgiver sammen den første uka.")
    per.press("Lagre")
    per.sees("25 av 25 punkter", "Sum 99, middels.")


def signs(one: Person, told: str) -> None:
    with as_owner():
        review = Review.objects.get()
    one.page.goto(reverse("consensus", args=[review.pk]))
    one.field("Jeg står inne for vurderingen slik den er").check()
    one.press("Signer")
    one.is_told(told)


def is_read_by_the_leader(leader: Person) -> None:
    leader.page.goto("/tall/")
    leader.menu("Kvalitetsvurdering")
    leader.sees("99", "middels", "Uavhengig vurdering")
    leader.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    leader.sees("Snittet er 70 dager.", "Møt en arbeidsgiver sammen den første uka.")
    with leader.page.expect_download() as report:
        leader.follow("Last ned PDF")
    assert report.value.path().read_bytes().startswith(b"%PDF-")
    page = expect(leader.page.get_by_role("main"))
    page.not_to_contain_text(ANNES)  # what each gave stays theirs
    page.not_to_contain_text("Hva hver av dere ga")


def is_followed_up(marit: Person, today) -> None:
    marit.page.goto("/i-dag/")
    marit.menu("Kvalitetsvurdering")
    marit.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    marit.page.get_by_role("link", name="Nytt tiltak til punkt 15").click()
    expect(marit.field("Punkt")).to_have_value("15")
    marit.fill("Tiltak", "Møte en arbeidsgiver sammen den første uka")
    marit.pick("Ansvarlig", "Kari Nilsen")
    marit.fill("Frist", today + timedelta(days=30))
    marit.press("Lagre")
    marit.is_told("Tiltaket er lagret.")
    marit.sees("Møte en arbeidsgiver sammen den første uka", "Kari Nilsen")
