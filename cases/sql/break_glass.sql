-- Break-glass: one case, read only, for a short while. Who asks cannot see the case, so the database opens it:
-- for the asker of this request alone, when a second person agreed or the danger is acute, and never while an
-- earlier use has not been looked at. Returns until when, or nothing when no single case is meant.
CREATE OR REPLACE FUNCTION cases_open_break_glass(request bigint, minutes int, review_hours int)
  RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked cases_accessrequest;
  found_case cases_case;
  me bigint := current_setting('ijap.user_id')::bigint;
  until_then timestamptz := clock_timestamp() + make_interval(mins => least(minutes, 120));
BEGIN
  SELECT r.* INTO asked FROM cases_accessrequest r WHERE r.id = request FOR NO KEY UPDATE;
  IF NOT FOUND OR asked.asked_by_id <> me OR asked.opened_at IS NOT NULL OR NOT coalesce(
       asked.kind = 'acute'
       OR asked.kind = 'emergency' AND asked.is_granted AND asked.answered_by_id <> me
          AND asked.answered_at > clock_timestamp() - make_interval(hours => review_hours), false) THEN
    RAISE EXCEPTION 'this request opens nothing' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT 1 FROM cases_accessrequest o
              WHERE o.asked_by_id = me AND o.reviewed_at IS NULL
                AND o.opened_at < clock_timestamp() - make_interval(hours => review_hours)) THEN
    RAISE EXCEPTION 'an earlier use was not looked at yet' USING ERRCODE = '42501';
  END IF;
  IF asked.case_id IS NOT NULL THEN
    SELECT c.* INTO found_case FROM cases_case c WHERE c.id = asked.case_id AND c.closed_at IS NULL;
  ELSE
    BEGIN
      SELECT c.* INTO STRICT found_case FROM cases_case c JOIN cases_youth y ON y.id = c.youth_id
       WHERE c.closed_at IS NULL AND y.search_name = asked.search_name AND y.birth_on = asked.birth_on;
    EXCEPTION WHEN no_data_found OR too_many_rows THEN
      RETURN NULL;
    END;
  END IF;
  IF found_case.id IS NULL OR found_case.excluded && app_keys() THEN
    RETURN NULL;  -- closed meanwhile, or somebody who must stay out
  END IF;
  INSERT INTO access_grant (content_object_id, user_id, permission_id, until, ground, reason, granted_by_id)
  SELECT room.id, me, p.id, until_then, 'safety', 'Noodtoegang', coalesce(asked.answered_by_id, me)
    FROM access_compartment room, auth_permission p
    JOIN django_content_type t ON t.id = p.content_type_id
   WHERE p.codename = 'view_compartment' AND t.app_label = 'access'
     AND (room.id = found_case.room_id
          OR room.beside_id = found_case.room_id AND room.data_class IN (
               SELECT k.data_class FROM accounts_clearance k
                WHERE k.user_id = me AND k.ended_at IS NULL AND k.until > clock_timestamp()))
  ON CONFLICT (user_id, permission_id, content_object_id) DO NOTHING;
  UPDATE cases_accessrequest SET case_id = found_case.id, youth_number = found_case.youth_id, opened_at = clock_timestamp(), until = until_then
   WHERE id = request;
  -- Regie of the level where the case is looks at it.
  UPDATE access_compartment c SET level = room.level, municipality_id = room.municipality_id
    FROM access_compartment room WHERE room.id = found_case.room_id AND c.id = asked.compartment_id;
  RETURN until_then;
END $$;
-- What was used and of which nobody heard yet: where the case is, and whose person it was. No more than that.
CREATE OR REPLACE FUNCTION cases_claim_break_glass_news()
  RETURNS TABLE (level smallint, municipality bigint, partner bigint)
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE cases_accessrequest r SET told_at = clock_timestamp()
    FROM access_compartment c
   WHERE c.id = r.compartment_id AND r.opened_at IS NOT NULL AND r.told_at IS NULL
  RETURNING c.level, c.municipality_id, r.partner_id
$$;
GRANT SELECT, UPDATE ON cases_accessrequest TO ijap_readers;
GRANT SELECT ON auth_permission, django_content_type, accounts_clearance TO ijap_readers;
ALTER FUNCTION cases_open_break_glass(bigint, int, int) OWNER TO ijap_readers;
ALTER FUNCTION cases_claim_break_glass_news() OWNER TO ijap_readers;
REVOKE ALL ON FUNCTION cases_open_break_glass(bigint, int, int), cases_claim_break_glass_news() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_open_break_glass(bigint, int, int), cases_claim_break_glass_news() TO ijap_app;
