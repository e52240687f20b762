-- Who am I, in this transaction? The settings are set by fotfeste_enter() alone and end with the transaction.
CREATE OR REPLACE FUNCTION my_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.user', true), '')::bigint $$;
-- Services where I have any live membership: its name, its teams, my colleagues.
CREATE OR REPLACE FUNCTION my_places() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.places', true), '')::bigint[] $$;
-- Services where I do the daily work: employers and contacts.
CREATE OR REPLACE FUNCTION my_work() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.work', true), '')::bigint[] $$;
-- Services whose participants are all mine to see: the supervisor's team.
CREATE OR REPLACE FUNCTION my_services() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.services', true), '')::bigint[] $$;
-- Services where I may register a referral.
CREATE OR REPLACE FUNCTION my_intake() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.intake', true), '')::bigint[] $$;
-- Services whose members I manage.
CREATE OR REPLACE FUNCTION my_managed() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.managed', true), '')::bigint[] $$;
-- May I add services? An administrator of the whole installation may.
CREATE OR REPLACE FUNCTION my_installation() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('fotfeste.installer', true), '')::boolean, false) $$;
-- Services whose figures, and only figures, I may see.
CREATE OR REPLACE FUNCTION my_figures() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.figures', true), '')::bigint[] $$;
-- Single participants: mine to read and write (assigned, covered), and shown to me (opened, shared, myself).
CREATE OR REPLACE FUNCTION my_participants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.mine', true), '')::uuid[] $$;
CREATE OR REPLACE FUNCTION shown_participants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.shown', true), '')::uuid[] $$;

-- Works out and sets the scope of one person for this transaction; answers with what it set and why.
-- The roles that give each power come from policies/roles.yaml. Runs as the owner: it reads past the policies.
CREATE OR REPLACE FUNCTION fotfeste_enter(who bigint, today date, powers jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    memberships jsonb;
    grounds jsonb;
    participants jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object('service', m.service_id, 'role', m.role)), '[]') INTO memberships
      FROM organisations_membership m JOIN accounts_user u ON u.id = m.user_id
     WHERE m.user_id = who AND u.is_active AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today);

    PERFORM set_config('fotfeste.user', who::text, true);
    PERFORM set_config('fotfeste.installer', (memberships @> '[{"service": null, "role": "administrator"}]')::text, true);
    PERFORM set_config('fotfeste.' || power.name, coalesce((
        SELECT array_agg(DISTINCT s.id)::text
          FROM jsonb_array_elements(memberships) AS m(held)
          JOIN organisations_service s ON s.id = (held->>'service')::bigint
               OR (held->>'service') IS NULL          -- an administrator of the whole installation
         WHERE power.roles ? (held->>'role')), '{}'), true)
      FROM jsonb_each(powers) AS power(name, roles)
     WHERE power.name IN ('places', 'work', 'services', 'intake', 'managed', 'figures');

    SELECT coalesce(jsonb_agg(jsonb_build_object('participant', g.participant_id, 'ground', g.ground, 'writes', g.writes)), '[]')
      INTO grounds FROM (
        SELECT a.participant_id, 'own' AS ground, true AS writes
          FROM caseload_assignment a JOIN caseload_participant p ON p.id = a.participant_id
         WHERE a.specialist_id = who AND (a.ends_on IS NULL OR a.ends_on > today)
           AND p.service_id = ANY (my_work())
        UNION ALL
        SELECT a.participant_id, 'cover', true
          FROM sharing_cover c
          JOIN caseload_assignment a ON a.specialist_id = c.absent_id
          JOIN caseload_participant p ON p.id = a.participant_id AND p.service_id = c.service_id
         WHERE c.covering_id = who AND c.starts_on <= today AND c.ends_on >= today
           AND (a.ends_on IS NULL OR a.ends_on > today)
           AND c.service_id = ANY (my_work())
        UNION ALL
        SELECT o.participant_id, 'opened:' || o.reason, o.reason = 'cover'
          FROM sharing_opening o JOIN caseload_participant p ON p.id = o.participant_id
         WHERE o.user_id = who AND o.ends_at > now() AND p.service_id = ANY (my_work())
        UNION ALL
        SELECT s.participant_id, 'share:' || s.ground, false
          FROM sharing_share s JOIN caseload_participant p ON p.id = s.participant_id
         WHERE s.shared_with_id = who AND s.withdrawn_at IS NULL
           AND s.starts_on <= today AND (s.ends_on IS NULL OR s.ends_on >= today)
           AND p.service_id = ANY (my_places())
        UNION ALL
        SELECT p.id, 'self', false FROM caseload_participant p WHERE p.user_id = who
      ) g;
    PERFORM set_config('fotfeste.mine', coalesce((SELECT array_agg(DISTINCT seen->>'participant')::text
        FROM jsonb_array_elements(grounds) AS g(seen) WHERE (seen->>'writes')::boolean), '{}'), true);
    PERFORM set_config('fotfeste.shown', coalesce((SELECT array_agg(DISTINCT seen->>'participant')::text
        FROM jsonb_array_elements(grounds) AS g(seen) WHERE NOT (seen->>'writes')::boolean), '{}'), true);
    RETURN jsonb_build_object('memberships', memberships, 'grounds', grounds);
END $$;

-- The directory of a service for those who may open a colleague's participant: a short name and the job specialist, no more.
CREATE OR REPLACE FUNCTION colleagues_participants(openable bigint[])
    RETURNS TABLE (participant_id uuid, service_id bigint, short_name text, specialist_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.service_id, p.first_name || ' ' || left(p.last_name, 1) || '.', a.specialist_id
      FROM caseload_participant p
      JOIN caseload_assignment a ON a.participant_id = p.id AND (a.ends_on IS NULL OR a.ends_on > current_date)
     WHERE p.service_id = ANY (openable) AND p.service_id = ANY (my_work())
       AND NOT p.id = ANY (coalesce(my_participants(), '{}'))
$$;

-- May I open this participant? The same answer for another service's and for nobody's.
CREATE OR REPLACE FUNCTION is_colleagues_participant(participant uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM caseload_participant p WHERE p.id = participant AND p.service_id = ANY (my_work()))
$$;

-- Is this a contact of a service where I work? Asked past the policies: those of contacts ask for whom they were, which
-- is the table that this guards, and a policy may not ask itself.
CREATE OR REPLACE FUNCTION is_contact_of_my_work(contact bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM caseload_contact c WHERE c.id = contact AND c.service_id = ANY (my_work()))
$$;

-- Is this a team meeting of a service where I work? Asked past the policies for the same reason as of a contact.
CREATE OR REPLACE FUNCTION is_team_meeting_of_my_work(meeting bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM teamwork_teammeeting m WHERE m.id = meeting AND m.service_id = ANY (my_work()))
$$;

-- Whose calendar is it? Found by the hash of its address alone, by a calendar program that is not signed in.
CREATE OR REPLACE FUNCTION calendar_of_link(link_hash bytea) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.user_id FROM teamwork_calendarlink c WHERE c.link_hash = calendar_of_link.link_hash
$$;

-- An invitation is found by the hash of its link alone, by somebody who is not signed in.
CREATE OR REPLACE FUNCTION invitation_by_link(link_hash bytea) RETURNS TABLE (id bigint, invited_by bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.id, i.invited_by_id FROM organisations_invitation i
     WHERE i.link_hash = invitation_by_link.link_hash AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
$$;

-- The numbers of the services, for background work that goes through them one by one. Names and people stay behind policies.
CREATE OR REPLACE FUNCTION every_service() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$ SELECT id FROM organisations_service ORDER BY id $$;

-- The first administrator: nobody is there yet who could invite. For the person of this transaction, once, while no
-- membership exists at all; anybody else's invitation is not found here. Answers with the membership, or nothing.
CREATE OR REPLACE FUNCTION accept_first_administrator(link_hash bytea, today date) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    membership bigint;
BEGIN
    UPDATE organisations_invitation i SET accepted_at = now()
     WHERE i.link_hash = accept_first_administrator.link_hash AND i.invited_by_id IS NULL
       AND i.role = 'administrator' AND i.service_id IS NULL
       AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
       AND my_user() IS NOT NULL AND NOT EXISTS (SELECT FROM organisations_membership);
    IF FOUND THEN
        INSERT INTO organisations_membership (user_id, role, post_share, starts_on)
        VALUES (my_user(), 'administrator', 100, today) RETURNING id INTO membership;
    END IF;
    RETURN membership;
END $$;

-- What one who leaves a service leaves behind there: how many participants and covers, never whose. For those who manage it.
CREATE OR REPLACE FUNCTION left_behind(member bigint, service bigint, today date)
    RETURNS TABLE (participants bigint, covers bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (SELECT count(DISTINCT a.participant_id) FROM caseload_assignment a
              JOIN caseload_participant p ON p.id = a.participant_id AND p.service_id = service
             WHERE a.specialist_id = member AND (a.ends_on IS NULL OR a.ends_on > today)),
           (SELECT count(*) FROM sharing_cover c
             WHERE c.covering_id = member AND c.service_id = service AND c.ends_on >= today)
     WHERE service = ANY (my_managed())
$$;
