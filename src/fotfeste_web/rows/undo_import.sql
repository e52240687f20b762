-- Undo a whole import: the rows that it made go, with their history, as long as nothing has been built on them. What it made
-- is what the history has under the context of the import; whose import it is, that context says, which triggers wrote.
-- Answers with what holds it: the table, whether rows hang on what it made or were changed since, and how many. Nothing
-- held it when there is no answer, and then it is gone.
CREATE OR REPLACE FUNCTION undo_import(import uuid) RETURNS TABLE (held_by text, why text, times bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    -- A look by the job specialist is stored on the assignment, and builds nothing.
    beside CONSTANT text[] := ARRAY['pgh_id', 'pgh_created_at', 'pgh_label', 'pgh_context_id', 'opened_at'];
    context uuid;
    own record;
    hangs record;
    keys text[];
    people uuid[];
    made jsonb := '{}';  -- of each table: the keys
BEGIN
    SELECT i.context_id INTO context FROM imports_import i JOIN pghistory_context c ON c.id = i.context_id
     WHERE i.id = import AND i.state = 'stored' AND i.service_id = ANY (my_services())
       AND c.metadata->>'import_id' = import::text FOR UPDATE OF i;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = 'there is no such import to undo';
    END IF;
    FOR own IN SELECT k.*, h.history FROM key_of() k JOIN histories() h ON h.of_table = k.of_table LOOP
        EXECUTE format('SELECT array_agg(DISTINCT pgh_obj_id::text) FROM %I WHERE pgh_context_id = $1'
                       ' AND pgh_label = ''insert''', own.history) INTO keys USING context;
        IF keys IS NOT NULL THEN
            made := made || jsonb_build_object(own.of_table, to_jsonb(keys));
            EXECUTE format('SELECT FROM %I WHERE %I = ANY ($1::%s[]) FOR UPDATE', own.of_table, own.key, own.kind) USING keys;
        END IF;
    END LOOP;

    FOR own IN SELECT k.*, h.history FROM key_of() k JOIN histories() h ON h.of_table = k.of_table AND made ? k.of_table LOOP
        keys := ARRAY(SELECT jsonb_array_elements_text(made->own.of_table));
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %I e WHERE e.pgh_obj_id = ANY ($1::%s[]) GROUP BY e.pgh_obj_id'
                       ' HAVING count(DISTINCT to_jsonb(e) - $2) > 1) AS changed', own.history, own.kind)
            INTO times USING keys, beside;
        IF times > 0 THEN
            held_by := own.of_table; why := 'changed';
            RETURN NEXT;
        END IF;
        -- Also what hung on it and was taken away again: its history tells of what was made.
        FOR hangs IN SELECT n.child, n.via, coalesce(h.history, n.child) AS looked_in, k.kind,
                            CASE WHEN h.history IS NULL THEN n.child_key ELSE 'pgh_obj_id' END AS key
                       FROM kin() n JOIN key_of() k ON k.of_table = n.child LEFT JOIN histories() h ON h.of_table = n.child
                      WHERE n.parent = own.of_table LOOP
            EXECUTE format('SELECT count(DISTINCT %I) FROM %I WHERE %I = ANY ($1::%s[]) AND %1$I <> ALL ($2::%5$s[])',
                           hangs.key, hangs.looked_in, hangs.via, own.kind, hangs.kind)
                INTO times USING keys, ARRAY(SELECT jsonb_array_elements_text(coalesce(made->hangs.child, '[]')));
            IF times > 0 THEN
                held_by := hangs.child; why := 'hangs';
                RETURN NEXT;
            END IF;
        END LOOP;
    END LOOP;
    IF held_by IS NOT NULL THEN
        RETURN;
    END IF;

    -- All that hangs on what goes, goes itself, so they can go in any order.
    FOR own IN SELECT k.*, h.history FROM key_of() k JOIN histories() h ON h.of_table = k.of_table AND made ? k.of_table LOOP
        keys := ARRAY(SELECT jsonb_array_elements_text(made->own.of_table));
        EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1::%s[])', own.of_table, own.key, own.kind) USING keys;
        EXECUTE format('DELETE FROM %I WHERE pgh_obj_id = ANY ($1::%s[])', own.history, own.kind) USING keys;
        DELETE FROM audit_writeevent WHERE subject_type = own.label AND subject_id = ANY (keys);
    END LOOP;
    people := ARRAY(SELECT jsonb_array_elements_text(made->'caseload_participant')::uuid);
    DELETE FROM audit_writeevent WHERE participant_id = ANY (people);
    DELETE FROM audit_readevent WHERE participant_id = ANY (people);
    UPDATE audit_readevent r SET participants = ARRAY(SELECT p FROM unnest(r.participants) AS p WHERE NOT p = ANY (people))
     WHERE r.participants && people;
END $$;
