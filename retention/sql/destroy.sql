-- Destroying what two people approved. One function, one transaction, one proposal; its owner is the only role that
-- may delete these tables, and nobody logs in as it. What goes and what stays is told in retention/periods.py; a
-- test holds the rights below against it. May run again, and comes after the last table that was made.
SET LOCAL check_function_bodies = off;

-- Approved by regie of this level and by the privacy officer, two people who hold those roles still, neither of
-- whom proposed it. Gives back the two; else an error.
CREATE OR REPLACE FUNCTION retention_approvers(p retention_proposal, OUT regie bigint, OUT privacy bigint) LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT max(a.person_id) FILTER (WHERE a.side = 'regie' AND (
           r.role = 'regisseur_jpp' AND p.level = 1 OR r.role = 'regisseur_pga' AND p.level = 3
           OR r.role = 'regisseur_lja' AND p.level = 2 AND r.municipality_id IS NOT DISTINCT FROM p.municipality_id)),
         max(a.person_id) FILTER (WHERE a.side = 'privacy' AND r.role = 'privacy_officer')
    INTO regie, privacy
    FROM retention_approval a
    JOIN accounts_user u ON u.id = a.person_id AND u.is_active
    JOIN accounts_roleassignment r ON r.user_id = u.id AND r.ended_at IS NULL AND (r.until IS NULL OR r.until > now())
   WHERE a.proposal_id = p.id AND a.person_id <> p.proposed_by_id;
  IF regie IS NULL OR privacy IS NULL OR regie = privacy THEN
    RAISE EXCEPTION 'this was not approved by two' USING ERRCODE = '42501';
  END IF;
END $$;

-- Of each of these tables the rows that point to these numbers. Gives back how many went, per table.
CREATE OR REPLACE FUNCTION retention_remove(counts jsonb, tbl text, col text, ids bigint[]) RETURNS jsonb LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
  EXECUTE format('DELETE FROM public.%I WHERE %I = ANY ($1)', tbl, col) USING ids;
  GET DIAGNOSTICS gone = ROW_COUNT;
  IF gone = 0 THEN RETURN counts; END IF;
  RETURN counts || jsonb_build_object(tbl, coalesce((counts ->> tbl)::bigint, 0) + gone);
END $$;

-- Asks every column of the database that can point to one of these whether it still does, whatever table it is in.
DROP FUNCTION IF EXISTS retention_left(bigint[], bigint[], bigint[], bigint[]);
CREATE OR REPLACE FUNCTION retention_left(youths bigint[], cases bigint[], signals bigint[], groups bigint[], places bigint[],
                               OUT questions int, OUT rows bigint) LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked record; found bigint;
BEGIN
  questions := 0; rows := 0;
  FOR asked IN
    WITH gone (parent, ids) AS (
      VALUES ('public.cases_youth'::regclass, youths), ('public.cases_case', cases), ('public.cases_signal', signals),
             ('public.cases_group', groups), ('public.access_compartment', places)
    )
    SELECT c.conrelid::regclass AS tbl, a.attname AS col, gone.ids FROM gone
      JOIN pg_constraint c ON c.confrelid = gone.parent AND c.contype = 'f'
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    UNION ALL
    SELECT gone.parent, 'id', gone.ids FROM gone
    UNION ALL
    SELECT 'public.cases_accessrequest'::regclass, 'youth_number', youths
  LOOP
    EXECUTE format('SELECT count(*) FROM %s WHERE %I = ANY ($1)', asked.tbl, asked.col) INTO found USING asked.ids;
    questions := questions + 1;
    rows := rows + found;
  END LOOP;
  SELECT count(*) INTO found FROM meetings_document d WHERE d.youth_ids && youths;
  questions := questions + 1;
  rows := rows + found;
END $$;

-- The rooms in which something of these cases stands, with what is kept more strictly beside them.
CREATE OR REPLACE FUNCTION retention_rooms(cases bigint[]) RETURNS SETOF bigint LANGUAGE sql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH named AS (
    SELECT x.room_id AS id FROM cases_case x WHERE x.id = ANY (cases)
    UNION SELECT x.room_id FROM cases_levelchange x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_closing x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_action x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_measure x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_toldsignal x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_remark x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_attachment x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_plangoal x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM cases_advice x WHERE x.case_id = ANY (cases)
    UNION SELECT x.compartment_id FROM meetings_omission x WHERE x.case_id = ANY (cases)
  )
  SELECT k.id FROM access_compartment k
   WHERE k.kind = 'case' AND (k.id IN (SELECT n.id FROM named n) OR k.beside_id IN (SELECT n.id FROM named n))
$$;

-- The compartments that go: all of a youth who goes; else the rooms and agenda points of the case, also a room that
-- was made while it ran and in which nothing stands any more; those of signals and of requests.
CREATE OR REPLACE FUNCTION retention_places(youths bigint[], cases bigint[], signals bigint[], items bigint[], requests bigint[])
  RETURNS bigint[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH whole AS (
    SELECT y.compartment_id AS id FROM cases_youth y WHERE y.id = ANY (youths)
  ), of_case AS (
    SELECT r AS id FROM retention_rooms(cases) r
    UNION
    SELECT k.id FROM cases_case c
      JOIN access_compartment k ON k.within_id = c.compartment_id AND k.kind = 'case'
     WHERE c.id = ANY (cases) AND k.made_at BETWEEN c.opened_at - interval '1 minute' AND c.closed_at
    EXCEPT
    SELECT r FROM cases_case c JOIN cases_case o ON o.youth_id = c.youth_id AND o.id <> ALL (cases)
     CROSS JOIN LATERAL retention_rooms(ARRAY[o.id]) r WHERE c.id = ANY (cases)
  ), found AS (
    SELECT k.id FROM access_compartment k JOIN whole w ON w.id IN (k.id, k.within_id)
    UNION SELECT o.id FROM of_case o
    UNION SELECT k.id FROM access_compartment k JOIN of_case o ON o.id = k.beside_id
    UNION SELECT i.compartment_id FROM meetings_agendaitem i WHERE i.id = ANY (items)
    UNION SELECT b.compartment_id FROM meetings_contribution b WHERE b.item_id = ANY (items)
    UNION SELECT s.compartment_id FROM cases_signal s WHERE s.id = ANY (signals)
    UNION SELECT r.compartment_id FROM cases_reporter r WHERE r.signal_id = ANY (signals)
    UNION SELECT r.compartment_id FROM cases_accessrequest r WHERE r.id = ANY (requests)
    UNION SELECT w.compartment_id FROM cases_wrongyouth w WHERE w.case_id = ANY (cases)
  )
  SELECT coalesce(array_agg(f.id), '{}') FROM found f
$$;

-- Signals that are told about another youth too, at tables that stay. When nothing of this youth is left where it was
-- told, its texts go; the other table keeps what it was told. Gives back how many.
CREATE OR REPLACE FUNCTION retention_empty_signals(shared bigint[], of_youth bigint) RETURNS bigint LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE emptied bigint[];
BEGIN
  SELECT coalesce(array_agg(s), '{}') INTO emptied FROM unnest(shared) s
   WHERE NOT EXISTS (SELECT FROM cases_toldsignal t JOIN cases_case c ON c.id = t.case_id
                      WHERE t.signal_id = s AND t.unlinked_at IS NULL AND c.youth_id = of_youth);
  UPDATE cases_signal s SET observed = '', purpose = '', description = '', not_informed_because = '', location = '',
      corrected = ''
   WHERE s.id = ANY (emptied);
  UPDATE cases_signal s SET first_name = '', prefix = '', last_name = '', birth_on = NULL, is_birth_unknown = true,
      school = '', youth_id = (SELECT c.youth_id FROM cases_toldsignal t JOIN cases_case c ON c.id = t.case_id
                                WHERE t.signal_id = s.id AND t.unlinked_at IS NULL ORDER BY t.id LIMIT 1)
   WHERE s.id = ANY (emptied) AND s.youth_id = of_youth;
  DELETE FROM cases_signalnote x WHERE x.signal_id = ANY (emptied);
  DELETE FROM cases_attachment x WHERE x.signal_id = ANY (emptied);
  RETURN cardinality(emptied);
END $$;

CREATE OR REPLACE FUNCTION retention_destroy(which bigint) RETURNS bigint LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p retention_proposal; by_two record; step record; remains record; made bigint; n bigint;
  counts jsonb := '{}'; emptied jsonb := '{}';
  youths bigint[] := '{}'; cases bigint[] := '{}'; signals bigint[] := '{}'; places bigint[] := '{}';
  groups bigint[] := '{}';
  items bigint[]; actions bigint[]; corrections bigint[]; requests bigint[]; shared bigint[]; papers bigint[]; home bigint; youth cases_youth;
BEGIN
  SELECT x.* INTO p FROM retention_proposal x WHERE x.id = which FOR NO KEY UPDATE;
  IF p.destroyed_at IS NOT NULL THEN  -- twice is once
    SELECT c.id INTO STRICT made FROM retention_certificate c WHERE c.proposal_id = p.id;
    RETURN made;
  END IF;
  IF p.id IS NULL OR p.refused_at IS NOT NULL OR p.lapsed_at IS NOT NULL THEN
    RAISE EXCEPTION 'this proposal does not stand' USING ERRCODE = '42501';
  END IF;
  SELECT * INTO by_two FROM retention_approvers(p);
  -- Keep still what it is about, in the order in which the application locks; then look whether it is over.
  IF p.kind = 'case' THEN
    SELECT c.compartment_id INTO home FROM cases_case c WHERE c.id = p.object_number;
    PERFORM FROM access_compartment k WHERE k.id = home FOR UPDATE;
    PERFORM FROM cases_case c WHERE c.id = p.object_number FOR UPDATE;
  ELSIF p.kind = 'group' THEN
    PERFORM FROM cases_group g WHERE g.id = p.object_number FOR UPDATE;
  ELSE
    PERFORM FROM cases_signal s WHERE s.id = p.object_number FOR UPDATE;
  END IF;
  IF NOT EXISTS (SELECT FROM retention_due() d WHERE d.kind = p.kind AND d.number = p.object_number) THEN
    RAISE EXCEPTION 'its term is not over' USING ERRCODE = '42501';
  END IF;

  -- 1. What goes.
  IF p.kind = 'case' THEN
    cases := ARRAY[p.object_number];
    SELECT y.* INTO STRICT youth FROM cases_youth y WHERE y.id = p.youth_number FOR UPDATE;
    IF NOT EXISTS (SELECT FROM cases_case o WHERE o.youth_id = youth.id AND o.id <> p.object_number) THEN
      youths := ARRAY[youth.id];
    END IF;
    -- Who was absorbed by this youth and has no case goes along; one with a case made this one wait (due.sql).
    IF cardinality(youths) > 0 THEN
      youths := youths || ARRAY(SELECT m.absorbed_id FROM cases_youthmerge m
                                 WHERE m.kept_id = youth.id AND m.undone_at IS NULL
                                   AND NOT EXISTS (SELECT FROM cases_case o WHERE o.youth_id = m.absorbed_id));
    END IF;
    -- Signals told at this table and at no other. Of what was told elsewhere too: see 3. One that was told here about the
    -- wrong youth is not this youth's.
    SELECT coalesce(array_agg(s.id) FILTER (WHERE NOT e.is_so), '{}'), coalesce(array_agg(s.id) FILTER (WHERE e.is_so), '{}')
      INTO signals, shared
      FROM cases_signal s
     CROSS JOIN LATERAL (SELECT EXISTS (
           SELECT FROM cases_toldsignal t
            WHERE t.signal_id = s.id AND t.unlinked_at IS NULL AND t.case_id <> ALL (cases)) AS is_so) e
     WHERE s.youth_id = ANY (youths) OR EXISTS (
           SELECT FROM cases_toldsignal t
            WHERE t.signal_id = s.id AND t.unlinked_at IS NULL AND t.case_id = ANY (cases));
  ELSIF p.kind = 'group' THEN
    groups := ARRAY[p.object_number];
  ELSE
    signals := ARRAY[p.object_number];
  END IF;
  SELECT coalesce(array_agg(i.id), '{}') INTO items FROM meetings_agendaitem i WHERE i.case_id = ANY (cases);
  SELECT coalesce(array_agg(a.id), '{}') INTO actions FROM cases_action a WHERE a.case_id = ANY (cases);
  SELECT coalesce(array_agg(o.id), '{}') INTO corrections FROM cases_correction o JOIN cases_toldsignal t ON t.id = o.told_id
   WHERE t.case_id = ANY (cases) OR t.signal_id = ANY (signals);
  SELECT coalesce(array_agg(r.id), '{}') INTO requests FROM cases_accessrequest r
   WHERE r.case_id = ANY (cases) OR cardinality(youths) > 0
     AND (r.youth_number = ANY (youths) OR r.search_name = youth.search_name AND r.birth_on IS NOT DISTINCT FROM youth.birth_on);
  SELECT coalesce(array_agg(d.id), '{}') INTO papers FROM meetings_document d
   WHERE youth.id = ANY (d.youth_ids) AND (cardinality(youths) > 0 OR d.meeting_id IN (
         SELECT i.meeting_id FROM meetings_agendaitem i WHERE i.id = ANY (items)))
      OR d.compartment_id IN (SELECT i.compartment_id FROM access_inclusion i JOIN cases_group g ON g.compartment_id = i.whole_id
                               WHERE g.id = ANY (groups));
  places := retention_places(youths, cases, signals, items, requests)
         || ARRAY(SELECT g.compartment_id FROM cases_group g WHERE g.id = ANY (groups));

  -- 2. It goes. Foreign keys are looked at when all is done.
  SET CONSTRAINTS ALL DEFERRED;
  FOR step IN SELECT * FROM (VALUES
      ('meetings_note', 'item_id', items), ('meetings_decision', 'item_id', items),
      ('meetings_agreedaction', 'item_id', items), ('meetings_agreedaction', 'action_id', actions),
      ('meetings_iteminvitation', 'item_id', items), ('meetings_contribution', 'item_id', items),
      ('meetings_itempresence', 'item_id', items), ('meetings_minutesremark', 'item_id', items),
      ('meetings_addendum', 'item_id', items),
      ('meetings_agendaitem', 'id', items), ('meetings_documentcopy', 'document_id', papers),
      ('meetings_omission', 'case_id', cases), ('cases_action', 'id', actions), ('cases_measure', 'case_id', cases),
      ('cases_attachment', 'case_id', cases), ('cases_attachment', 'signal_id', signals),
      ('cases_remark', 'case_id', cases), ('cases_plangoal', 'case_id', cases), ('cases_advice', 'case_id', cases),
      ('cases_informing', 'case_id', cases),
      ('cases_place', 'youth_id', youths), ('cases_relative', 'youth_id', youths),
      ('cases_groupmember', 'youth_id', youths), ('cases_groupmember', 'group_id', groups),
      ('meetings_grouppoint', 'group_id', groups), ('cases_groupgoal', 'group_id', groups),
      ('cases_groupplace', 'group_id', groups), ('cases_groupstep', 'group_id', groups), ('cases_group', 'id', groups),
      ('cases_clashanswer', 'case_id', cases), ('cases_closing', 'case_id', cases),
      ('cases_levelchange', 'case_id', cases), ('cases_correctiontask', 'correction_id', corrections),
      ('cases_correction', 'id', corrections), ('cases_toldsignal', 'case_id', cases),
      ('cases_toldsignal', 'signal_id', signals), ('cases_wrongyouthreader', 'compartment_id', places),
      ('cases_wrongyouth', 'case_id', cases),
      ('cases_youthmerge', 'absorbed_id', youths), ('cases_youthmerge', 'kept_id', youths),
      ('cases_signalnote', 'signal_id', signals), ('cases_reporter', 'signal_id', signals),
      ('cases_secretaddress', 'youth_id', youths),
      ('cases_citizennumber', 'youth_id', youths), ('cases_reveal', 'compartment_id', places),
      ('cases_accessrequest', 'id', requests), ('retention_extension', 'case_id', cases),
      ('access_inclusion', 'compartment_id', places), ('access_inclusion', 'whole_id', places),
      ('access_participation', 'compartment_id', places), ('access_grant', 'content_object_id', places),
      ('access_endedgrant', 'compartment_id', places), ('access_exclusion', 'compartment_id', places)
    ) AS steps (tbl, col, ids)
  LOOP
    counts := retention_remove(counts, step.tbl, step.col, step.ids);
  END LOOP;
  INSERT INTO retention_signaltrace (signal_number, state, municipality_id, submitted_month, decided_month)
  SELECT s.id, s.state, s.municipality_id, date_trunc('month', s.submitted_at AT TIME ZONE 'Europe/Amsterdam'),
         date_trunc('month', s.decided_at AT TIME ZONE 'Europe/Amsterdam')
    FROM cases_signal s WHERE s.id = ANY (signals) ON CONFLICT (signal_number) DO NOTHING;
  counts := retention_remove(counts, 'cases_signal', 'id', signals);
  counts := retention_remove(counts, 'cases_case', 'id', cases);

  -- 3. What is of others too is emptied: a signal that is told about another youth as well, when nothing of this
  -- youth is left at which it was told; and the papers of meetings, which cannot be cut.
  n := retention_empty_signals(shared, youth.id);
  IF n > 0 THEN emptied := emptied || jsonb_build_object('cases_signal', n); END IF;
  UPDATE meetings_document d SET content = '', youth_ids = array_remove(d.youth_ids, youth.id) WHERE d.id = ANY (papers);
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n > 0 THEN emptied := emptied || jsonb_build_object('meetings_document', n); END IF;
  UPDATE oversight_paper o SET content = '', expires_at = least(o.expires_at, clock_timestamp()) WHERE o.youth_id = ANY (youths) AND o.content <> '';
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n > 0 THEN emptied := emptied || jsonb_build_object('oversight_paper', n); END IF;
  UPDATE retention_proposal x SET explanation = ''
   WHERE x.kind = p.kind AND x.object_number = p.object_number AND x.explanation <> '';
  counts := retention_remove(counts, 'cases_youth', 'id', youths);
  counts := retention_remove(counts, 'access_compartment', 'id', places);
  SET CONSTRAINTS ALL IMMEDIATE;
  IF home IS NOT NULL AND cardinality(youths) = 0 THEN
    PERFORM access_refresh(ARRAY[home]);
  END IF;

  -- 4. The proof, in the same step.
  SELECT * INTO remains FROM retention_left(youths, cases, signals, groups, places);
  IF remains.rows > 0 THEN
    RAISE EXCEPTION '% rows are left of %', remains.rows, counts;
  END IF;
  UPDATE retention_proposal x SET destroyed_at = clock_timestamp() WHERE x.id = p.id;
  INSERT INTO retention_certificate (uuid, proposal_id, kind, object_number, counts, emptied, questions, left_over,
      regie_by_id, privacy_by_id, destroyed_at, content, sha256, pages)
  VALUES (gen_random_uuid(), p.id, p.kind, p.object_number, counts, emptied, remains.questions, remains.rows,
      by_two.regie, by_two.privacy, clock_timestamp(), '', '', 0)
  RETURNING id INTO made;
  RETURN made;
END $$;

GRANT SELECT ON accounts_user, accounts_roleassignment, retention_approval TO ijap_destroyer;
GRANT SELECT, INSERT ON retention_certificate, retention_signaltrace TO ijap_destroyer;
GRANT SELECT, DELETE ON meetings_note, meetings_contribution, meetings_decision, meetings_agreedaction, meetings_iteminvitation,
  meetings_itempresence, meetings_minutesremark, meetings_addendum,
  meetings_agendaitem, meetings_documentcopy, meetings_omission, cases_action, cases_measure, cases_clashanswer, cases_closing,
  cases_levelchange, cases_toldsignal, cases_signal, cases_signalnote, cases_reporter, cases_secretaddress, cases_citizennumber,
  cases_correction, cases_correctiontask, cases_youthmerge, cases_wrongyouth, cases_wrongyouthreader, cases_remark, cases_attachment,
  cases_plangoal, cases_advice, cases_informing, cases_place, cases_relative, cases_groupmember,
  cases_reveal, cases_accessrequest, cases_case, cases_youth, retention_extension, access_inclusion,
  access_participation, access_grant, access_endedgrant, access_exclusion, access_compartment TO ijap_destroyer;
GRANT SELECT, DELETE ON cases_group, cases_groupstep, cases_groupplace, cases_groupgoal, meetings_grouppoint
  TO ijap_destroyer;
GRANT SELECT ON meetings_document, oversight_paper TO ijap_destroyer;
-- FOR UPDATE asks for the right to change something.
GRANT UPDATE (closed_at) ON access_compartment, cases_case TO ijap_destroyer;
GRANT UPDATE (school) ON cases_youth TO ijap_destroyer;
GRANT UPDATE (name) ON cases_group TO ijap_destroyer;
GRANT UPDATE (content, youth_ids) ON meetings_document TO ijap_destroyer;
GRANT UPDATE (content, expires_at) ON oversight_paper TO ijap_destroyer;
GRANT UPDATE (first_name, prefix, last_name, birth_on, is_birth_unknown, description, school, observed, purpose,
  not_informed_because, location, corrected, youth_id) ON cases_signal TO ijap_destroyer;
GRANT EXECUTE ON FUNCTION access_refresh(bigint[]) TO ijap_destroyer;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SEQUENCE %s, %s TO ijap_destroyer', pg_get_serial_sequence('retention_certificate', 'id'),
                 pg_get_serial_sequence('retention_signaltrace', 'id'));
END $$;
ALTER FUNCTION retention_destroy(bigint) OWNER TO ijap_destroyer;
REVOKE ALL ON FUNCTION retention_destroy(bigint), retention_remove(jsonb, text, text, bigint[]),
  retention_empty_signals(bigint[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_remove(jsonb, text, text, bigint[]), retention_empty_signals(bigint[], bigint)
  TO ijap_destroyer;
GRANT EXECUTE ON FUNCTION retention_destroy(bigint) TO ijap_app;
