"""Every table with personal data has row policies; the others are excepted by name, with a reason."""

import pytest
from django.db import connection

from fotfeste_web.rows.exceptions import OWNERS_ALONE, WITHOUT_POLICY
from fotfeste_web.rows.install import install, rules
from tests.architecture import catalogue
from tests.database import as_owner

EXCEPTIONS = set(WITHOUT_POLICY) | set(OWNERS_ALONE)
# Each looks past the policies for a stated reason (rows/functions.sql).
DEFINERS = {
    "fotfeste_enter",
    "colleagues_participants",
    "is_colleagues_participant",
    "is_contact_of_my_work",
    "is_team_meeting_of_my_work",
    "my_reviews",
    "review_is_open",
    "calendar_of_link",
    "invitation_by_link",
    "accept_first_administrator",
    "left_behind",
    "odd_lookups",
    "every_service",
    "confirm_removal",
    "erase_closed",
    "erase_old",
    "closings_until",
    "undo_import",
    "_pgh_attach_context",
}
APPEND_ONLY = {"audit_writeevent", "audit_readevent"}
WEB = "fotfeste_web"

pytestmark = pytest.mark.django_db


def test_no_table_is_without_a_rule():
    assert catalogue.tables_without_rule(EXCEPTIONS) == set()


def test_a_new_table_without_a_rule_is_caught():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten (participant_id uuid)")
    assert catalogue.tables_without_rule(EXCEPTIONS) == {"forgotten"}


def test_every_exception_is_a_table_that_exists():
    assert catalogue.tables() >= EXCEPTIONS


def test_only_listed_functions_see_past_the_policies():
    procrastinate = {name for name in catalogue.definer_functions() if name.startswith("procrastinate_")}
    assert catalogue.definer_functions() - procrastinate == DEFINERS
    assert procrastinate == set()


def test_no_view_shows_what_its_owner_sees():
    assert catalogue.views_of_the_owner() == set()


def test_a_view_that_shows_what_its_owner_sees_is_caught():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE VIEW everybody AS SELECT * FROM caseload_participant")
    assert catalogue.views_of_the_owner() == {"everybody"}


def test_the_logs_can_be_added_to_and_nothing_else():
    for table in APPEND_ONLY:
        assert {p for t, p in catalogue.granted(WEB) if t == table} == {"SELECT", "INSERT"}


def test_history_can_be_read_and_nothing_else():
    history = {table for table, rule in rules() if rule.added is None and table.endswith("event")} - APPEND_ONLY
    assert len(history) > 15
    for table in history:
        assert {p for t, p in catalogue.granted(WEB) if t == table} == {"SELECT"}


def test_the_roles_reach_no_bookkeeping_of_the_owner():
    reached = {(t, p) for t, p in catalogue.granted(WEB) if t in OWNERS_ALONE}
    assert reached == {("django_migrations", "SELECT"), ("rows_mark", "SELECT")}


def test_laying_the_rules_twice_gives_the_same_database():
    sql = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies"
    before = catalogue.rows(sql)
    with as_owner():
        install()
    assert catalogue.rows(sql) == before
    assert before
