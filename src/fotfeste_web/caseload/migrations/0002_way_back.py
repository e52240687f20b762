
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('caseload', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='period',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='period',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='stepdown',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='stepdown',
            name='update_update',
        ),
        migrations.AddField(
            model_name='period',
            name='support_after',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='støtte som fortsetter'),
        ),
        migrations.AddField(
            model_name='period',
            name='way_back',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='veien tilbake'),
        ),
        migrations.AddField(
            model_name='periodevent',
            name='support_after',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='støtte som fortsetter'),
        ),
        migrations.AddField(
            model_name='periodevent',
            name='way_back',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='veien tilbake'),
        ),
        migrations.AddField(
            model_name='stepdown',
            name='way_back',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='veien tilbake'),
        ),
        migrations.AddField(
            model_name='stepdownevent',
            name='way_back',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='veien tilbake'),
        ),
        migrations.AlterField(
            model_name='stepdown',
            name='agreement',
            field=models.TextField(blank=True, max_length=2000, verbose_name='støtte som fortsetter'),
        ),
        migrations.AlterField(
            model_name='stepdownevent',
            name='agreement',
            field=models.TextField(blank=True, max_length=2000, verbose_name='støtte som fortsetter'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "caseload_periodevent" ("end_note", "end_reason", "ends_on", "id", "in_work_at_start", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "starts_on", "support_after", "version", "way_back") VALUES (NEW."end_note", NEW."end_reason", NEW."ends_on", NEW."id", NEW."in_work_at_start", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."referral_id", NEW."starts_on", NEW."support_after", NEW."version", NEW."way_back"); RETURN NULL;', hash='b6f40a9a37208e1437f1e4e832aa75a5f77f90e7', operation='INSERT', pgid='pgtrigger_insert_insert_32709', table='caseload_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "caseload_periodevent" ("end_note", "end_reason", "ends_on", "id", "in_work_at_start", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "referral_id", "starts_on", "support_after", "version", "way_back") VALUES (NEW."end_note", NEW."end_reason", NEW."ends_on", NEW."id", NEW."in_work_at_start", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."referral_id", NEW."starts_on", NEW."support_after", NEW."version", NEW."way_back"); RETURN NULL;', hash='0b0c76f0688b3a8fdb9515efcab17175764fbbb5', operation='UPDATE', pgid='pgtrigger_update_update_99d15', table='caseload_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stepdown',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "caseload_stepdownevent" ("agreement", "ends_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "taker", "taker_role", "way_back") VALUES (NEW."agreement", NEW."ends_on", NEW."id", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."taker", NEW."taker_role", NEW."way_back"); RETURN NULL;', hash='cf34e7b1c5f429d4504c34ace33b6a19e177ec25', operation='INSERT', pgid='pgtrigger_insert_insert_bd425', table='caseload_stepdown', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stepdown',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "caseload_stepdownevent" ("agreement", "ends_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "taker", "taker_role", "way_back") VALUES (NEW."agreement", NEW."ends_on", NEW."id", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."taker", NEW."taker_role", NEW."way_back"); RETURN NULL;', hash='fcf6bbab8551e66b4463040f04622bad17dce890', operation='UPDATE', pgid='pgtrigger_update_update_03f60', table='caseload_stepdown', when='AFTER')),
        ),
    ]
