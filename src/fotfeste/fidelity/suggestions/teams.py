"""Items 4 to 6: the place in the treatment team, the contact with it, and the work with NAV."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, number, ratio, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import Counted, for_each, suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, Suggestion
from fotfeste.fidelity.suggestions.stretches import months_in, weeks_in
from fotfeste.indicators.records import Channel, ContactStatus, Kind, TeamMeeting
from fotfeste.periods import Period


def team_assignment(g: Gathered) -> Suggestion:
    """Item 4: the share of the caseload on the last day from the one or two teams with most, of those one is in."""
    item = g.item("4")
    most_teams = item.rule("most_teams")
    counted, teamless = [], False
    for one in g.staff_now:
        ids = g.caseload(one.id)
        member = sorted(
            {
                held.team
                for held in g.records.team_memberships
                if held.specialist == one.id and held.period.contains(g.last_day)
            }
        )
        teamless |= bool(ids) and not member
        from_team = {
            id: g.participants[id].treatment_team
            for id in ids
            if id in g.participants and g.participants[id].treatment_team in member
        }
        sizes = Counter(from_team.values())
        largest = sorted(member, key=lambda team: (-sizes[team], team))[:most_teams]
        inside = [id for id, team in from_team.items() if team in largest]
        counted.append(
            Counted(
                specialist=one.id,
                numerator=len(inside),
                denominator=len(ids),
                caps=("three_or_more_teams",) if len(member) > most_teams else (),
                figures=(count("teams_as_member", member),),
                ids=inside,
                of_ids=ids,
            )
        )
    return for_each(item, counted, g.scale, g.window(item), told=[marks.NO_TEAM] if teamless else [])


def team_contact(g: Gathered) -> Suggestion:
    """Item 5: team meetings attended of those held and of the weeks worked, and work raised for those not referred."""
    item = g.item("5")
    window = g.window(item)
    held = [meeting for meeting in g.records.team_meetings if window.contains(meeting.on) and meeting.about_people]
    figures: list[Figure] = []
    for one in g.staff:
        teams = {kept.team for kept in g.records.team_memberships if kept.specialist == one.id}
        of_team = [meeting for meeting in held if meeting.team in teams or one.id in meeting.present]
        attended = [meeting for meeting in of_team if one.id in meeting.present]
        figures.append(
            share("team_meetings_attended", _ids(attended), _ids(of_team), about=one.id, part="a"),
        )
        weeks = [week for week in weeks_in(window) if g.days_worked(one.id, week)]
        met = sum(any(week.contains(meeting.on) for meeting in attended) for week in weeks)
        figures.append(ratio("weeks_with_team_meeting", met, len(weeks), about=one.id, part="a"))
    figures.append(number("raised_without_referral", sum(meeting.others_raised for meeting in held), part="e"))
    return suggestion(item, window, figures=figures, told=[] if held else [marks.NO_RECORDS])


def nav(g: Gathered) -> Suggestion:
    """Item 6: months with a meeting in person with NAV, and weeks with any contact."""
    item = g.item("6")
    window = g.window(item)
    contacts = [
        contact
        for contacts in g.contacts.values()
        for contact in contacts
        if window.contains(contact.on) and contact.kind == Kind.NAV and contact.status == ContactStatus.HELD
    ]
    meetings = [contact for contact in contacts if contact.channel == Channel.IN_PERSON]
    figures = (
        _touched("months_with_nav_meeting", months_in(window), {one.on for one in meetings}),
        _touched("weeks_with_nav_contact", weeks_in(window), {one.on for one in contacts}),
        count("nav_meetings_in_person", [one.id for one in meetings]),
        count("nav_contacts", [one.id for one in contacts]),
    )
    return suggestion(item, window, figures=figures, told=[] if contacts else [marks.NO_RECORDS])


def _touched(id: str, parts: list[Period[date]], days: set[date]) -> Figure:
    return ratio(id, sum(any(part.contains(day) for day in days) for part in parts), len(parts))


def _ids(meetings: Iterable[TeamMeeting]) -> list[str]:
    return [meeting.id for meeting in meetings]
