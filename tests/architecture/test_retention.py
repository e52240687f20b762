"""Every table has a rule for how long its rows are kept, and the rule is one that can be carried out."""

import pytest
from django.apps import apps
from django.db import connection

from fotfeste_web.rows.kept import closed, removable, rules_by_table
from fotfeste_web.rows.kin import GOES, histories, kin
from tests.architecture import catalogue
from tests.database import as_owner

RULES = rules_by_table()
# Bookkeeping that holds nothing about anybody.
TECHNICAL = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "rows_mark",
}


def tables_without_rule() -> set[str]:
    """The history of a table follows the table."""
    return catalogue.tables() - {past for _, past in histories()} - TECHNICAL - RULES.keys()


def hanging_on(table: str) -> set[str]:
    return {child for parent, child, _, _, on_removal in kin() if parent == table and on_removal == GOES}


@pytest.mark.django_db
def test_every_table_says_how_long_its_rows_are_kept():
    assert tables_without_rule() == set()


@pytest.mark.django_db
def test_a_new_table_without_a_time_is_caught():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten (name text)")
    assert tables_without_rule() == {"forgotten"}


@pytest.mark.django_db
def test_every_rule_is_of_a_table_and_a_column_that_exist():
    columns = catalogue.rows("SELECT table_name, column_name FROM information_schema.columns")
    assert RULES.keys() <= catalogue.tables()
    assert {(rule.table, rule.since) for rule in RULES.values() if rule.days is not None} <= columns


def test_what_hangs_on_a_participant_is_erased_with_them():
    """By foreign key, or by the key of something that is."""
    erased, last = {"caseload_participant", "caseload_contact"}, set()
    while erased != last:
        last = set(erased)
        erased |= {child for parent, child, *_ in kin() if parent in erased}
    assert {table for table, rule in RULES.items() if rule.with_participant} == erased


def test_what_is_removed_alone_names_all_that_goes_with_it():
    for rule in removable().values():
        if rule.table != "caseload_participant":
            assert set(rule.takes) == hanging_on(rule.table), rule.table


def test_what_can_be_removed_alone_leads_to_its_participant():
    for rule in removable().values():
        model = next(model for model in apps.get_models() if model._meta.db_table == rule.table)
        fields = {field.name for field in model._meta.get_fields()}
        assert {"participant", "for_participants"} & fields or rule.table == "caseload_participant"


def test_the_steps_of_closing_come_in_their_order():
    """373 days: docs/adr/0007, after NAV's Jobbsporet."""
    assert closed().lock < closed().export == 373 < closed().erase
