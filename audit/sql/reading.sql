-- Who reads the log. The privacy officer (key 1) all of it; the privacy contact of a partner what the people of
-- that partner did. Python's copy of the keys stands in accounts/keys.py; a test compares the two.

CREATE FUNCTION audit_keys() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(trim(BOTH '{}' FROM coalesce(current_setting('ijap.keys', true), '')), ',')::int[]
$$;
CREATE FUNCTION audit_contact_key(partner bigint) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (900000000 + partner)::int $$;

CREATE POLICY read_by_contact ON audit_event FOR SELECT TO ijap_app
  USING (audit_contact_key(actor_partner_id) = ANY (audit_keys()));
CREATE INDEX audit_event_partner ON audit_event (actor_partner_id, id);

-- Which rows name this youth. Under row security PostgreSQL does not use the index on youths: the operator is
-- not leakproof. So this function looks past it and applies the same two keys itself.
CREATE FUNCTION audit_of_youth(youth bigint) RETURNS SETOF audit_event LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE keys int[] := audit_keys();
BEGIN
  -- In plpgsql, which keeps its plan: a function in SQL plans every month anew at every call.
  RETURN QUERY SELECT e.* FROM audit_event e
   WHERE e.youth_ids @> ARRAY[youth]
     AND (1 = ANY (keys) OR audit_contact_key(e.actor_partner_id) = ANY (keys));
END $$;
GRANT SELECT ON audit_event TO ijap_watch;
ALTER FUNCTION audit_of_youth(bigint) OWNER TO ijap_watch;
REVOKE ALL ON FUNCTION audit_of_youth(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_of_youth(bigint) TO ijap_app;
