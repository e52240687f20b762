"""A migration after the first release shuts no table that people use (docs/drift/oppgradering.md)."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.architecture.locks import faults

# Nobody has used a table when they run.
FIRST_RELEASE = {
    *(("accounts", "0001_initial"), ("audit", "0001_initial"), ("background", "0001_initial")),
    *(("caseload", "0001_initial"), ("demo", "0001_initial"), ("fidelity", "0001_initial")),
    *(("fidelity", "0002_counted_items"), ("figures", "0001_initial"), ("figures", "0002_results")),
    *(("followup", "0001_initial"), ("organisations", "0001_initial"), ("plans", "0001_initial")),
    *(("retention", "0001_initial"), ("rows", "0001_mark"), ("sharing", "0001_initial")),
    *(("teamwork", "0001_initial"), ("today", "0001_initial")),
}
CHECK = models.CheckConstraint(condition=models.Q(minutes__gt=0), name="above_none")


def ours(loader: MigrationLoader) -> set[tuple[str, str]]:
    return {key for key, found in loader.disk_migrations.items() if type(found).__module__.startswith("fotfeste_web.")}


def test_no_migration_after_the_first_release_shuts_a_table():
    loader = MigrationLoader(None)
    assert ours(loader) >= FIRST_RELEASE
    found = {
        key: list(faults(loader.get_migration(*key), loader.project_state(key, at_end=False)))
        for key in ours(loader) - FIRST_RELEASE
    }
    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def judged(*operations, atomic=True) -> list[str]:
    """Judge operations as a migration of the contacts, after all that there is."""
    loader = MigrationLoader(None)
    migration = migrations.Migration("9999_tried", "caseload")
    migration.operations, migration.atomic = list(operations), atomic
    return list(faults(migration, loader.project_state()))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("contact", "mood", models.IntegerField(default=0)),
        migrations.AddField("contact", "chief", models.ForeignKey("accounts.User", models.PROTECT, null=True)),
        migrations.AddIndex("contact", models.Index(fields=["minutes"], name="quick")),
        migrations.AddConstraint("contact", CHECK),
        migrations.AlterField("contact", "minutes", models.BigIntegerField(null=True)),
        migrations.RemoveField("contact", "minutes"),
        migrations.RenameField("contact", "minutes", "length"),
        migrations.DeleteModel("Round"),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("CREATE INDEX quick ON caseload_contact (minutes)"),
        migrations.RunSQL("ALTER TABLE caseload_contact ADD CONSTRAINT above_none CHECK (minutes > 0)"),
        migrations.RunSQL("ALTER TABLE caseload_contact ALTER COLUMN minutes SET NOT NULL"),
        migrations.SeparateDatabaseAndState([migrations.RunSQL("DROP TABLE caseload_round")]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_shuts_a_table_is_caught(operation):
    assert len(judged(operation)) == 1


def test_what_shuts_nothing_passes():
    new = migrations.CreateModel(
        "Song", [("id", models.BigAutoField(primary_key=True)), ("key", models.IntegerField())]
    )
    assert not judged(new, migrations.AddIndex("song", models.Index(fields=["key"], name="song_key")))
    assert not judged(migrations.AddField("contact", "mood", models.IntegerField(null=True)))
    assert not judged(migrations.AddField("contact", "mood", models.IntegerField(db_default=0)))
    assert not judged(migrations.RunSQL("ALTER TABLE caseload_contact ADD CONSTRAINT b CHECK (minutes > 0) NOT VALID"))
    assert not judged(AddIndexConcurrently("contact", models.Index(fields=["minutes"], name="quick")), atomic=False)
    assert not judged(migrations.RunPython(migrations.RunPython.noop), atomic=False)


def test_a_new_word_for_a_column_is_no_new_column():
    loader = MigrationLoader(None)
    was = loader.project_state().models["caseload", "contact"].fields["minutes"].clone()
    was.verbose_name = "varighet"
    assert not judged(migrations.AlterField("contact", "minutes", was))
