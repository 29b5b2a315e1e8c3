-- When what is to be destroyed, worked out from the terms and from nothing else. These functions look past row
-- security and give back numbers and counts. Python's copy of the sum for one case stands in retention/rules.py; a
-- test compares the two. May run again, like access/sql/readers.sql: it names tables that later migrations make, and
-- those give the rights on them.
SET LOCAL check_function_bodies = off;

-- Everything of which a term runs, with the day on which it is over.
CREATE OR REPLACE FUNCTION retention_clocks()
  RETURNS TABLE (kind text, number bigint, youth bigint, code text, level int, municipality bigint, from_on date,
                 months int, until_on date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'case', c.id, c.youth_id, t.code, room.level::int, room.municipality_id,
         (c.closed_at AT TIME ZONE 'Europe/Amsterdam')::date, t.months::int,
         (SELECT max(e.until_on) FROM retention_extension e WHERE e.case_id = c.id)
    FROM cases_case c
    JOIN access_compartment room ON room.id = c.room_id
   CROSS JOIN LATERAL (
         SELECT max(greatest(l.old, l.new)) AS level FROM cases_levelchange l
          WHERE l.case_id = c.id AND l.state = 'accepted') been
    -- The heaviest level at which it ever stood.
    JOIN retention_retentionterm t
      ON t.code = (ARRAY['case_jpp', 'case_lja', 'case_pga'])[greatest(c.level, been.level)]
   WHERE c.closed_at IS NOT NULL
  UNION ALL
  SELECT 'signal', s.id, NULL, t.code, home.level::int, home.municipality_id,
         (coalesce(s.decided_at, greatest(s.saved_at, s.submitted_at)) AT TIME ZONE 'Europe/Amsterdam')::date,
         t.months::int, NULL
    FROM cases_signal s
    JOIN access_compartment home ON home.id = s.compartment_id
    JOIN retention_retentionterm t ON t.code = 'signal_' || s.state
  UNION ALL
  SELECT 'group', g.id, NULL, t.code, home.level::int, home.municipality_id,
         (g.closed_at AT TIME ZONE 'Europe/Amsterdam')::date, t.months::int, NULL
    FROM cases_group g
    JOIN access_compartment home ON home.id = g.compartment_id
    JOIN retention_retentionterm t ON t.code = 'group'
   WHERE g.closed_at IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION retention_over_on(from_on date, months int, until_on date) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT greatest((from_on + make_interval(months => months))::date, until_on) $$;

-- What must go now. The last case of a youth waits while a signal about somebody of that name and day of birth is
-- not judged yet, and while there is a case of somebody who was absorbed by this youth: they are one.
CREATE OR REPLACE FUNCTION retention_due()
  RETURNS TABLE (kind text, number bigint, youth bigint, code text, level int, municipality bigint, from_on date,
                 months int, due_on date, takes_youth boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT k.kind, k.number, k.youth, k.code, k.level, k.municipality, k.from_on, k.months,
         retention_over_on(k.from_on, k.months, k.until_on), last_one.is_so
    FROM retention_clocks() k
   CROSS JOIN LATERAL (
         SELECT k.kind = 'case'
                AND NOT EXISTS (SELECT FROM cases_case o WHERE o.youth_id = k.youth AND o.id <> k.number) AS is_so) last_one
   WHERE retention_over_on(k.from_on, k.months, k.until_on) <= (now() AT TIME ZONE 'Europe/Amsterdam')::date
     AND NOT (last_one.is_so AND EXISTS (
         SELECT FROM cases_signal s JOIN cases_youth y ON y.id = k.youth
          WHERE s.state IN ('submitted', 'more_asked') AND lower(s.last_name) = lower(y.last_name)
            AND lower(s.first_name) = lower(y.first_name) AND s.birth_on IS NOT DISTINCT FROM y.birth_on))
     AND NOT (last_one.is_so AND EXISTS (
         SELECT FROM cases_youthmerge m JOIN cases_case o ON o.youth_id = m.absorbed_id
          WHERE m.kept_id = k.youth AND m.undone_at IS NULL))
$$;

-- Every night: what is over is proposed, once; what is no longer over (opened again, kept longer) lapses.
CREATE OR REPLACE FUNCTION retention_propose(OUT proposed int, OUT lapsed int) LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE retention_proposal p SET lapsed_at = clock_timestamp()
   WHERE p.refused_at IS NULL AND p.lapsed_at IS NULL AND p.destroyed_at IS NULL
     AND NOT EXISTS (SELECT FROM retention_due() d WHERE d.kind = p.kind AND d.number = p.object_number);
  GET DIAGNOSTICS lapsed = ROW_COUNT;
  INSERT INTO retention_proposal (uuid, kind, object_number, youth_number, takes_youth, code, level, municipality_id,
      counted_from_on, months, ground, due_on, proposed_by_id, refusal_ground, explanation)
  SELECT gen_random_uuid(), d.kind, d.number, d.youth, d.takes_youth, d.code, d.level, d.municipality, d.from_on,
         d.months, t.regime, d.due_on, current_setting('ijap.user_id')::bigint, '', ''
    FROM retention_due() d JOIN retention_retentionterm t ON t.code = d.code
   WHERE NOT EXISTS (SELECT FROM retention_proposal p WHERE p.kind = d.kind AND p.object_number = d.number
                        AND p.postponed_until > (now() AT TIME ZONE 'Europe/Amsterdam')::date)
  ON CONFLICT (kind, object_number) WHERE refused_at IS NULL AND lapsed_at IS NULL AND destroyed_at IS NULL
  DO NOTHING;
  GET DIAGNOSTICS proposed = ROW_COUNT;
END $$;

-- What another number of months would do: how many run under this term, how many are over now, how many would be.
CREATE OR REPLACE FUNCTION retention_preview(which text, wanted int, OUT running bigint, OUT over_now bigint, OUT over_then bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*),
         count(*) FILTER (WHERE retention_over_on(k.from_on, k.months, k.until_on) <= (now() AT TIME ZONE 'Europe/Amsterdam')::date),
         count(*) FILTER (WHERE retention_over_on(k.from_on, wanted, k.until_on) <= (now() AT TIME ZONE 'Europe/Amsterdam')::date)
    FROM retention_clocks() k WHERE k.code = which
$$;

GRANT SELECT ON retention_retentionterm, retention_extension TO ijap_destroyer;
GRANT SELECT, INSERT ON retention_proposal TO ijap_destroyer;
GRANT UPDATE (lapsed_at, destroyed_at, explanation) ON retention_proposal TO ijap_destroyer;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s TO ijap_destroyer', pg_get_serial_sequence('retention_proposal', 'id'));
END $$;
ALTER FUNCTION retention_clocks() OWNER TO ijap_destroyer;
ALTER FUNCTION retention_due() OWNER TO ijap_destroyer;
ALTER FUNCTION retention_propose() OWNER TO ijap_destroyer;
ALTER FUNCTION retention_preview(text, int) OWNER TO ijap_destroyer;
REVOKE ALL ON FUNCTION retention_clocks(), retention_due(), retention_propose(), retention_preview(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_propose(), retention_preview(text, int) TO ijap_app;
GRANT EXECUTE ON FUNCTION retention_clocks(), retention_due() TO ijap_bulk;

-- Numbers without names, and yet: regie sees those of its own level and municipality, the privacy officer all, the
-- clock what it proposed itself. A person approves in the own name only.
ALTER TABLE retention_proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_proposal FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner_migrates ON retention_proposal;
CREATE POLICY owner_migrates ON retention_proposal TO ijap_owner USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS leads_or_guards ON retention_proposal;
CREATE POLICY leads_or_guards ON retention_proposal TO ijap_app
  USING (1 = ANY (audit_keys()) OR access_regie_key(municipality_id, level, 0) = ANY (audit_keys())
         OR proposed_by_id = nullif(current_setting('ijap.user_id', true), '')::bigint);
ALTER TABLE retention_approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_approval FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner_migrates ON retention_approval;
CREATE POLICY owner_migrates ON retention_approval TO ijap_owner USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS with_the_proposal ON retention_approval;
CREATE POLICY with_the_proposal ON retention_approval TO ijap_app
  USING (EXISTS (SELECT FROM retention_proposal p WHERE p.id = proposal_id))
  WITH CHECK (person_id = nullif(current_setting('ijap.user_id', true), '')::bigint
              AND EXISTS (SELECT FROM retention_proposal p WHERE p.id = proposal_id));
ALTER TABLE retention_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention_certificate FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner_migrates ON retention_certificate;
CREATE POLICY owner_migrates ON retention_certificate TO ijap_owner USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS with_the_proposal ON retention_certificate;
CREATE POLICY with_the_proposal ON retention_certificate TO ijap_app
  USING (EXISTS (SELECT FROM retention_proposal p WHERE p.id = proposal_id));
GRANT UPDATE (refused_at, refused_by_id, refusal_ground, explanation, postponed_until) ON retention_proposal TO ijap_app;
GRANT UPDATE (content, sha256, pages, made_at) ON retention_certificate TO ijap_app;
