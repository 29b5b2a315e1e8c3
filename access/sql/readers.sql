-- Who reads a compartment: the only place that decides it. Python's copy of the three keys stands in
-- accounts/keys.py; tests compare the two.
--
-- This file may run again: a migration that changes who reads runs it whole, so that the truth stands in one
-- place. A function may name a table that a later migration makes.
SET LOCAL check_function_bodies = off;

CREATE OR REPLACE FUNCTION app_keys() RETURNS int[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE carried text := current_setting('ijap.keys', true);
BEGIN
  IF carried IS NULL OR carried = '' THEN
    RAISE EXCEPTION 'no access scope is open' USING ERRCODE = '42501';
  END IF;
  RETURN carried::int[];
END $$;

CREATE OR REPLACE FUNCTION access_partner_key(partner bigint, level int, class int) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (partner * 100 + level * 10 + class)::int $$;
CREATE OR REPLACE FUNCTION access_regie_key(municipality bigint, level int, class int) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (1000000000 + coalesce(municipality, 0) * 100 + level * 10 + class)::int $$;
CREATE OR REPLACE FUNCTION access_person_key(person bigint) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (1500000000 + person)::int $$;
CREATE OR REPLACE FUNCTION access_privacy_key() RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 1 $$;

-- The truth, computed afresh from participations, grants and exclusions, for these roots and all that
-- lies within them (NULL: for everything). By the clock itself: a statement that waited for a lock began
-- before what others did meanwhile, and by its own time those would not have started yet.
-- Readers go up: who reads a part reads the whole's name.
-- Exclusions go down: who is kept out of the whole is kept out of every part, and of every document in
-- which the whole is included.
CREATE OR REPLACE FUNCTION access_computed(roots bigint[])
  RETURNS TABLE (id bigint, readers int[], excluded int[], valid_until timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH family AS (
    -- Joined with unnest, not "= ANY (roots)": that walks the array for every row when there are many.
    SELECT c.* FROM unnest(roots) r JOIN access_compartment c ON c.id = r
    UNION ALL
    SELECT c.* FROM unnest(roots) r JOIN access_compartment c ON c.within_id = r
    UNION ALL
    SELECT c.* FROM access_compartment c WHERE roots IS NULL
  ), held AS (
    SELECT f.id, f.within_id, access_regie_key(f.municipality_id, f.level, f.data_class) AS key,
           NULL::timestamptz AS until
      FROM family f WHERE f.closed_at IS NULL AND NOT f.is_private
    UNION ALL
    SELECT f.id, f.within_id, access_person_key(f.author_id), NULL
      FROM family f WHERE f.author_id IS NOT NULL
    UNION ALL
    -- The privacy officer judges who asked for access and why, and reads what stood with the wrong youth: these
    -- are the only rooms this key opens, and not what they lie in.
    SELECT f.id, NULL, access_privacy_key(), NULL FROM family f WHERE f.kind IN ('access_request', 'wrong_youth')
    UNION ALL
    SELECT f.id, f.within_id, access_partner_key(p.partner_id, f.level, f.data_class), p.until
      FROM family f JOIN access_participation p ON p.compartment_id = f.id
     WHERE p.ended_at IS NULL AND p.starts_at <= clock_timestamp() AND (p.until IS NULL OR p.until > clock_timestamp())
    UNION ALL
    SELECT f.id, f.within_id, access_person_key(g.user_id), g.until
      FROM family f JOIN access_grant g ON g.content_object_id = f.id
     WHERE g.until > clock_timestamp()
  ), opened AS (
    SELECT h.id, h.key, h.until FROM held h
    UNION ALL
    SELECT h.within_id, h.key, h.until FROM held h WHERE h.within_id IS NOT NULL
  ), kept_out AS (
    SELECT f.id, access_person_key(x.user_id) AS key
      FROM family f JOIN access_exclusion x ON x.compartment_id IN (f.id, f.within_id)
     WHERE x.ended_at IS NULL
    UNION ALL
    SELECT f.id, access_person_key(x.user_id)
      FROM family f
      JOIN access_inclusion i ON i.compartment_id = f.id
      JOIN access_exclusion x ON x.compartment_id = i.whole_id
     WHERE x.ended_at IS NULL
  )
  SELECT f.id,
         coalesce(o.keys, '{}'), coalesce(k.keys, '{}'), o.until
    FROM family f
    LEFT JOIN (SELECT opened.id, array_agg(DISTINCT key ORDER BY key) AS keys, min(until) AS until
                 FROM opened GROUP BY opened.id) o ON o.id = f.id
    LEFT JOIN (SELECT kept_out.id, array_agg(DISTINCT key ORDER BY key) AS keys
                 FROM kept_out GROUP BY kept_out.id) k ON k.id = f.id
$$;

-- Past valid_until the participations themselves are asked: a late job leaves no door open.
CREATE OR REPLACE FUNCTION access_reads_now(compartment bigint, keys int[]) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT n.readers && keys AND NOT n.excluded && keys
      FROM access_compartment c, access_computed(ARRAY[coalesce(c.within_id, c.id)]) n
     WHERE c.id = compartment AND n.id = c.id), false)
$$;

-- Lock first, then read in a separate statement. In one statement the sums are made from the snapshot
-- of before the wait for the lock, and what another transaction just revoked is given back.
CREATE OR REPLACE FUNCTION access_refresh(compartments bigint[]) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE roots bigint[];
BEGIN
  IF compartments IS NULL THEN RETURN; END IF;
  SELECT array_agg(DISTINCT coalesce(c.within_id, c.id)) INTO roots
    FROM unnest(compartments) wanted JOIN access_compartment c ON c.id = wanted;
  PERFORM 1 FROM unnest(roots) r JOIN access_compartment c ON c.id = r ORDER BY c.id FOR NO KEY UPDATE OF c;
  UPDATE access_compartment c
     SET readers = n.readers, excluded = n.excluded, valid_until = n.valid_until
    FROM access_computed(roots) n
   WHERE c.id = n.id
     AND (c.readers, c.excluded, c.valid_until) IS DISTINCT FROM (n.readers, n.excluded, n.valid_until);
END $$;

-- Everything anew, for the nightly check. Returns how many were wrong: more than none is an incident.
CREATE OR REPLACE FUNCTION access_recompute_all() RETURNS int LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changed int;
BEGIN
  UPDATE access_compartment c
     SET readers = n.readers, excluded = n.excluded, valid_until = n.valid_until
    FROM access_computed(NULL) n
   WHERE c.id = n.id
     AND (c.readers, c.excluded, c.valid_until) IS DISTINCT FROM (n.readers, n.excluded, n.valid_until);
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END $$;

-- What has lapsed since it was computed, brought up to date. Called every minute. A grant that is over goes:
-- guardian does not look at its end. Its history stays.
CREATE OR REPLACE FUNCTION access_expire() RETURNS int LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE lapsed bigint[]; ended int;
BEGIN
  SELECT array_agg(c.id) INTO lapsed FROM access_compartment c WHERE c.valid_until <= statement_timestamp();
  WITH gone AS (DELETE FROM access_grant g WHERE g.until <= clock_timestamp() RETURNING g.*)
  INSERT INTO access_endedgrant (compartment_id, user_id, until, ground, reason, granted_by_id, granted_at,
                                 ended_by_id, ended_at)
  SELECT content_object_id, user_id, until, ground, reason, granted_by_id, granted_at,
         current_setting('ijap.user_id')::bigint, until
    FROM gone;
  GET DIAGNOSTICS ended = ROW_COUNT;
  PERFORM access_refresh(lapsed);
  RETURN greatest(coalesce(cardinality(lapsed), 0), ended);
END $$;

-- A new compartment: its own readers at once, so that its maker sees it; then those of what it lies in.
CREATE OR REPLACE FUNCTION access_compartment_start() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.readers := '{}';
  IF NOT NEW.is_private THEN
    NEW.readers := ARRAY[access_regie_key(NEW.municipality_id, NEW.level, NEW.data_class)];
  END IF;
  IF NEW.author_id IS NOT NULL THEN
    NEW.readers := NEW.readers || access_person_key(NEW.author_id);
  END IF;
  IF NEW.kind IN ('access_request', 'wrong_youth') THEN
    NEW.readers := access_privacy_key() || NEW.readers;  -- the lowest key first: readers are kept in order
  END IF;
  SELECT coalesce(w.excluded, '{}') INTO NEW.excluded FROM access_compartment w WHERE w.id = NEW.within_id;
  NEW.excluded := coalesce(NEW.excluded, '{}');
  NEW.valid_until := NULL;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER start BEFORE INSERT ON access_compartment
  FOR EACH ROW EXECUTE FUNCTION access_compartment_start();

CREATE OR REPLACE FUNCTION access_compartment_added() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM access_refresh((SELECT array_agg(a.id) FROM added a WHERE a.within_id IS NOT NULL));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER added AFTER INSERT ON access_compartment REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION access_compartment_added();

-- Two things of a compartment only move one way: what is kept strictly stays so, and only a request for access
-- is passed on to another level.
CREATE OR REPLACE FUNCTION access_compartment_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.data_class < OLD.data_class THEN
    RAISE EXCEPTION 'the class of a compartment is never lowered' USING ERRCODE = '42501';
  END IF;
  IF NEW.level <> OLD.level AND OLD.kind <> 'access_request' THEN
    RAISE EXCEPTION 'a compartment stays at its level' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER guarded BEFORE UPDATE OF data_class, level ON access_compartment
  FOR EACH ROW EXECUTE FUNCTION access_compartment_guarded();

CREATE OR REPLACE FUNCTION access_compartment_changed() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM access_refresh((
    SELECT array_agg(b.id) FROM before b JOIN changed c USING (id)
     WHERE (b.closed_at, b.municipality_id, b.is_private, b.level, b.data_class)
           IS DISTINCT FROM (c.closed_at, c.municipality_id, c.is_private, c.level, c.data_class)));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER changed AFTER UPDATE ON access_compartment
  REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION access_compartment_changed();

-- A compartment for another level than one's own: who proposes a change of level makes the room ready and
-- cannot look inside. Only who reads the whole may add a part to it. Returns its id.
CREATE OR REPLACE FUNCTION access_prepare_room(part_of bigint, for_level int, of_municipality bigint) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM access_compartment w WHERE w.id = part_of AND w.readers && app_keys()
                    AND NOT w.excluded && app_keys()) THEN
    RAISE EXCEPTION 'this compartment cannot be read' USING ERRCODE = '42501';
  END IF;
  INSERT INTO access_compartment (kind, level, municipality_id, data_class, within_id)
  VALUES ('case', for_level, of_municipality, 0, part_of) RETURNING id INTO made;
  RETURN made;
END $$;

-- The other way round: who reads the whole may close a room of it without being able to look inside.
CREATE OR REPLACE FUNCTION access_close_room(room bigint, who bigint) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE access_compartment c SET closed_at = statement_timestamp(), closed_by_id = who
    FROM access_compartment w
   WHERE c.id = room AND c.closed_at IS NULL AND w.id = coalesce(c.within_id, c.id)
     AND w.readers && app_keys() AND NOT w.excluded && app_keys();
END $$;

-- The room of a stricter class beside a room of a case, made when something of that class is first told.
-- Its maker may not be able to look inside. Only who reads the whole may ask for it. Returns its id.
CREATE OR REPLACE FUNCTION access_room_of_class(beside bigint, class int) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE base access_compartment; room bigint;
BEGIN
  SELECT c.* INTO base FROM access_compartment c JOIN access_compartment w ON w.id = c.within_id
   WHERE c.id = beside AND c.kind = 'case' AND c.closed_at IS NULL
     AND w.readers && app_keys() AND NOT w.excluded && app_keys();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this compartment cannot be read' USING ERRCODE = '42501';
  END IF;
  -- Two who come at the same moment wait for each other here.
  PERFORM 1 FROM access_compartment w WHERE w.id = base.within_id FOR NO KEY UPDATE;
  SELECT c.id INTO room FROM access_compartment c
   WHERE c.beside_id = beside AND c.data_class = class AND c.closed_at IS NULL;
  IF room IS NULL THEN
    INSERT INTO access_compartment (kind, level, municipality_id, data_class, within_id, beside_id)
    VALUES ('case', base.level, base.municipality_id, class, base.within_id, beside) RETURNING id INTO room;
  END IF;
  RETURN room;
END $$;

-- One trigger function per table that gives or takes reading; each statement refreshes once, so COPY
-- of half a million rows is one computation.
CREATE OR REPLACE FUNCTION access_participation_moved() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM access_refresh((SELECT array_agg(DISTINCT m.compartment_id) FROM moved m));
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION access_grant_moved() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM access_refresh((SELECT array_agg(DISTINCT m.content_object_id) FROM moved m));
  RETURN NULL;
END $$;
-- Who is kept out of a whole is also kept out of the documents in which it is included.
CREATE OR REPLACE FUNCTION access_exclusion_moved() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM access_refresh((
    SELECT array_agg(DISTINCT touched.id) FROM (
      SELECT m.compartment_id AS id FROM moved m
      UNION ALL
      SELECT i.compartment_id FROM moved m JOIN access_inclusion i ON i.whole_id = m.compartment_id) touched));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER moved_in AFTER INSERT ON access_participation REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_participation_moved();
CREATE OR REPLACE TRIGGER moved AFTER UPDATE ON access_participation REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_participation_moved();
CREATE OR REPLACE TRIGGER moved_in AFTER INSERT ON access_exclusion REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_exclusion_moved();
CREATE OR REPLACE TRIGGER moved AFTER UPDATE ON access_exclusion REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_exclusion_moved();
CREATE OR REPLACE TRIGGER moved_in AFTER INSERT ON access_grant REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_grant_moved();
CREATE OR REPLACE TRIGGER moved AFTER UPDATE ON access_grant REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_grant_moved();
CREATE OR REPLACE TRIGGER moved_out AFTER DELETE ON access_grant REFERENCING OLD TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION access_grant_moved();

-- These functions see every row, so they belong to a role that nobody can log in as.
GRANT SELECT, INSERT, UPDATE ON access_compartment TO ijap_readers;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s TO ijap_readers', pg_get_serial_sequence('access_compartment', 'id'));
END $$;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s, %s TO ijap_readers', pg_get_serial_sequence('access_grant', 'id'),
                 pg_get_serial_sequence('access_endedgrant', 'id'));
END $$;
GRANT SELECT ON access_participation, access_grant, access_exclusion TO ijap_readers;
ALTER FUNCTION access_computed(bigint[]) OWNER TO ijap_readers;
ALTER FUNCTION access_reads_now(bigint, int[]) OWNER TO ijap_readers;
ALTER FUNCTION access_refresh(bigint[]) OWNER TO ijap_readers;
ALTER FUNCTION access_recompute_all() OWNER TO ijap_readers;
ALTER FUNCTION access_expire() OWNER TO ijap_readers;
ALTER FUNCTION access_prepare_room(bigint, int, bigint) OWNER TO ijap_readers;
ALTER FUNCTION access_close_room(bigint, bigint) OWNER TO ijap_readers;
ALTER FUNCTION access_room_of_class(bigint, int) OWNER TO ijap_readers;
ALTER FUNCTION access_exclusion_moved() OWNER TO ijap_readers;
ALTER FUNCTION access_compartment_start() OWNER TO ijap_readers;
ALTER FUNCTION access_compartment_added() OWNER TO ijap_readers;
ALTER FUNCTION access_compartment_changed() OWNER TO ijap_readers;
ALTER FUNCTION access_participation_moved() OWNER TO ijap_readers;
ALTER FUNCTION access_grant_moved() OWNER TO ijap_readers;
-- The truth of everybody is for the triggers and the robots, not for a curious query.
REVOKE ALL ON FUNCTION access_computed(bigint[]), access_refresh(bigint[]), access_recompute_all(), access_expire()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_recompute_all(), access_expire() TO ijap_app, ijap_bulk;
GRANT EXECUTE ON FUNCTION access_computed(bigint[]) TO ijap_bulk;
