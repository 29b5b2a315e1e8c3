REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO ijap_owner;
GRANT USAGE ON SCHEMA public TO ijap_app, ijap_bulk, ijap_readers, ijap_count;
GRANT CREATE ON SCHEMA public TO ijap_readers, ijap_count;
