"""People, cases, planning: persons and roles, requests with their chained events, stored assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0002_people_cases_planning"
down_revision = "0001_cadastre"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE people.role (
    key text CONSTRAINT role_pkey PRIMARY KEY,
    title_fa text NOT NULL,
    title_en text NOT NULL
);
CREATE TABLE people.role_permission (
    role text NOT NULL CONSTRAINT role_permission_role_fkey REFERENCES people.role (key),
    permission text NOT NULL,
    CONSTRAINT role_permission_pkey PRIMARY KEY (role, permission)
);
CREATE TABLE people.person (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT person_pkey PRIMARY KEY,
    username text NOT NULL CONSTRAINT person_username_key UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE people.person_role (
    person_id bigint NOT NULL CONSTRAINT person_role_person_id_fkey REFERENCES people.person (id),
    role text NOT NULL CONSTRAINT person_role_role_fkey REFERENCES people.role (key),
    CONSTRAINT person_role_pkey PRIMARY KEY (person_id, role)
);
CREATE TABLE people.log_in (
    token_sha256 bytea CONSTRAINT log_in_pkey PRIMARY KEY,
    person_id bigint NOT NULL CONSTRAINT log_in_person_id_fkey REFERENCES people.person (id),
    csrf text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX log_in_person_id_idx ON people.log_in (person_id);
CREATE INDEX log_in_expires_at_idx ON people.log_in (expires_at);
CREATE TABLE people.log_in_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT log_in_attempt_pkey PRIMARY KEY,
    username text NOT NULL,
    address text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    succeeded boolean NOT NULL
);
CREATE INDEX log_in_attempt_username_at_idx ON people.log_in_attempt (username, at);
CREATE INDEX log_in_attempt_address_at_idx ON people.log_in_attempt (address, at);

CREATE TABLE planning.book (
    sha256 bytea CONSTRAINT book_pkey PRIMARY KEY,
    id text NOT NULL,
    texts jsonb NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE planning.assessment (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT assessment_pkey PRIMARY KEY,
    parcel_key text NOT NULL,
    on_day date NOT NULL,
    book_sha256 bytea NOT NULL CONSTRAINT assessment_book_sha256_fkey REFERENCES planning.book (sha256),
    engine_version text NOT NULL,
    facts json NOT NULL,
    proposal json NOT NULL,
    report json NOT NULL,
    report_sha256 bytea NOT NULL,
    verdict text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX assessment_parcel_key_idx ON planning.assessment (parcel_key);

CREATE TABLE cases.procedure (
    key text NOT NULL,
    version integer NOT NULL,
    sha256 bytea NOT NULL,
    text text NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT procedure_pkey PRIMARY KEY (key, version)
);
CREATE TABLE cases.request (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT request_pkey PRIMARY KEY,
    tracking_code text NOT NULL CONSTRAINT request_tracking_code_key UNIQUE,
    service text NOT NULL,
    procedure_key text NOT NULL,
    procedure_version integer NOT NULL,
    channel text NOT NULL,
    parcel_key text NOT NULL,
    applicant_id bigint NOT NULL CONSTRAINT request_applicant_id_fkey REFERENCES people.person (id),
    filed_at timestamptz NOT NULL,
    filed_on date NOT NULL,
    location geometry(Point, 3857) NOT NULL,
    state text,
    verdict text,
    due_on date,
    assessment_id bigint CONSTRAINT request_assessment_id_fkey REFERENCES planning.assessment (id),
    last_ordinal integer NOT NULL DEFAULT 0,
    last_digest bytea NOT NULL,
    CONSTRAINT request_procedure_key_procedure_version_fkey
        FOREIGN KEY (procedure_key, procedure_version) REFERENCES cases.procedure (key, version)
);
CREATE INDEX request_applicant_id_id_idx ON cases.request (applicant_id, id);
CREATE INDEX request_state_id_idx ON cases.request (state, id);
CREATE INDEX request_parcel_key_idx ON cases.request (parcel_key);
CREATE INDEX request_location_idx ON cases.request USING gist (location);
CREATE TABLE cases.event (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT event_pkey PRIMARY KEY,
    request_id bigint NOT NULL CONSTRAINT event_request_id_fkey REFERENCES cases.request (id),
    ordinal integer NOT NULL,
    at timestamptz NOT NULL,
    actor_id bigint CONSTRAINT event_actor_id_fkey REFERENCES people.person (id),
    move text NOT NULL,
    state_before text,
    state_after text NOT NULL,
    reason text,
    reason_sha256 bytea,
    result jsonb NOT NULL,
    previous bytea NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT event_request_id_ordinal_key UNIQUE (request_id, ordinal)
);
"""

# The only writer of a request's state; with the owner's rights, since the service may not update requests.
_EVENTS_MOVE_REQUESTS = """
CREATE FUNCTION cases.event_moves_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r cases.request;
BEGIN
    SELECT * INTO STRICT r FROM cases.request WHERE id = NEW.request_id FOR UPDATE;
    IF r.state IS DISTINCT FROM NEW.state_before OR NEW.ordinal <> r.last_ordinal + 1
       OR NEW.previous <> r.last_digest THEN
        RAISE EXCEPTION 'request % moved on: it is % after event %', r.id, r.state, r.last_ordinal
            USING ERRCODE = 'PV001';
    END IF;
    UPDATE cases.request SET
        state = NEW.state_after,
        verdict = coalesce(NEW.result ->> 'verdict', verdict),
        due_on = (NEW.result ->> 'due_on')::date,
        assessment_id = coalesce((NEW.result ->> 'assessment')::bigint, assessment_id),
        last_ordinal = NEW.ordinal,
        last_digest = NEW.digest
    WHERE id = NEW.request_id;
    RETURN NEW;
END $$;
CREATE TRIGGER event_moves_request BEFORE INSERT ON cases.event
    FOR EACH ROW EXECUTE FUNCTION cases.event_moves_request();

CREATE FUNCTION cases.only_events_write_requests() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.state IS NOT NULL OR NEW.verdict IS NOT NULL OR NEW.due_on IS NOT NULL
                             OR NEW.assessment_id IS NOT NULL OR NEW.last_ordinal <> 0) THEN
        RAISE EXCEPTION 'a request begins without a state; its first event gives it one'
            USING ERRCODE = 'PV002';
    END IF;
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a request is written by its events only' USING ERRCODE = 'PV002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_events_write_requests BEFORE INSERT OR UPDATE ON cases.request
    FOR EACH ROW EXECUTE FUNCTION cases.only_events_write_requests();

CREATE FUNCTION cases.request_has_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases.event WHERE request_id = NEW.id) THEN
        RAISE EXCEPTION 'request % was written without an event', NEW.id USING ERRCODE = 'PV002';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER request_has_event AFTER INSERT ON cases.request
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases.request_has_event();
"""

_APPEND_ONLY = """
CREATE FUNCTION planning.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'PV002';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON planning.book
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON planning.assessment
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases.procedure
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases.event
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON cases.request
    FOR EACH STATEMENT EXECUTE FUNCTION planning.refuse_change();
"""

_GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'parvaneh_service') THEN
        GRANT SELECT ON ALL TABLES IN SCHEMA people, cases, planning TO parvaneh_service;
        GRANT INSERT, DELETE ON people.log_in TO parvaneh_service;
        GRANT INSERT, UPDATE (succeeded) ON people.log_in_attempt TO parvaneh_service;
        GRANT INSERT ON planning.book, planning.assessment, cases.procedure, cases.request, cases.event
            TO parvaneh_service;
    END IF;
END $$;
"""

# The roles as of this migration; later changes of roles are data, not code.
_ANYONE = ("health.read", "description.read", "session.use", "map.read", "assessment.make")
_OWN = ("request.file", "request.read", "request.move")
_ROLES = {
    "anyone": ("همه", "Anyone", _ANYONE),
    "citizen": ("شهروند", "Citizen", _OWN),
    "surveyor": ("نقشه‌بردار", "Surveyor", _OWN),
    "reviewer": ("کارشناس کنترل ضوابط", "Reviewer", (*_OWN, "request.read_all")),
    "planner": ("کارشناس طرح", "Planner", (*_OWN, "request.read_all")),
    "administrator": ("مدیر سامانه", "Administrator", (*_OWN, "request.read_all")),
}


def upgrade() -> None:
    for part in (_TABLES, _EVENTS_MOVE_REQUESTS, _APPEND_ONLY, _GRANTS):
        op.get_bind().exec_driver_sql(part.replace("%", "%%"))
    role = sa.table("role", sa.column("key"), sa.column("title_fa"), sa.column("title_en"), schema="people")
    permission = sa.table("role_permission", sa.column("role"), sa.column("permission"), schema="people")
    op.bulk_insert(
        role, [{"key": key, "title_fa": fa, "title_en": en} for key, (fa, en, _) in _ROLES.items()]
    )
    op.bulk_insert(
        permission, [{"role": key, "permission": p} for key, (_, _, held) in _ROLES.items() for p in held]
    )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup instead")
