"""«Hvem har sett»: every look at a participant, every opening and every change, in plain words."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import md5
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Membership
from fotfeste_web.sharing.models import Ground, Opening, OpeningReason
from fotfeste_web.ui.formats import clock, day, relative_day

PER_PAGE = 50
PRINTED = 1000  # years of an ordinary time in IPS
COLUMNS = ("what", "moment", "who", "code", "reason")
LOOKED, OPENED, CHANGED = "looked", "opened", "changed"
GROUNDS = {
    "list": "på en liste i eget arbeid",
    "own": "er jobbspesialist for deltakeren",
    "cover": "vikarierer for jobbspesialisten",
    "team": "leder teamet",
    "self": "er deltakeren selv",
    "review": "vurderer kvaliteten, etter ja fra deltakeren",
}
SAW = {
    "wishes": "kartleggingen",
    "openness": "åpenhetsplanen",
    "job": "en jobb",
    "contact": "et møte",
    "contact_result": "et møte",
    "contact_edit": "et møte",
    "contact_log": "navnet, for å føre et møte",
    "contact_plan": "navnet, for å avtale et møte",
    "employer": "navnet hos en arbeidsgiver",
    "referral": "henvisningen",
    "looks": "hvem som har sett",
    "today": "navnet på «I dag»",
    "participants": "navnet i deltakerlista",
    "team": "navnet på teamsiden",
    "team_meeting": "sakslista i et behandlingsteammøte",
    "supervision": "navnet i en veiledning",
    "supervision_add": "navnet, for å føre veiledning",
    "review_files": "navnet på lista over trukne til en kvalitetsvurdering",
    "review_file": "navnet, for en kvalitetsvurdering",
    "move_participants": "navnet, for å flytte deltakere",
    "shared": "det som er delt",
    "shares": "hvem det er delt med",
    "share_add": "hvem det er delt med",
    "share_withdraw": "hvem det er delt med",
    "disclose": "opplysningene, for å lage en tekst til journal eller NAV",
    "disclosures": "tekstene som er gitt",
    "looks_print": "hvem som har sett, for utskrift",
    "own_plan_print": "planen, for utskrift",
    "own_plan": "sin egen plan",
    "open_colleague": "navnet, før en åpning",
    "referrals": "navnet i lista over henvisninger",
    "referral_add": "navnet, for å henvise på nytt",
    "referral_conclude": "henvisningen",
    "referral_receipt": "kvitteringen for henvisningen",
    "not_offered": "navnet i lista over dem som ikke fikk tilbud",
    "assign": "hvem som er jobbspesialist",
    "start": "oppstarten",
    "end_period": "avslutningen",
    "pause_add": "en pause",
    "pause_end": "en pause",
    "education_add": "en utdanning",
    "education_end": "en utdanning",
    "step_down_add": "nedtrappingen",
    "step_down_end": "nedtrappingen",
    "advice_add": "økonomisk rådgivning",
    "advice_edit": "økonomisk rådgivning",
    "outreach": "forsøk på å få kontakt",
    "outreach_add": "forsøk på å få kontakt",
    "outreach_edit": "forsøk på å få kontakt",
    "no_show_plan": "kontaktplanen",
    "follow_up": "oppfølging i jobb",
    "follow_up_declined": "oppfølging i jobb",
    "note_add": "navnet, for å skrive et notat",
    "note": "et notat",
    "person_export": "siden for å gi ut alt",
    "person_given": "alt som er lagret, for å gi det ut",
    "service_export": "opplysninger uten navn, for et datauttak",
    "import": "navnet, da et regneark ble kontrollert",
}
# What is done with a participant and changes nothing of them, by the name of the action.
DONE = {"person.export_asked": "Ba om alt som er lagret, for å gi det ut"}
CHANGES = {
    "participant": "opplysningene",
    "wishes": "kartleggingen",
    "openness": "åpenhetsplanen",
    "nextstep": "neste steg",
    "job": "en jobb",
    "term": "vilkårene i en jobb",
    "contact": "et møte",
    "contactparticipant": "et møte",
    "referral": "henvisningen",
    "period": "oppstart eller avslutning",
    "assignment": "hvem som er jobbspesialist",
    "pause": "en pause",
    "education": "en utdanning",
    "stepdown": "nedtrappingen",
    "share": "en deling",
    "disclosure": "en tekst som ble gitt til journal eller NAV",
    "postponement": "en påminnelse",
    "benefitsadvice": "økonomisk rådgivning",
    "outreachattempt": "forsøk på å få kontakt",
    "noshowplan": "kontaktplanen",
    "followupdeclined": "at oppfølging ikke er ønsket nå",
    "note": "et notat",
    "sampledfile": "svaret på å bli lest i en kvalitetsvurdering",
    "teammeetingline": "det som ble sagt i et behandlingsteammøte",
    "import": "det som ble hentet inn fra et regneark",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    who: str
    role: str
    employer: str
    at: datetime
    when: str
    what: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksPage:
    participant_id: str
    name: str
    case_number: str
    looks: Page  # of Look

    @classmethod
    def of(cls, participant: Participant, number: str, *, today: date, per_page: int = PER_PAGE) -> "LooksPage":
        page = Paginator(_events(participant), per_page).get_page(number)
        page.object_list = _looks(list(page.object_list), participant, today)
        return cls(
            participant_id=str(participant.pk),
            name=str(participant),
            case_number=case_number(participant.pk),
            looks=page,
        )


def every_look(participant: Participant) -> list[Look]:
    """All of them with their dates, for what is given to the person."""
    return _looks(list(_events(participant)), participant, None)


def case_number(participant_id: UUID) -> str:
    """Give what a leader knows a participant by: as the function of the same name in the database."""
    return md5(str(participant_id).encode(), usedforsecurity=False).hexdigest()[:8].upper()


def _events(participant: Participant) -> QuerySet[Any]:
    """The three logs as one, the newest first."""
    about = {"participant_id": participant.pk}
    looked = ReadEvent.objects.filter(Q(**about) | Q(participants__contains=[participant.pk])).annotate(
        moment=F("at"), code=F("page"), reason=F("ground")
    )
    opened = Opening.objects.filter(**about).annotate(moment=F("opened_at"), code=_text(""))
    code = Case(When(action__in=list(DONE), then=F("action")), default=F("subject_type"))
    changed = WriteEvent.objects.filter(**about).annotate(moment=F("at"), code=code, reason=_text(""))
    first, *others = (
        rows.annotate(what=_text(what), who=F("user_id")).order_by().values_list(*COLUMNS)
        for what, rows in ((LOOKED, looked), (OPENED, opened), (CHANGED, changed))
    )
    return first.union(*others, all=True).order_by("-moment")


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _looks(
    rows: list[tuple[str, datetime, int | None, str, str]], participant: Participant, today: date | None
) -> list[Look]:
    users = {row[2] for row in rows}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    held = Membership.objects.filter(user__in=users, service_id=participant.service_id).select_related("body")
    memberships = list(held)
    return [_look(row, names, memberships, participant, today) for row in rows]


def _look(
    row: tuple[str, datetime, int | None, str, str],
    names: dict[int, str],
    memberships: list[Membership],
    participant: Participant,
    today: date | None,
) -> Look:
    what, moment, who, code, reason = row
    at = timezone.localtime(moment)
    held = _held(who, at.date(), memberships)
    themself = who is not None and who == participant.user_id
    return Look(
        who=names.get(who or 0) or ("Deltakeren selv" if themself else "Fotfeste"),
        role=held.as_role().name if held else "",
        employer=held.body.name if held and held.body else "",
        at=at,
        when=f"{relative_day(at, today).capitalize() if today else day(at)} kl. {clock(at)}",
        what=_what(what, code),
        ground=OpeningReason(reason).label if what == OPENED else ground_in_words(reason) if reason else "",
    )


def _held(who: int | None, on: date, memberships: list[Membership]) -> Membership | None:
    """The membership of that day; of one who has left, the last that was had."""
    own = sorted((m for m in memberships if m.user_id == who), key=lambda m: m.starts_on)
    then = [m for m in own if m.starts_on <= on and (m.ends_on is None or on <= m.ends_on)]
    return (then or own)[-1] if own else None


def _what(what: str, code: str) -> str:
    if what == OPENED:
        return "Åpnet en kollegas deltaker"
    if what == CHANGED:
        return DONE.get(code) or f"Endret {CHANGES.get(code.rpartition('.')[2], 'noe om deltakeren')}"
    return f"Så {SAW.get(code, 'siden om deltakeren')}"


def ground_in_words(ground: str) -> str:
    """Say why somebody could look: «own», «opened:cover», «share:consent»."""
    kind, _, reason = ground.partition(":")
    if kind == "opened" and reason in OpeningReason.values:
        return f"åpnet med grunn: {OpeningReason(reason).label}"
    if kind == "share" and reason in Ground.values:
        return f"deling: {Ground(reason).label}"
    return GROUNDS.get(kind, "annet grunnlag")
