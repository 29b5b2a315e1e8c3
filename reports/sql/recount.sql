-- Counting without names. This function alone sees the rows behind the figures; what it leaves behind is
-- counts. It counts one month afresh, so it may run again at any time.

CREATE FUNCTION reports_recount(of_month date) RETURNS int LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  begins timestamptz := date_trunc('month', of_month)::timestamp AT TIME ZONE 'Europe/Amsterdam';
  ends timestamptz := (date_trunc('month', of_month) + interval '1 month')::timestamp AT TIME ZONE 'Europe/Amsterdam';
  first_day date := date_trunc('month', of_month);
  last_day date := date_trunc('month', of_month) + interval '1 month' - interval '1 day';
  counted int;
BEGIN
  DELETE FROM reports_figure f WHERE f.month = first_day;
  INSERT INTO reports_figure (month, municipality_id, level, measure, value)
  WITH counts (municipality_id, level, measure, value) AS (
    SELECT s.municipality_id, 1, 'signals_in', count(*) FROM cases_signal s
     WHERE s.submitted_at >= begins AND s.submitted_at < ends GROUP BY 1
    UNION ALL
    SELECT s.municipality_id, 1, 'signals_' || s.state, count(*) FROM cases_signal s
     WHERE s.decided_at >= begins AND s.decided_at < ends AND s.state IN ('accepted', 'referred', 'rejected')
     GROUP BY 1, s.state
    UNION ALL
    SELECT c.municipality_id, m.level, 'youths_discussed', count(DISTINCT c.youth_id)
      FROM meetings_agendaitem i JOIN cases_case c ON c.id = i.case_id JOIN meetings_meeting m ON m.id = i.meeting_id
     WHERE i.discussed_at >= begins AND i.discussed_at < ends GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, reports_level_at(c.id, c.level, ends), 'stock', count(*) FROM cases_case c
     WHERE c.opened_at < ends AND (c.closed_at IS NULL OR c.closed_at >= ends)
       AND NOT EXISTS (SELECT 1 FROM cases_closing e WHERE e.case_id = c.id AND e.closed_at < ends
                          AND (e.reopened_at IS NULL OR e.reopened_at >= ends))
     GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, reports_level_at(c.id, c.level, c.opened_at), 'inflow', count(*) FROM cases_case c
     WHERE c.opened_at >= begins AND c.opened_at < ends GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, l.new, 'inflow', count(*)
      FROM cases_levelchange l JOIN cases_case c ON c.id = l.case_id
     WHERE l.state = 'accepted' AND l.decided_at >= begins AND l.decided_at < ends GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, reports_level_at(c.id, c.level, c.closed_at), 'outflow', count(*) FROM cases_case c
     WHERE c.closed_at >= begins AND c.closed_at < ends GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, l.old, 'outflow', count(*)
      FROM cases_levelchange l JOIN cases_case c ON c.id = l.case_id
     WHERE l.state = 'accepted' AND l.decided_at >= begins AND l.decided_at < ends GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, k.level, 'actions_due', count(*)
      FROM cases_action a JOIN cases_case c ON c.id = a.case_id JOIN access_compartment k ON k.id = a.compartment_id
     WHERE a.due_on BETWEEN first_day AND last_day AND a.state <> 'withdrawn' GROUP BY 1, 2
    UNION ALL
    SELECT c.municipality_id, k.level, 'actions_in_time', count(*)
      FROM cases_action a JOIN cases_case c ON c.id = a.case_id JOIN access_compartment k ON k.id = a.compartment_id
     WHERE a.due_on BETWEEN first_day AND last_day AND a.state = 'done'
       AND (a.ended_at AT TIME ZONE 'Europe/Amsterdam')::date <= a.due_on GROUP BY 1, 2
  )
  SELECT first_day, n.municipality_id, n.level, n.measure, sum(n.value) FROM counts n
   GROUP BY n.municipality_id, n.level, n.measure;
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN counted;
END $$;

-- At which level a case stood at a moment: after its last accepted change before it, or before its first.
CREATE FUNCTION reports_level_at(which bigint, now_at int, moment timestamptz) RETURNS int
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(
    (SELECT l.new FROM cases_levelchange l WHERE l.case_id = which AND l.state = 'accepted' AND l.decided_at < moment
      ORDER BY l.decided_at DESC LIMIT 1),
    (SELECT l.old FROM cases_levelchange l WHERE l.case_id = which AND l.state = 'accepted'
      ORDER BY l.decided_at LIMIT 1),
    now_at)::int
$$;

GRANT SELECT ON cases_signal, cases_case, cases_closing, cases_levelchange, cases_action, meetings_agendaitem,
  meetings_meeting, access_compartment TO ijap_count;
GRANT SELECT, INSERT, DELETE ON reports_figure TO ijap_count;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s TO ijap_count', pg_get_serial_sequence('reports_figure', 'id'));
END $$;
ALTER FUNCTION reports_recount(date) OWNER TO ijap_count;
ALTER FUNCTION reports_level_at(bigint, int, timestamptz) OWNER TO ijap_count;
REVOKE ALL ON FUNCTION reports_recount(date), reports_level_at(bigint, int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_recount(date) TO ijap_app, ijap_bulk;
GRANT EXECUTE ON FUNCTION reports_level_at(bigint, int, timestamptz) TO ijap_count;
