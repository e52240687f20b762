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
-- Services whose look-ups I check each month.
CREATE OR REPLACE FUNCTION my_checks() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.checks', true), '')::bigint[] $$;
-- Single participants: mine to read and write (assigned, covered), and shown to me (opened, shared, myself).
CREATE OR REPLACE FUNCTION my_participants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.mine', true), '')::uuid[] $$;
CREATE OR REPLACE FUNCTION shown_participants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.shown', true), '')::uuid[] $$;
-- Of those shown to me: the ones of whom I see this kind (rows/kinds.py), or with 'whole' all there is.
CREATE OR REPLACE FUNCTION shown_participants(kind text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('fotfeste.shown_' || kind, true), '')::uuid[] $$;

-- Works out and sets the scope of one person for this transaction; answers with what it set and why.
-- The roles that give each power come from policies/roles.yaml. Runs as the owner: it reads past the policies.
CREATE OR REPLACE FUNCTION fotfeste_enter(who bigint, today date, powers jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET plan_cache_mode = force_generic_plan AS $$ -- planned once a connection: planning took four times what it plans
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
     WHERE power.name IN ('places', 'work', 'services', 'intake', 'managed', 'figures', 'checks');

    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'participant', g.participant_id, 'ground', g.ground, 'writes', g.writes, 'kinds', g.kinds)), '[]')
      INTO grounds FROM (
        SELECT a.participant_id, 'own' AS ground, true AS writes, NULL::varchar[] AS kinds -- none named: the whole
          FROM caseload_assignment a JOIN caseload_participant p ON p.id = a.participant_id
         WHERE a.specialist_id = who AND (a.ends_on IS NULL OR a.ends_on > today)
           AND p.service_id = ANY (my_work())
        UNION ALL
        SELECT a.participant_id, 'cover', true, NULL
          FROM sharing_cover c
          JOIN caseload_assignment a ON a.specialist_id = c.absent_id
          JOIN caseload_participant p ON p.id = a.participant_id AND p.service_id = c.service_id
         WHERE c.covering_id = who AND c.starts_on <= today AND c.ends_on >= today
           AND (a.ends_on IS NULL OR a.ends_on > today)
           AND c.service_id = ANY (my_work())
        UNION ALL
        SELECT o.participant_id, 'opened:' || o.reason, o.reason = 'cover', NULL
          FROM sharing_opening o JOIN caseload_participant p ON p.id = o.participant_id
         WHERE o.user_id = who AND o.ends_at > now() AND p.service_id = ANY (my_work())
        UNION ALL
        SELECT s.participant_id, 'share:' || s.ground, false, s.kinds
          FROM sharing_share s JOIN caseload_participant p ON p.id = s.participant_id
         WHERE s.shared_with_id = who AND s.withdrawn_at IS NULL
           AND s.starts_on <= today AND (s.ends_on IS NULL OR s.ends_on >= today)
           AND p.service_id = ANY (my_places())
        UNION ALL
        -- A reviewer from outside reads a drawn file after the person's yes, in the days of the review, until it is signed.
        SELECT f.participant_id, 'review', false, ARRAY['basis', 'plan', 'openness', 'work', 'contacts', 'economy']::varchar[]
          FROM fidelity_reviewer r
          JOIN fidelity_review v ON v.id = r.review_id AND v.kind = 'independent' AND v.locked_at IS NULL
               AND v.starts_on <= today AND v.ends_on > today
          JOIN fidelity_sampledfile f ON f.review_id = v.id AND f.answer = 'yes'
          JOIN caseload_participant p ON p.id = f.participant_id AND p.service_id = v.service_id
         WHERE r.user_id = who AND v.service_id = ANY (my_places())
           AND memberships @> jsonb_build_array(jsonb_build_object('service', v.service_id, 'role', 'kvalitetsvurderer'))
        UNION ALL
        SELECT p.id, 'self', false, NULL FROM caseload_participant p WHERE p.user_id = who
      ) g;
    PERFORM set_config('fotfeste.mine', coalesce((SELECT array_agg(DISTINCT seen->>'participant')::text
        FROM jsonb_array_elements(grounds) AS g(seen) WHERE (seen->>'writes')::boolean), '{}'), true);
    PERFORM set_config('fotfeste.shown', coalesce((SELECT array_agg(DISTINCT seen->>'participant')::text
        FROM jsonb_array_elements(grounds) AS g(seen) WHERE NOT (seen->>'writes')::boolean), '{}'), true);
    PERFORM set_config('fotfeste.shown_' || kind, coalesce((SELECT array_agg(DISTINCT seen->>'participant')::text
        FROM jsonb_array_elements(grounds) AS g(seen)
       WHERE NOT (seen->>'writes')::boolean AND (seen->'kinds' = 'null' OR seen->'kinds' ? kind)), '{}'), true)
      FROM unnest(ARRAY['whole', 'plan', 'openness', 'work', 'contacts', 'economy']) AS kind;
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

-- The reviews that I rate in, of services where I still have a role. Asked past the policies: that of reviews asks this.
CREATE OR REPLACE FUNCTION my_reviews() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT array_agg(r.review_id) FROM fidelity_reviewer r JOIN fidelity_review v ON v.id = r.review_id
     WHERE r.user_id = my_user() AND v.service_id = ANY (my_places())
$$;

-- Have all who rate in a review handed in? Asked past the policies: a reviewer out of sight is one to wait for too.
CREATE OR REPLACE FUNCTION review_is_open(review bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_and(r.handed_in_at IS NOT NULL), false) FROM fidelity_reviewer r WHERE r.review_id = review
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

-- What a leader knows a participant by: says nothing of the person, and those who work with them find it on their page.
CREATE OR REPLACE FUNCTION case_number(participant uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT upper(left(md5(participant::text), 8)) $$;

-- The look-ups of a month that stand out by stated rules (sharing/lookups.py), for those who check the service: who
-- looked, how often, and the case numbers, never whom. «looks» and «openings»
-- count all there were.
CREATE OR REPLACE FUNCTION odd_lookups(service bigint, first date, often int, long_ended int, many int)
    RETURNS TABLE (rule text, who bigint, times bigint, cases text[], last_on date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH month AS (
        SELECT first::timestamp AT TIME ZONE 'Europe/Oslo' AS begins,
               (first + interval '1 month') AT TIME ZONE 'Europe/Oslo' AS ends
    ), looks AS (
        SELECT r.user_id, r.participant_id, r.at AT TIME ZONE 'Europe/Oslo' AS at
          FROM month, caseload_participant p
          JOIN audit_readevent r ON r.participant_id = p.id AND r.ground <> 'self'
         WHERE p.service_id = service AND service = ANY (my_checks()) AND r.at >= month.begins AND r.at < month.ends
    ), opened AS (
        SELECT o.user_id, o.participant_id, o.opened_at AT TIME ZONE 'Europe/Oslo' AS at
          FROM month, sharing_opening o
         WHERE o.service_id = service AND service = ANY (my_checks())
           AND o.opened_at >= month.begins AND o.opened_at < month.ends
    ), busy AS (
        SELECT user_id, at::date AS day FROM looks GROUP BY 1, 2 HAVING count(DISTINCT participant_id) >= many
    ), found AS (
        SELECT 'opened_often' AS rule, o.* FROM opened o
         WHERE (SELECT count(*) FROM opened x WHERE x.user_id = o.user_id) >= often
        UNION ALL
        SELECT 'long_ended', l.* FROM looks l
         WHERE NOT EXISTS (SELECT FROM caseload_referral r WHERE r.participant_id = l.participant_id AND r.outcome = '')
           AND (SELECT max(coalesce(p.ends_on, 'infinity')) FROM caseload_period p
                 WHERE p.participant_id = l.participant_id) + long_ended <= l.at::date
        UNION ALL
        SELECT 'outside_hours', l.* FROM looks l
         WHERE extract(isodow FROM l.at) > 5 OR extract(hour FROM l.at) NOT BETWEEN 6 AND 19
        UNION ALL
        SELECT 'many_in_a_day', l.* FROM looks l JOIN busy b ON b.user_id = l.user_id AND b.day = l.at::date
    )
    SELECT f.rule, f.user_id, count(*), array_agg(DISTINCT case_number(f.participant_id)), max(f.at)::date
      FROM found f GROUP BY 1, 2
    UNION ALL
    SELECT 'looks', NULL, count(*), NULL, NULL FROM looks
    UNION ALL
    SELECT 'openings', NULL, count(*), NULL, NULL FROM opened
$$;
