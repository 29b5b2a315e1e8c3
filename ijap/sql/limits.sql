-- How much the asker opened and searched lately, counted from the log itself: there is no second list that could
-- say otherwise, and nobody's reading is kept in another place. Numbers come out, no rows.
--
-- One record counts once, however often it is looked at. What was on the agenda of a meeting that was running at
-- that moment does not count: nobody may be held up at the table.

-- Only openings and searches, so that counting them costs the same however much else somebody does.
CREATE INDEX audit_event_opened ON audit_event (actor_id, at)
  WHERE kind LIKE '%viewed' OR kind IN ('document.downloaded', 'youth.searched');

CREATE FUNCTION ijap_opened(this_request uuid)
  RETURNS TABLE (opened_soon int, opened_soon_before int, opened_day int, opened_day_before int,
                 searched_soon int, searched_day int, searched_now int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH lately AS (
    SELECT e.at, e.request_id, e.kind,
           CASE WHEN e.case_id IS NOT NULL THEN 'case ' || e.case_id ELSE e.subject_type || ' ' || e.subject_id END AS what
      FROM audit_event e
     WHERE e.actor_id = nullif(current_setting('ijap.user_id', true), '')::bigint
       AND e.at > clock_timestamp() - interval '1 day' AND e.outcome = 'done'
       AND (e.kind LIKE '%viewed' OR e.kind IN ('document.downloaded', 'youth.searched'))
       AND NOT EXISTS (
         SELECT FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id
          WHERE i.case_id = e.case_id AND m.started_at <= e.at AND (m.closed_at IS NULL OR m.closed_at >= e.at))
  ), marked AS (
    SELECT l.*, l.at > clock_timestamp() - interval '10 minutes' AS soon,
           l.request_id IS DISTINCT FROM this_request AS before
      FROM lately l
  ), opened AS (
    SELECT bool_or(m.soon) AS soon, bool_or(m.soon AND m.before) AS soon_before, bool_or(m.before) AS before
      FROM marked m WHERE m.kind <> 'youth.searched' AND m.what IS NOT NULL GROUP BY m.what
  ), counted AS (
    SELECT count(*) FILTER (WHERE o.soon) AS a, count(*) FILTER (WHERE o.soon_before) AS b,
           count(*) AS c, count(*) FILTER (WHERE o.before) AS d
      FROM opened o
  ), searched AS (
    SELECT count(*) FILTER (WHERE m.soon) AS a, count(*) AS b, count(*) FILTER (WHERE NOT m.before) AS c
      FROM marked m WHERE m.kind = 'youth.searched'
  )
  SELECT c.a::int, c.b::int, c.c::int, c.d::int, s.a::int, s.b::int, s.c::int FROM counted c, searched s
$$;

GRANT SELECT ON audit_event TO ijap_count;
ALTER FUNCTION ijap_opened(uuid) OWNER TO ijap_count;
REVOKE ALL ON FUNCTION ijap_opened(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ijap_opened(uuid) TO ijap_app;
