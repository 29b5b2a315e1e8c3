-- Which youths recur together in what was told: in one signal, or at the same place within a few days. Runs as who
-- asks (SECURITY INVOKER): row security shows what that reader may see, so both ends of every pair are theirs.
-- Victims and witnesses do not count: who was hit by a group is not in it; nor does what its source took back or what
-- stood with the wrong youth. Only the newest: what it costs does not grow with all that was ever told. May run again;
-- it names columns and tables that later migrations make.
SET LOCAL check_function_bodies = off;
DROP FUNCTION IF EXISTS cases_seen_together(date, int, int, int);
DROP FUNCTION IF EXISTS cases_seen_hidden(int[], bigint[], date, int, int);
CREATE OR REPLACE FUNCTION cases_seen_together(since date, days_apart int, at_least int, strictest int, most int)
  RETURNS TABLE (one bigint, other bigint, times int, shared int, places text[], last_on date)
  LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH newest AS MATERIALIZED (
    SELECT t.* FROM cases_toldsignal t
     WHERE t.observed_on >= since AND t.role IN ('suspect', 'involved') AND t.data_class <= strictest
       AND t.unlinked_at IS NULL
     ORDER BY t.observed_on DESC, t.id DESC LIMIT most
  ), seen AS MATERIALIZED (
    -- A signal that is kept strictly is told twice, in two rooms: it counts once.
    SELECT c.youth_id AS youth, t.signal_id AS signal, t.observed_on AS day,
           lower(btrim(t.location)) AS place, min(btrim(t.location)) AS name
      FROM newest t JOIN cases_case c ON c.id = t.case_id
     WHERE c.closed_at IS NULL
       AND NOT EXISTS (SELECT FROM cases_correction w WHERE w.told_id = t.id AND w.kind = 'withdrawn')
     GROUP BY 1, 2, 3, 4
  ), met AS (
    SELECT a.youth AS one, b.youth AS other, a.signal AS first, b.signal AS second, a.name, a.day
      FROM seen a JOIN seen b ON b.signal = a.signal AND b.youth > a.youth
    UNION ALL
    SELECT a.youth, b.youth, a.signal, b.signal, a.name, greatest(a.day, b.day)
      FROM seen a JOIN seen b ON b.place = a.place AND b.youth > a.youth AND b.signal <> a.signal
       AND b.day BETWEEN a.day - days_apart AND a.day + days_apart
     WHERE a.place <> ''
  )
  -- Three signals about one and three about the other at one place are three times, not nine.
  SELECT m.one, m.other, least(count(DISTINCT m.first), count(DISTINCT m.second))::int,
         count(DISTINCT m.first) FILTER (WHERE m.first = m.second)::int,
         array_agg(DISTINCT m.name ORDER BY m.name) FILTER (WHERE m.name <> ''), max(m.day)
    FROM met m GROUP BY m.one, m.other
  HAVING least(count(DISTINCT m.first), count(DISTINCT m.second)) >= at_least
   ORDER BY 3 DESC, 1, 2
$$;

-- Per possible group (its number, and the youths in it that the asker sees): how many others recur with them whom the
-- asker does not see. Only those whose case is in a municipality the asker leads, only from what is of class basis,
-- only with youths the asker does see, and nobody of whom the asker is kept out.
CREATE OR REPLACE FUNCTION cases_seen_hidden(
    numbers int[], with_youths bigint[], since date, days_apart int, at_least int, most int)
  RETURNS TABLE (number int, hidden int)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine int[] := app_keys();
BEGIN
  RETURN QUERY
  WITH pairs AS MATERIALIZED (
    SELECT p.one, p.other FROM cases_seen_together(since, days_apart, at_least, 0, most) p
  ), ends AS (
    SELECT p.one AS shown, p.other AS unseen FROM pairs p UNION ALL SELECT p.other, p.one FROM pairs p
  )
  SELECT w.number, count(DISTINCT e.unseen)::int
    FROM unnest(numbers, with_youths) AS w (number, youth)
    JOIN ends e ON e.shown = w.youth
    JOIN cases_youth s ON s.id = e.shown AND s.readers && mine AND NOT s.excluded && mine
    JOIN cases_youth h ON h.id = e.unseen AND NOT h.readers && mine AND NOT h.excluded && mine
    JOIN cases_case c ON c.youth_id = h.id AND c.closed_at IS NULL
   WHERE EXISTS (SELECT 1 FROM generate_series(1, 3) l WHERE access_regie_key(c.municipality_id, l, 0) = ANY (mine))
   GROUP BY w.number;
END $$;

GRANT SELECT ON cases_toldsignal, cases_case, cases_youth TO ijap_readers;
ALTER FUNCTION cases_seen_hidden(int[], bigint[], date, int, int, int) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_seen_together(date, int, int, int, int), cases_seen_hidden(int[], bigint[], date, int, int, int)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_seen_together(date, int, int, int, int) TO ijap_app, ijap_readers;
GRANT EXECUTE ON FUNCTION cases_seen_hidden(int[], bigint[], date, int, int, int) TO ijap_app;
