-- How the actions of one organisation ended, counted per month in which they were agreed: for its contact person, who
-- need not read a single case. No argument says which organisation: it is that of who asks. Numbers only. May run again.
CREATE OR REPLACE FUNCTION cases_count_own(since date)
  RETURNS TABLE (month date, in_time int, late int, could_not int, did_not int, running int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT date_trunc('month', a.agreed_at AT TIME ZONE 'Europe/Amsterdam')::date,
         (count(*) FILTER (WHERE a.state = 'done' AND (a.ended_at AT TIME ZONE 'Europe/Amsterdam')::date <= a.due_on))::int,
         (count(*) FILTER (WHERE a.state = 'done' AND (a.ended_at AT TIME ZONE 'Europe/Amsterdam')::date > a.due_on))::int,
         (count(*) FILTER (WHERE a.state = 'could_not'))::int,
         (count(*) FILTER (WHERE a.state = 'did_not'))::int,
         (count(*) FILTER (WHERE a.state IN ('open', 'accepted', 'in_progress')))::int
    FROM cases_action a
    JOIN accounts_partner p ON p.id = a.owner_partner_id
   WHERE p.contact_id = current_setting('ijap.user_id')::bigint AND a.state <> 'withdrawn'
     AND (a.agreed_at AT TIME ZONE 'Europe/Amsterdam')::date >= since
   GROUP BY 1
$$;

GRANT SELECT ON cases_action TO ijap_readers;
GRANT SELECT (id, contact_id) ON accounts_partner TO ijap_readers;
ALTER FUNCTION cases_count_own(date) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_count_own(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_count_own(date) TO ijap_app;
