-- How many running measures of a kind fall outside these ages, for the beheerder who changes the catalogue. Whoever
-- asks reads no case: the function counts for them and tells a number, of the whole region only.
CREATE OR REPLACE FUNCTION cases_measures_outside(wanted bigint, youngest int, oldest int) RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*) FROM (
    SELECT extract(year FROM age(CASE WHEN k.age_moment = 'fact' THEN coalesce(m.fact_on, current_date) ELSE current_date END,
                                 y.birth_on)) AS years
      FROM cases_measure m
      JOIN cases_measurekind k ON k.id = m.kind_id
      JOIN cases_case c ON c.id = m.case_id
      JOIN cases_youth y ON y.id = c.youth_id
     WHERE m.kind_id = wanted AND m.state IN ('proposed', 'requested', 'running') AND y.birth_on IS NOT NULL
  ) known
   WHERE known.years < coalesce(youngest, 0) OR known.years > coalesce(oldest, 999)
$$;

GRANT SELECT ON cases_measure, cases_measurekind, cases_case, cases_youth TO ijap_readers;
ALTER FUNCTION cases_measures_outside(bigint, int, int) OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_measures_outside(bigint, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_measures_outside(bigint, int, int) TO ijap_app;
