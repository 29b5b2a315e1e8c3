-- Seals: once a minute everything that is finished gets one link of a chain. Who changes, adds or takes away a
-- row afterwards breaks a seal; who makes the whole chain anew no longer has the links that left the house.
--
-- Not a chain of rows: that would let every request wait for the one before it. A seal covers the rows of all
-- transactions below the oldest one that still runs, so no late commit slips in behind it.

-- Under which emergency access it was seen, if any.
ALTER TABLE audit_event ADD COLUMN break_glass_id bigint;

CREATE INDEX audit_event_transaction ON audit_event (transaction_id);

-- What a row says, as bytes: every column, in an order and a form that no setting changes.
-- The same words stand in audit/chain.py, which trusts no function of the database; a test compares the two.
CREATE FUNCTION audit_digest(e audit_event) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(ROW(
    e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.transaction_id, e.kind, e.outcome, e.actor_id,
    e.on_behalf_of_id, e.actor_partner_id, e.actor_role, e.subject_type, e.subject_id, e.case_id, e.youth_ids,
    e.data_classes, e.ground, e.recipients, e.ip, e.session_hash, e.request_id, e.break_glass_id, e.details
  )::text, 'UTF8'))
$$;

-- The link of a seal: everything it says, and the link before it.
CREATE FUNCTION audit_link(previous bytea, s audit_seal) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(previous || s.digest || convert_to(concat_ws(':', s.number, s.kind, s.from_transaction,
    s.to_transaction, s.next_transaction, s.rows, (extract(epoch FROM s.sealed_at) * 1000000)::bigint,
    coalesce(s.closed::text, '')), 'UTF8'))
$$;

CREATE FUNCTION audit_add_seal(s audit_seal) RETURNS void LANGUAGE plpgsql AS $$
DECLARE before bytea;
BEGIN
  SELECT link INTO before FROM public.audit_seal WHERE number = s.number - 1;
  IF before IS NULL AND s.number > 1 THEN
    RAISE EXCEPTION 'seal % is missing', s.number - 1;
  END IF;
  s.link := public.audit_link(coalesce(before, ''), s);
  INSERT INTO public.audit_seal SELECT s.*;
END $$;

-- Seals what is finished, at most `most` rows a seal. Returns how many seals were made.
CREATE FUNCTION audit_seal_now(most int DEFAULT 100000) RETURNS int LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  s audit_seal; made int := 0; seen pg_snapshot; finished bigint; upto bigint;
BEGIN
  -- One at a time; who waited here looks again, because every statement sees what was committed before it.
  PERFORM pg_advisory_xact_lock(hashtext('audit_seal'));
  SELECT coalesce(max(number), 0), coalesce(max(to_transaction), 0) INTO s.number, s.to_transaction
    FROM audit_seal;
  LOOP
    s.sealed_at := clock_timestamp();  -- before the snapshot: what begins after it has a later moment
    seen := pg_current_snapshot();
    finished := pg_snapshot_xmin(seen)::text::bigint;
    IF finished < s.to_transaction THEN
      RAISE EXCEPTION 'transaction % is below the last seal (%): was this database restored from a dump?',
        finished, s.to_transaction;
    END IF;
    SELECT e.transaction_id INTO upto FROM audit_event e
     WHERE e.transaction_id >= s.to_transaction AND e.transaction_id < finished
     ORDER BY e.transaction_id OFFSET most LIMIT 1;
    s.from_transaction := s.to_transaction;
    -- A transaction is never cut in two, however many rows it wrote.
    s.to_transaction := CASE WHEN upto IS NULL THEN finished ELSE greatest(upto, s.from_transaction + 1) END;
    SELECT count(*), sha256(coalesce(string_agg(audit_digest(e), '' ORDER BY e.transaction_id, e.id), ''))
      INTO s.rows, s.digest
      FROM audit_event e
     WHERE e.transaction_id >= s.from_transaction AND e.transaction_id < s.to_transaction;
    EXIT WHEN s.rows = 0;
    s.number := s.number + 1;
    s.kind := 'rows';
    s.next_transaction := pg_snapshot_xmax(seen)::text::bigint;
    PERFORM audit_add_seal(s);
    made := made + 1;
    EXIT WHEN upto IS NULL;
  END LOOP;
  RETURN made;
END $$;

-- The owner takes away a month that is older than the term; a closing seal says first what was in it.
CREATE FUNCTION audit_close_month(month date) RETURNS bigint LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  begins date := date_trunc('month', month); ends date := begins + interval '1 month';
  partition text := 'audit_event_' || to_char(begins, 'YYYY_MM');
  part regclass := to_regclass('public.' || partition); years int; s audit_seal; emptied int8multirange; remains jsonb; loose bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit_seal'));
  SELECT keep_years INTO STRICT years FROM audit_term;
  IF ends > now() - make_interval(years => years) THEN
    RAISE EXCEPTION 'the log of % is kept for % years', to_char(begins, 'YYYY-MM'), years USING ERRCODE = '42501';
  END IF;
  IF part IS NULL THEN
    RAISE EXCEPTION 'there is no %', partition;
  END IF;
  SELECT coalesce(max(number), 0) + 1, coalesce(max(to_transaction), 0) INTO s.number, s.to_transaction
    FROM audit_seal;
  SELECT count(*) INTO loose FROM audit_event e
   WHERE e.tableoid = part AND e.transaction_id >= s.to_transaction;
  IF loose > 0 THEN
    RAISE EXCEPTION '% rows of % are not sealed yet', loose, to_char(begins, 'YYYY-MM');
  END IF;
  SELECT count(*), sha256(coalesce(string_agg(audit_digest(e), '' ORDER BY e.transaction_id, e.id), ''))
    INTO s.rows, s.digest
    FROM audit_event e WHERE e.tableoid = part;
  -- Which seals lose rows by it, and what is left of those that keep some.
  WITH touched AS (
    SELECT a.number, a.from_transaction, a.to_transaction FROM audit_seal a
     WHERE a.kind = 'rows' AND EXISTS (
       SELECT FROM audit_event e WHERE e.tableoid = part
          AND e.transaction_id >= a.from_transaction AND e.transaction_id < a.to_transaction)
  ), left_over AS (
    SELECT t.number, count(e.id) AS rows,
           sha256(coalesce(string_agg(audit_digest(e), '' ORDER BY e.transaction_id, e.id), '')) AS digest
      FROM touched t JOIN audit_event e
        ON e.transaction_id >= t.from_transaction AND e.transaction_id < t.to_transaction
       AND e.tableoid <> part
     GROUP BY t.number
  )
  SELECT range_agg(int8range(t.number, t.number, '[]')) FILTER (WHERE l.number IS NULL),
         coalesce(jsonb_object_agg(t.number, jsonb_build_array(l.rows, encode(l.digest, 'hex')))
                  FILTER (WHERE l.number IS NOT NULL), '{}')
    INTO emptied, remains
    FROM touched t LEFT JOIN left_over l USING (number);
  s.closed := jsonb_build_object('month', to_char(begins, 'YYYY-MM'),
                                 'emptied', coalesce(emptied, '{}')::text, 'remains', remains);
  s.kind := 'closing';
  s.from_transaction := s.to_transaction;
  s.sealed_at := clock_timestamp();
  s.next_transaction := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  PERFORM audit_add_seal(s);
  EXECUTE format('DROP TABLE public.%I', partition);
  RETURN s.rows;
END $$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- The application reads seals and makes them through the function only. What owns that function reads the log
-- by a policy of its own and can add a seal; nobody logs in as it.
GRANT SELECT ON audit_seal TO ijap_app, ijap_bulk;
GRANT SELECT ON audit_term TO ijap_app, ijap_bulk;
GRANT SELECT, INSERT ON audit_seal TO ijap_seal;
GRANT SELECT ON audit_event TO ijap_seal;
CREATE POLICY read_to_seal ON audit_event FOR SELECT TO ijap_seal USING (true);
ALTER FUNCTION audit_seal_now(int) OWNER TO ijap_seal;
REVOKE ALL ON FUNCTION audit_seal_now(int), audit_close_month(date), audit_add_seal(audit_seal) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_add_seal(audit_seal) TO ijap_seal;
GRANT EXECUTE ON FUNCTION audit_seal_now(int) TO ijap_app;

-- The application draws the number of a row itself, so that the copy outside the house can name it.
GRANT USAGE ON SEQUENCE audit_event_id_seq TO ijap_app, ijap_bulk;

-- A row says when it was written and by which transaction: the application cannot date it back.
ALTER POLICY written_by_all ON audit_event WITH CHECK (
  transaction_id = pg_current_xact_id()::text::bigint
  AND at BETWEEN clock_timestamp() - interval '5 seconds' AND clock_timestamp());
