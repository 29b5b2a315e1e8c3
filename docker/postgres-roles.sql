DO $$ BEGIN
 IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname='ijap_owner') THEN
 CREATE ROLE ijap_owner LOGIN; CREATE ROLE ijap_app LOGIN; CREATE ROLE ijap_bulk LOGIN BYPASSRLS;
 CREATE ROLE ijap_readers NOLOGIN BYPASSRLS; CREATE ROLE ijap_count NOLOGIN BYPASSRLS; GRANT ijap_readers, ijap_count TO ijap_owner; END IF;
END $$;
