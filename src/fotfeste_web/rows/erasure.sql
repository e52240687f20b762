-- Erasing: the one place where rows go for good. What hangs on what is said by kin() and its like (kin.py), made from the
-- models; nothing that a caller hands over names a table.

-- Take rows away with all that hangs on them, with every version of them and of what hung on them before.
-- `whole`: a person goes, and nothing may hold on. Else what is held by another record is left, with an error.
CREATE OR REPLACE FUNCTION erase(tbl text, keys text[], whole boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own record;
    hangs record;
    past text;
    below text[];
    gone text[];
BEGIN
    IF coalesce(keys, '{}') = '{}' THEN RETURN; END IF;
    SELECT * INTO STRICT own FROM key_of() WHERE of_table = tbl;
    FOR hangs IN SELECT * FROM kin() WHERE parent = tbl LOOP
        SELECT history INTO past FROM histories() WHERE of_table = hangs.child;
        IF hangs.on_removal = 'emptied' THEN
            EXECUTE format('UPDATE %I SET %I = NULL WHERE %2$I = ANY ($1::%s[])', hangs.child, hangs.via, own.kind) USING keys;
            IF past IS NOT NULL THEN
                EXECUTE format('UPDATE %I SET %I = NULL WHERE %2$I = ANY ($1::%s[])', past, hangs.via, own.kind) USING keys;
            END IF;
            CONTINUE;
        END IF;
        EXECUTE format('SELECT array_agg(%I::text) FROM %I WHERE %I = ANY ($1::%s[])',
                       hangs.child_key, hangs.child, hangs.via, own.kind) INTO below USING keys;
        IF hangs.on_removal = 'holds' AND NOT whole AND below IS NOT NULL THEN
            RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'held_by_another_record',
                MESSAGE = format('a row of %s is held by %s', tbl, hangs.child);
        END IF;
        PERFORM erase(hangs.child, below, whole);
        IF past IS NOT NULL THEN
            EXECUTE format('SELECT array_agg(DISTINCT e.pgh_obj_id::text) FROM %I e WHERE e.%I = ANY ($1::%s[])'
                           ' AND NOT EXISTS (SELECT FROM %I c WHERE c.%I = e.pgh_obj_id)',
                           past, hangs.via, own.kind, hangs.child, hangs.child_key) INTO gone USING keys;
            PERFORM erase(hangs.child, gone, whole);  -- what had been taken away from it earlier
            EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1::%s[])', past, hangs.via, own.kind) USING keys;
        END IF;
    END LOOP;
    EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1::%s[])', tbl, own.key, own.kind) USING keys;
    FOR past IN SELECT history FROM histories() WHERE of_table = tbl LOOP
        EXECUTE format('DELETE FROM %I WHERE pgh_obj_id = ANY ($1::%s[])', past, own.kind) USING keys;
    END LOOP;
    DELETE FROM audit_writeevent WHERE subject_type = own.label AND subject_id = ANY (keys);
END $$;

-- Take the account of a participant away. What it wrote keeps its number; its name, address and ways in are gone.
CREATE OR REPLACE FUNCTION erase_account(account bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    address text;
BEGIN
    IF account IS NULL OR EXISTS (SELECT FROM organisations_membership WHERE user_id = account AND role <> 'deltaker') THEN
        RETURN;
    END IF;
    SELECT email INTO address FROM accounts_user WHERE id = account;
    PERFORM erase('organisations_membership', array_agg(id::text), true) FROM organisations_membership WHERE user_id = account;
    PERFORM erase('organisations_invitation', array_agg(id::text), true) FROM organisations_invitation WHERE lower(email) = address;
    PERFORM erase('accounts_recoveryrequest', array_agg(id::text), true) FROM accounts_recoveryrequest WHERE user_id = account;
    PERFORM erase('account_emailaddress', array_agg(id::text), true) FROM account_emailaddress WHERE user_id = account;
    DELETE FROM mfa_authenticator WHERE user_id = account;
    DELETE FROM usersessions_usersession WHERE user_id = account;
    UPDATE accounts_user SET is_active = false, name = 'Slettet deltaker', phone = '', password = '!',
           email = format('slettet-%s@slettet.invalid', account) WHERE id = account;
    DELETE FROM accounts_userevent WHERE pgh_obj_id = account;
END $$;

-- Take a person away. A meeting that was for nobody else goes too; when only the person was wrong (`all_meetings` false),
-- one with an employer stays the employer's.
CREATE OR REPLACE FUNCTION erase_person(person uuid, all_meetings boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    account bigint;
    alone text[];
BEGIN
    SELECT user_id INTO account FROM caseload_participant WHERE id = person;
    SELECT array_agg(c.id::text) INTO alone
      FROM caseload_contact c JOIN caseload_contactparticipant l ON l.contact_id = c.id AND l.participant_id = person
     WHERE (all_meetings OR c.employer_id IS NULL)
       AND NOT EXISTS (SELECT FROM caseload_contactparticipant o WHERE o.contact_id = c.id AND o.participant_id <> person);
    PERFORM erase('caseload_contact', alone, true);
    PERFORM erase('caseload_participant', ARRAY[person::text], true);
    DELETE FROM audit_writeevent WHERE participant_id = person;
    DELETE FROM audit_readevent WHERE participant_id = person;
    UPDATE audit_readevent SET participants = array_remove(participants, person) WHERE participants @> ARRAY[person];
    DELETE FROM audit_sentform WHERE position(person::text IN location) > 0;
    PERFORM erase_account(account);
END $$;

-- The day from which the times of closed records are counted: when the last period or referral ended. None while anything
-- is open.
CREATE OR REPLACE FUNCTION closed_on(person uuid, today date) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT FROM caseload_period WHERE participant_id = person AND (ends_on IS NULL OR ends_on > today))
       OR EXISTS (SELECT FROM caseload_referral WHERE participant_id = person AND outcome = '') THEN
        RETURN NULL;
    END IF;
    RETURN greatest((SELECT max(ends_on) FROM caseload_period WHERE participant_id = person),
                    (SELECT max(concluded_on) FROM caseload_referral WHERE participant_id = person));
END $$;

-- Wrongly entered: the second of two people says yes, and the record goes. Answers with nothing, or why it was refused.
-- Asked by one who could write about the participant and still works in the service; confirmed by another, who leads it.
CREATE OR REPLACE FUNCTION confirm_removal(request bigint, today date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked retention_removal;
    tbl text;
    belongs boolean;
BEGIN
    SELECT r.* INTO asked FROM retention_removal r JOIN caseload_participant p ON p.id = r.participant_id
     WHERE r.id = request AND r.refused_at IS NULL AND p.service_id = r.service_id FOR UPDATE;
    IF NOT FOUND OR NOT asked.service_id = ANY (coalesce(my_services(), '{}')) THEN
        RETURN 'answered';
    ELSIF asked.asked_by_id = my_user() THEN
        RETURN 'another';
    ELSIF NOT EXISTS (SELECT FROM organisations_membership m JOIN accounts_user u ON u.id = m.user_id
                       WHERE m.user_id = asked.asked_by_id AND m.service_id = asked.service_id AND u.is_active
                         AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)) THEN
        RETURN 'left';
    END IF;
    SELECT of_table INTO STRICT tbl FROM removable() WHERE word = asked.kind;
    IF tbl = 'caseload_participant' THEN
        belongs := asked.subject_id = asked.participant_id::text;
    ELSIF tbl = 'caseload_contact' THEN  -- its participants are all of its service, which the one who confirms leads
        belongs := EXISTS (SELECT FROM caseload_contactparticipant l JOIN caseload_contact c ON c.id = l.contact_id
                            WHERE c.id = asked.subject_id::bigint AND c.service_id = asked.service_id
                              AND l.participant_id = asked.participant_id);
    ELSE
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1::bigint AND participant_id = $2)', tbl)
            INTO belongs USING asked.subject_id, asked.participant_id;
    END IF;
    IF NOT belongs THEN
        RETURN 'answered';
    END IF;
    IF tbl = 'caseload_participant' THEN
        PERFORM erase_person(asked.participant_id, false);
    ELSE
        PERFORM erase(tbl, ARRAY[asked.subject_id], false);
        PERFORM erase('retention_removal', array_agg(id::text), false) FROM retention_removal
          WHERE kind = asked.kind AND subject_id = asked.subject_id;
    END IF;
    INSERT INTO retention_sealed (service_id, kind, reason, asked_by_id, asked_at, confirmed_by_id, at)
    VALUES (asked.service_id, asked.kind, asked.reason, asked.asked_by_id, asked.asked_at, my_user(), now());
    RETURN '';
EXCEPTION WHEN foreign_key_violation THEN
    RETURN 'held';
END $$;

-- Erase a closed record whose time is out. It must have been locked and exported; anything open keeps it.
CREATE OR REPLACE FUNCTION erase_closed(person uuid, today date, days integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    service bigint;
BEGIN
    SELECT p.service_id INTO service FROM caseload_participant p
     WHERE p.id = person AND p.locked_on IS NOT NULL AND closed_on(p.id, today) + days <= today
       AND EXISTS (SELECT FROM retention_export e WHERE e.participant_id = p.id) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM erase_person(person, true);
    INSERT INTO retention_sealed (service_id, kind, reason, at) VALUES (service, 'deltaker', 'time_out', now());
    RETURN true;
END $$;

-- Erase what has its own time, with what hangs on it: log lines, invitations, sessions, supervision. Answers with the
-- tables and how many rows went.
CREATE OR REPLACE FUNCTION erase_old(today date) RETURNS TABLE (of_table text, erased bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept record;
    keys text[];
BEGIN
    FOR kept IN SELECT d.*, k.key FROM kept_days() d JOIN key_of() k ON k.of_table = d.of_table LOOP
        EXECUTE format('SELECT array_agg(%I::text) FROM %I WHERE %I < $1', kept.key, kept.of_table, kept.since)
            INTO keys USING today - kept.days::integer;
        PERFORM erase(kept.of_table, keys, true);
        of_table := kept.of_table;
        erased := coalesce(cardinality(keys), 0);
        RETURN NEXT;
    END LOOP;
END $$;

-- How many records of my services reach a step of their closing, until a day. Numbers for those who see no participant.
CREATE OR REPLACE FUNCTION closings_until(until date, lock_days integer, export_days integer, erase_days integer, today date)
    RETURNS TABLE (service_id bigint, locked bigint, exported bigint, erased bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.service_id,
           count(*) FILTER (WHERE p.locked_on IS NULL AND c.day + lock_days <= until),
           count(*) FILTER (WHERE c.day + export_days <= until
                            AND NOT EXISTS (SELECT FROM retention_export e WHERE e.participant_id = p.id)),
           count(*) FILTER (WHERE c.day + erase_days <= until)
      FROM caseload_participant p, LATERAL (SELECT closed_on(p.id, today) AS day) c
     WHERE p.service_id = ANY (coalesce(my_services(), '{}') || coalesce(my_managed(), '{}')) AND c.day IS NOT NULL
     GROUP BY p.service_id
$$;

-- What erases without a second person is the night's work; what erases anything at all is nobody's but these functions'.
REVOKE EXECUTE ON FUNCTION erase(text, text[], boolean), erase_account(bigint), erase_person(uuid, boolean),
    erase_closed(uuid, date, integer), erase_old(date) FROM PUBLIC, fotfeste_web, fotfeste_worker;
GRANT EXECUTE ON FUNCTION erase_closed(uuid, date, integer), erase_old(date) TO fotfeste_worker;
