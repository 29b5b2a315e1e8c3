-- What the privacy officer may know of cases: almost nothing. These functions look past row security and give
-- back ids, counts and grounds; each asks for the key of the privacy officer first.

CREATE FUNCTION oversight_check() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT (1 = ANY (audit_keys())) OR audit_keys() IS NULL THEN
    RAISE EXCEPTION 'only the privacy officer asks this' USING ERRCODE = '42501';
  END IF;
END $$;

-- Which youth is this? Only for who knows the whole last name and the day of birth; the first name tells twins
-- apart. A number comes back, nothing else.
CREATE FUNCTION oversight_find_youth(last text, born date, first text) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.oversight_check();
  RETURN QUERY SELECT y.id FROM cases_youth y
   WHERE y.birth_on = born
     AND lower(last) IN (lower(y.last_name), lower(concat_ws(' ', nullif(y.prefix, ''), y.last_name)))
     AND (first = '' OR lower(y.first_name) = lower(first))
   ORDER BY y.id LIMIT 10;
END $$;

-- On what ground somebody could read about this youth, from when until when.
CREATE FUNCTION oversight_grounds(youth bigint)
  RETURNS TABLE (partner_id bigint, person_id bigint, ground text, from_at timestamptz, until_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.oversight_check();
  RETURN QUERY
  WITH rooms AS (
    SELECT c.id FROM cases_youth y JOIN access_compartment c ON c.id = y.compartment_id OR c.within_id = y.compartment_id
     WHERE y.id = youth
  )
  SELECT p.partner_id::bigint, NULL::bigint, p.ground::text, p.starts_at, least(p.ended_at, p.until)
    FROM access_participation p JOIN rooms r ON r.id = p.compartment_id
  UNION ALL
  SELECT NULL, g.user_id::bigint, g.ground::text, g.granted_at, g.until
    FROM access_grant g JOIN rooms r ON r.id = g.content_object_id
  UNION ALL
  SELECT NULL, e.user_id::bigint, e.ground::text, e.granted_at, least(e.ended_at, e.until)
    FROM access_endedgrant e JOIN rooms r ON r.id = e.compartment_id
  UNION ALL
  SELECT NULL, s.sender_id::bigint, 'own_signal', '2000-01-01'::timestamptz, NULL FROM cases_signal s WHERE s.youth_id = youth;
END $$;

-- Who read about a youth with the same last name. Of each pair only that it is so.
CREATE FUNCTION oversight_same_names(from_at timestamptz, until_at timestamptz)
  RETURNS TABLE (person_id bigint, youth_id bigint, times bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.oversight_check();
  RETURN QUERY
  SELECT e.actor_id, y.id, count(*)
    FROM audit_event e CROSS JOIN LATERAL unnest(e.youth_ids) seen
    JOIN cases_youth y ON y.id = seen
    JOIN accounts_user u ON u.id = e.actor_id
   WHERE e.at >= from_at AND e.at < until_at AND e.outcome = 'done' AND e.case_id IS NOT NULL
     AND lower(u.last_name) IN (lower(y.last_name), lower(concat_ws(' ', nullif(y.prefix, ''), y.last_name)))
   GROUP BY 1, 2;
END $$;

-- Which cases somebody opened in which nothing happened: no agenda point, action, signal, proposal, planned
-- review or change of who takes part, so many days before or after.
CREATE FUNCTION oversight_without_reason(from_at timestamptz, until_at timestamptz, days int, kinds text[])
  RETURNS TABLE (person_id bigint, case_ids bigint[])
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE begins timestamptz := from_at - make_interval(days => days); ends timestamptz := until_at + make_interval(days => days);
BEGIN
  PERFORM public.oversight_check();
  RETURN QUERY
  WITH opened AS (
    SELECT DISTINCT e.actor_id, e.actor_partner_id, e.case_id FROM audit_event e
     WHERE e.at >= from_at AND e.at < until_at AND e.kind = ANY (kinds) AND e.outcome = 'done'
       AND e.case_id IS NOT NULL AND e.actor_role <> 'robot'
  )
  SELECT o.actor_id, array_agg(o.case_id ORDER BY o.case_id)
    FROM opened o JOIN cases_case c ON c.id = o.case_id
   WHERE NOT (c.opened_at >= begins OR c.level_since >= begins OR coalesce(c.closed_at >= begins, false)
              OR coalesce(c.review_on BETWEEN begins::date AND ends::date, false))
     AND NOT EXISTS (SELECT FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id
                      WHERE i.case_id = c.id AND m.starts_at BETWEEN begins AND ends)
     AND NOT EXISTS (SELECT FROM cases_action a WHERE a.case_id = c.id
                      AND (a.ended_at IS NULL OR a.ended_at >= begins OR a.agreed_at >= begins))
     AND NOT EXISTS (SELECT FROM cases_toldsignal t WHERE t.case_id = c.id AND t.told_at >= begins)
     AND NOT EXISTS (SELECT FROM cases_signal s WHERE s.youth_id = c.youth_id AND s.submitted_at >= begins)
     AND NOT EXISTS (SELECT FROM cases_levelchange l WHERE l.case_id = c.id
                      AND (l.proposed_at >= begins OR l.decided_at >= begins))
     AND NOT EXISTS (SELECT FROM access_compartment k JOIN access_participation p ON p.compartment_id = k.id
                      WHERE (k.id = c.room_id OR k.within_id = c.compartment_id)
                        AND (p.starts_at >= begins OR p.ended_at >= begins))
     AND NOT EXISTS (SELECT FROM access_compartment k JOIN access_grant g ON g.content_object_id = k.id
                      WHERE (k.id = c.room_id OR k.within_id = c.compartment_id) AND g.granted_at >= begins)
   GROUP BY 1;
END $$;

-- Who knocked on the door of a case after the own part in it had ended.
CREATE FUNCTION oversight_after_end(from_at timestamptz, until_at timestamptz)
  RETURNS TABLE (person_id bigint, case_id bigint, times bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.oversight_check();
  RETURN QUERY
  SELECT e.actor_id, c.id, count(*)
    FROM audit_event e JOIN cases_case c ON c.uuid::text = e.details->>'record'
    JOIN cases_youth y ON y.id = c.youth_id
   WHERE e.at >= from_at AND e.at < until_at AND e.kind = 'request.refused' AND e.outcome IN ('refused', 'not_found')
     AND (EXISTS (SELECT FROM access_compartment k JOIN access_participation p ON p.compartment_id = k.id
                   WHERE (k.id = y.compartment_id OR k.within_id = y.compartment_id)
                     AND p.partner_id = e.actor_partner_id AND least(p.ended_at, p.until) < e.at)
       OR EXISTS (SELECT FROM access_compartment k JOIN access_endedgrant g ON g.compartment_id = k.id
                   WHERE (k.id = y.compartment_id OR k.within_id = y.compartment_id)
                     AND g.user_id = e.actor_id AND least(g.ended_at, g.until) < e.at))
   GROUP BY 1, 2;
END $$;

-- How many personal accesses each person has now, and the last day of the last one.
CREATE FUNCTION oversight_open_grants() RETURNS TABLE (person_id bigint, count bigint, until_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.oversight_check();
  RETURN QUERY SELECT g.user_id::bigint, count(*), max(g.until) FROM access_grant g WHERE g.until > now() GROUP BY 1;
END $$;

GRANT SELECT (id, first_name, prefix, last_name, birth_on, compartment_id) ON cases_youth TO ijap_watch;
GRANT SELECT (id, uuid, youth_id, room_id, compartment_id, level_since, review_on, opened_at, closed_at) ON cases_case
  TO ijap_watch;
GRANT SELECT (case_id, agreed_at, ended_at) ON cases_action TO ijap_watch;
GRANT SELECT (case_id, told_at) ON cases_toldsignal TO ijap_watch;
GRANT SELECT (youth_id, sender_id, submitted_at) ON cases_signal TO ijap_watch;
GRANT SELECT (case_id, proposed_at, decided_at) ON cases_levelchange TO ijap_watch;
GRANT SELECT (case_id, meeting_id) ON meetings_agendaitem TO ijap_watch;
GRANT SELECT (id, starts_at) ON meetings_meeting TO ijap_watch;
GRANT SELECT (id, within_id) ON access_compartment TO ijap_watch;
GRANT SELECT (compartment_id, partner_id, ground, starts_at, until, ended_at) ON access_participation TO ijap_watch;
GRANT SELECT (content_object_id, user_id, ground, granted_at, until) ON access_grant TO ijap_watch;
GRANT SELECT (compartment_id, user_id, ground, granted_at, until, ended_at) ON access_endedgrant TO ijap_watch;
GRANT SELECT (id, last_name) ON accounts_user TO ijap_watch;

ALTER FUNCTION oversight_find_youth(text, date, text) OWNER TO ijap_watch;
ALTER FUNCTION oversight_grounds(bigint) OWNER TO ijap_watch;
ALTER FUNCTION oversight_same_names(timestamptz, timestamptz) OWNER TO ijap_watch;
ALTER FUNCTION oversight_without_reason(timestamptz, timestamptz, int, text[]) OWNER TO ijap_watch;
ALTER FUNCTION oversight_after_end(timestamptz, timestamptz) OWNER TO ijap_watch;
ALTER FUNCTION oversight_open_grants() OWNER TO ijap_watch;
REVOKE ALL ON FUNCTION oversight_find_youth(text, date, text), oversight_grounds(bigint),
  oversight_same_names(timestamptz, timestamptz), oversight_without_reason(timestamptz, timestamptz, int, text[]),
  oversight_after_end(timestamptz, timestamptz), oversight_open_grants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION oversight_find_youth(text, date, text), oversight_grounds(bigint),
  oversight_same_names(timestamptz, timestamptz), oversight_without_reason(timestamptz, timestamptz, int, text[]),
  oversight_after_end(timestamptz, timestamptz), oversight_open_grants() TO ijap_app;

-- What the privacy officer keeps: flags about professionals, and papers about one youth. One key opens them.
ALTER TABLE oversight_paper ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_paper FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_migrates ON oversight_paper TO ijap_owner USING (true) WITH CHECK (true);
CREATE POLICY privacy_only ON oversight_paper TO ijap_app USING (1 = ANY (audit_keys()));
ALTER TABLE oversight_flag ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_flag FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_migrates ON oversight_flag TO ijap_owner USING (true) WITH CHECK (true);
CREATE POLICY privacy_only ON oversight_flag TO ijap_app USING (1 = ANY (audit_keys()));
