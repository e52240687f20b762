
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import fotfeste_web.caseload.models.ranges
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('caseload', '0002_way_back'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BenefitsAdvice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='dato')),
                ('adviser', models.CharField(max_length=120, verbose_name='hvem ga rådene')),
                ('trained', models.BooleanField(verbose_name='rådgiveren er opplært i økonomi og ytelser')),
                ('occasion', models.CharField(choices=[('before_start', 'Før jobbstart'), ('change', 'Endring i timer eller lønn'), ('other', 'Annet')], max_length=20, verbose_name='anledning')),
                ('benefits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('work_assessment', 'Arbeidsavklaringspenger (AAP)'), ('disability', 'Uføretrygd'), ('sickness', 'Sykepenger'), ('unemployment', 'Dagpenger'), ('measure', 'Tiltakspenger'), ('single_parent', 'Stønad til enslig forsørger'), ('pension', 'Pensjon eller forsikring'), ('other', 'Annen ytelse'), ('none', 'Ingen ytelse')], max_length=20), blank=True, default=list, size=None, verbose_name='ytelser det gjelder')),
                ('effect', models.TextField(blank=True, max_length=2000, verbose_name='hva jobben betyr for økonomien')),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='plan for overgangen')),
                ('written_summary', models.BooleanField(default=False, verbose_name='skriftlig oppsummering gitt')),
                ('reporting_explained', models.BooleanField(default=False, verbose_name='meldeplikten er forklart')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='neste gang')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='caseload.job', verbose_name='jobb')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice', to='caseload.participant')),
                ('term', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='caseload.term', verbose_name='vilkår')),
            ],
        ),
        migrations.CreateModel(
            name='BenefitsAdviceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='dato')),
                ('adviser', models.CharField(max_length=120, verbose_name='hvem ga rådene')),
                ('trained', models.BooleanField(verbose_name='rådgiveren er opplært i økonomi og ytelser')),
                ('occasion', models.CharField(choices=[('before_start', 'Før jobbstart'), ('change', 'Endring i timer eller lønn'), ('other', 'Annet')], max_length=20, verbose_name='anledning')),
                ('benefits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('work_assessment', 'Arbeidsavklaringspenger (AAP)'), ('disability', 'Uføretrygd'), ('sickness', 'Sykepenger'), ('unemployment', 'Dagpenger'), ('measure', 'Tiltakspenger'), ('single_parent', 'Stønad til enslig forsørger'), ('pension', 'Pensjon eller forsikring'), ('other', 'Annen ytelse'), ('none', 'Ingen ytelse')], max_length=20), blank=True, default=list, size=None, verbose_name='ytelser det gjelder')),
                ('effect', models.TextField(blank=True, max_length=2000, verbose_name='hva jobben betyr for økonomien')),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='plan for overgangen')),
                ('written_summary', models.BooleanField(default=False, verbose_name='skriftlig oppsummering gitt')),
                ('reporting_explained', models.BooleanField(default=False, verbose_name='meldeplikten er forklart')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='neste gang')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.job', verbose_name='jobb')),
                ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='followup.benefitsadvice')),
                ('term', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.term', verbose_name='vilkår')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FollowUpDeclined',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='fra')),
                ('ends_on', models.DateField(verbose_name='spør igjen')),
                ('words', models.CharField(max_length=300, verbose_name='med personens ord')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up_declined', to='caseload.participant')),
            ],
        ),
        migrations.CreateModel(
            name='FollowUpDeclinedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='fra')),
                ('ends_on', models.DateField(verbose_name='spør igjen')),
                ('words', models.CharField(max_length=300, verbose_name='med personens ord')),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='followup.followupdeclined')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NoShowPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon når noe skjærer seg')),
                ('who', models.TextField(blank=True, max_length=1000, verbose_name='hvem kan kontaktes')),
                ('how', models.TextField(blank=True, max_length=1000, verbose_name='hvordan')),
                ('after_days', models.PositiveSmallIntegerField(default=1, verbose_name='etter hvor mange dager')),
                ('agreed_on', models.DateField(verbose_name='avtalt')),
                ('version', models.PositiveIntegerField(default=1)),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='no_show_plan', to='caseload.participant')),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='NoShowPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon når noe skjærer seg')),
                ('who', models.TextField(blank=True, max_length=1000, verbose_name='hvem kan kontaktes')),
                ('how', models.TextField(blank=True, max_length=1000, verbose_name='hvordan')),
                ('after_days', models.PositiveSmallIntegerField(default=1, verbose_name='etter hvor mange dager')),
                ('agreed_on', models.DateField(verbose_name='avtalt')),
                ('version', models.PositiveIntegerField(default=1)),
                ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='followup.noshowplan')),
                ('updated_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'Notat'), ('minutes', 'Samtalereferat')], default='note', max_length=10, verbose_name='type')),
                ('on', models.DateField(verbose_name='dato')),
                ('text', models.TextField(max_length=10000, verbose_name='tekst')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('service', 'Delt i tjenesten'), ('participant', 'Delt med deltakeren')], default='draft', max_length=20, verbose_name='hvem ser det')),
                ('started_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='begynt')),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to=settings.AUTH_USER_MODEL, verbose_name='skrevet av')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='caseload.participant')),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='NoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('note', 'Notat'), ('minutes', 'Samtalereferat')], default='note', max_length=10, verbose_name='type')),
                ('on', models.DateField(verbose_name='dato')),
                ('text', models.TextField(max_length=10000, verbose_name='tekst')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('service', 'Delt i tjenesten'), ('participant', 'Delt med deltakeren')], default='draft', max_length=20, verbose_name='hvem ser det')),
                ('started_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='begynt')),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet av')),
                ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='followup.note')),
                ('updated_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OutreachAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='dato')),
                ('made_by', models.CharField(choices=[('specialist', 'Jobbspesialist'), ('team', 'Behandlingsteamet'), ('both', 'Begge sammen')], max_length=20, verbose_name='hvem forsøkte')),
                ('how', models.CharField(choices=[('phone', 'Ringte'), ('message', 'SMS'), ('letter', 'Brev'), ('home', 'Hjemmebesøk'), ('community', 'Ute i nærmiljøet')], max_length=20, verbose_name='hvordan')),
                ('reached', models.BooleanField(verbose_name='fikk kontakt')),
                ('family_contacted', models.BooleanField(default=False, verbose_name='snakket med familie eller nettverk')),
                ('family_agreed', models.BooleanField(default=False, verbose_name='personen har sagt ja til det')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='kort om forsøket')),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='neste steg')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='når')),
                ('version', models.PositiveIntegerField(default=1)),
                ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outreach', to='caseload.participant')),
            ],
        ),
        migrations.CreateModel(
            name='OutreachAttemptEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='dato')),
                ('made_by', models.CharField(choices=[('specialist', 'Jobbspesialist'), ('team', 'Behandlingsteamet'), ('both', 'Begge sammen')], max_length=20, verbose_name='hvem forsøkte')),
                ('how', models.CharField(choices=[('phone', 'Ringte'), ('message', 'SMS'), ('letter', 'Brev'), ('home', 'Hjemmebesøk'), ('community', 'Ute i nærmiljøet')], max_length=20, verbose_name='hvordan')),
                ('reached', models.BooleanField(verbose_name='fikk kontakt')),
                ('family_contacted', models.BooleanField(default=False, verbose_name='snakket med familie eller nettverk')),
                ('family_agreed', models.BooleanField(default=False, verbose_name='personen har sagt ja til det')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='kort om forsøket')),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='neste steg')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='når')),
                ('version', models.PositiveIntegerField(default=1)),
                ('logged_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='caseload.participant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='followup.outreachattempt')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='benefitsadvice',
            index=models.Index(fields=['participant', 'on'], name='advice_participant'),
        ),
        migrations.AddConstraint(
            model_name='benefitsadvice',
            constraint=models.CheckConstraint(condition=models.Q(('next_on__isnull', True), ('next_on__gt', models.F('on')), _connector='OR'), name='next_advice_after_this'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitsadvice',
            trigger=pgtrigger.compiler.Trigger(name='advice_was_given', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."on" > (now() AT TIME ZONE \'Europe/Oslo\')::date)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_was_given', MESSAGE = 'what is written down has happened';", hash='358118bff1bec401dad62dd89c0e9c8f17361bb9', operation='INSERT OR UPDATE', pgid='pgtrigger_advice_was_given_e33f5', table='followup_benefitsadvice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitsadvice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "followup_benefitsadviceevent" ("adviser", "benefits", "created_by_id", "effect", "id", "job_id", "next_on", "occasion", "on", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "reporting_explained", "term_id", "trained", "version", "written_summary") VALUES (NEW."adviser", NEW."benefits", NEW."created_by_id", NEW."effect", NEW."id", NEW."job_id", NEW."next_on", NEW."occasion", NEW."on", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan", NEW."reporting_explained", NEW."term_id", NEW."trained", NEW."version", NEW."written_summary"); RETURN NULL;', hash='d6890b6056a35b8209c6d97844f28f495a06aee3', operation='INSERT', pgid='pgtrigger_insert_insert_388fc', table='followup_benefitsadvice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitsadvice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "followup_benefitsadviceevent" ("adviser", "benefits", "created_by_id", "effect", "id", "job_id", "next_on", "occasion", "on", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "reporting_explained", "term_id", "trained", "version", "written_summary") VALUES (NEW."adviser", NEW."benefits", NEW."created_by_id", NEW."effect", NEW."id", NEW."job_id", NEW."next_on", NEW."occasion", NEW."on", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan", NEW."reporting_explained", NEW."term_id", NEW."trained", NEW."version", NEW."written_summary"); RETURN NULL;', hash='90709e6d8cad4d8f83f6283acb5101add3e5448a', operation='UPDATE', pgid='pgtrigger_update_update_b4802', table='followup_benefitsadvice', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='followupdeclined',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='declined_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='followupdeclined',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(fotfeste_web.caseload.models.ranges.UuidRange('participant'), '&&'), (fotfeste_web.caseload.models.ranges.DateRange(models.F('starts_on'), models.F('ends_on'), models.Value('[)')), '&&')], name='declined_once_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupdeclined',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "followup_followupdeclinedevent" ("created_by_id", "ends_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "version", "words") VALUES (NEW."created_by_id", NEW."ends_on", NEW."id", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."version", NEW."words"); RETURN NULL;', hash='95c6ee7f3b33c284ed8faa6f528542e280cb02c5', operation='INSERT', pgid='pgtrigger_insert_insert_befc8', table='followup_followupdeclined', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupdeclined',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "followup_followupdeclinedevent" ("created_by_id", "ends_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "version", "words") VALUES (NEW."created_by_id", NEW."ends_on", NEW."id", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."version", NEW."words"); RETURN NULL;', hash='b14c978214feae5aa5f123e8639dd320fe5b49a8', operation='UPDATE', pgid='pgtrigger_update_update_9d022', table='followup_followupdeclined', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='noshowplan',
            constraint=models.CheckConstraint(condition=models.Q(('after_days__lte', 60)), name='contact_within_two_months'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noshowplan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "followup_noshowplanevent" ("after_days", "agreed_on", "how", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "updated_by_id", "version", "who") VALUES (NEW."after_days", NEW."agreed_on", NEW."how", NEW."id", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."updated_by_id", NEW."version", NEW."who"); RETURN NULL;', hash='eb518ab5e32ec96d8064ab964cfde439d5ee263f', operation='INSERT', pgid='pgtrigger_insert_insert_a53c2', table='followup_noshowplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noshowplan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "followup_noshowplanevent" ("after_days", "agreed_on", "how", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "updated_by_id", "version", "who") VALUES (NEW."after_days", NEW."agreed_on", NEW."how", NEW."id", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."updated_by_id", NEW."version", NEW."who"); RETURN NULL;', hash='b25d5a7f8025097c4feb42521bc380ce15644da2', operation='UPDATE', pgid='pgtrigger_update_update_7d5e4', table='followup_noshowplan', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['participant', 'on'], name='note_participant'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['author', 'state'], name='note_author'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='note_of_what_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."on" > (now() AT TIME ZONE \'Europe/Oslo\')::date)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'note_of_what_was', MESSAGE = 'what is written down has happened';", hash='5ad06fcc966de9863367670a458437e368a4c254', operation='INSERT OR UPDATE', pgid='pgtrigger_note_of_what_was_61068', table='followup_note', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='note_shared_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' AND NEW.state = 'draft' OR OLD.state = 'participant' AND NEW.state = 'service' AND NEW.version <= OLD.version)", func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'note_shared_once', MESSAGE = 'what was shared is taken back by a new version only, and is no draft again';", hash='bd4ba040601f334c9fe4a539e1e1c4d5d9671f69', operation='UPDATE', pgid='pgtrigger_note_shared_once_b23e2', table='followup_note', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "followup_noteevent" ("author_id", "id", "kind", "on", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "state", "text", "updated_by_id", "version") VALUES (NEW."author_id", NEW."id", NEW."kind", NEW."on", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_on", NEW."state", NEW."text", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='2708a6d8985af46a8cd7bb0013b650897fbf7e51', operation='INSERT', pgid='pgtrigger_insert_insert_fe640', table='followup_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "followup_noteevent" ("author_id", "id", "kind", "on", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "state", "text", "updated_by_id", "version") VALUES (NEW."author_id", NEW."id", NEW."kind", NEW."on", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_on", NEW."state", NEW."text", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='9a516d0b3ba510c275dbb06ef846c5663711b10b', operation='UPDATE', pgid='pgtrigger_update_update_afe02', table='followup_note', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='outreachattempt',
            index=models.Index(fields=['participant', 'on'], name='outreach_participant'),
        ),
        migrations.AddConstraint(
            model_name='outreachattempt',
            constraint=models.CheckConstraint(condition=models.Q(('family_contacted', False), ('family_agreed', True), _connector='OR'), name='family_with_agreement'),
        ),
        migrations.AddConstraint(
            model_name='outreachattempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_on__isnull', True), ('next_step', '')), models.Q(models.Q(('next_step', ''), _negated=True), ('next_on__isnull', False)), _connector='OR'), name='outreach_step_with_day'),
        ),
        migrations.AddConstraint(
            model_name='outreachattempt',
            constraint=models.CheckConstraint(condition=models.Q(('next_on__isnull', True), ('next_on__gte', models.F('on')), _connector='OR'), name='outreach_step_after_attempt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outreachattempt',
            trigger=pgtrigger.compiler.Trigger(name='outreach_was_tried', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."on" > (now() AT TIME ZONE \'Europe/Oslo\')::date)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'outreach_was_tried', MESSAGE = 'what is written down has happened';", hash='67c43d6d992e8b3016b7e429f9aca6f82dace036', operation='INSERT OR UPDATE', pgid='pgtrigger_outreach_was_tried_72e1f', table='followup_outreachattempt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outreachattempt',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "followup_outreachattemptevent" ("family_agreed", "family_contacted", "how", "id", "logged_by_id", "made_by", "next_on", "next_step", "note", "on", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached", "version") VALUES (NEW."family_agreed", NEW."family_contacted", NEW."how", NEW."id", NEW."logged_by_id", NEW."made_by", NEW."next_on", NEW."next_step", NEW."note", NEW."on", NEW."participant_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reached", NEW."version"); RETURN NULL;', hash='13a03363b9902bd3a836e6e86121e96bd3c8e12d', operation='INSERT', pgid='pgtrigger_insert_insert_04e9f', table='followup_outreachattempt', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outreachattempt',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "followup_outreachattemptevent" ("family_agreed", "family_contacted", "how", "id", "logged_by_id", "made_by", "next_on", "next_step", "note", "on", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached", "version") VALUES (NEW."family_agreed", NEW."family_contacted", NEW."how", NEW."id", NEW."logged_by_id", NEW."made_by", NEW."next_on", NEW."next_step", NEW."note", NEW."on", NEW."participant_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reached", NEW."version"); RETURN NULL;', hash='7cccbceaed45d57edf18df376182caae215a83f3', operation='UPDATE', pgid='pgtrigger_update_update_a6044', table='followup_outreachattempt', when='AFTER')),
        ),
    ]
