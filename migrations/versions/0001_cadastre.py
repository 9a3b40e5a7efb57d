"""The cadastre: extensions, schemas, roles, layers with days in force, register, the import's record."""

from alembic import op

revision = "0001_cadastre"
down_revision = None
branch_labels = None
depends_on = None

_ROLE = """
DO $$
DECLARE
    -- From PostgreSQL 16 on who makes a role is a member that may not take it on.
    needed text := CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'parvaneh_service') THEN
        CREATE ROLE parvaneh_service NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'parvaneh_service', needed) THEN
        EXECUTE format('GRANT parvaneh_service TO %I', current_user);
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this cluster was faster
    WHEN insufficient_privilege THEN
        RAISE WARNING 'role parvaneh_service cannot be created here: set PARVANEH_SERVICE_ROLE to ""';
END $$;
"""

_GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'parvaneh_service') THEN
        GRANT USAGE ON SCHEMA cadastre, people, cases, planning TO parvaneh_service;
        GRANT SELECT ON ALL TABLES IN SCHEMA cadastre TO parvaneh_service;
        GRANT INSERT, UPDATE, DELETE ON cadastre.tile_cache TO parvaneh_service;
    END IF;
END $$;
"""

_TABLES = """
CREATE TABLE cadastre.city (
    key TEXT NOT NULL,
    name_fa TEXT NOT NULL,
    name_en TEXT NOT NULL,
    srid INTEGER NOT NULL,
    is_sample BOOLEAN NOT NULL,
    rulebook TEXT,
    centre geometry(GEOMETRY,4326),
    bounds geometry(GEOMETRY,4326),
    profile JSONB NOT NULL,
    CONSTRAINT city_pkey PRIMARY KEY (key)
);

CREATE TABLE cadastre.tile_cache (
    layer TEXT NOT NULL,
    z SMALLINT NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    etag TEXT NOT NULL,
    body BYTEA NOT NULL,
    made_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT tile_cache_pkey PRIMARY KEY (layer, z, x, y)
);

CREATE TABLE cadastre.token (
    token TEXT NOT NULL,
    n INTEGER NOT NULL,
    CONSTRAINT token_pkey PRIMARY KEY (token)
);
CREATE INDEX token_token_idx ON cadastre.token USING gin (token gin_trgm_ops);

CREATE TABLE cadastre.import_run (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    city_key TEXT NOT NULL,
    profile_sha256 BYTEA NOT NULL,
    profile JSONB NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    report JSONB,
    engine_version TEXT NOT NULL,
    CONSTRAINT import_run_pkey PRIMARY KEY (id),
    CONSTRAINT import_run_city_key_fkey FOREIGN KEY(city_key) REFERENCES cadastre.city (key)
);

CREATE TABLE cadastre.address (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    text TEXT NOT NULL,
    parcel_key TEXT,
    search TSVECTOR NOT NULL,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT address_pkey PRIMARY KEY (id),
    CONSTRAINT address_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT address_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT address_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX address_geom_idx ON cadastre.address USING gist (geom);
CREATE UNIQUE INDEX address_key_in_force_idx ON cadastre.address (key) WHERE valid_to IS NULL;
CREATE INDEX address_key_valid_from_idx ON cadastre.address (key, valid_from);
CREATE INDEX address_parcel_key_idx ON cadastre.address (parcel_key);
CREATE INDEX address_search_idx ON cadastre.address USING gin (search);
CREATE INDEX address_tile_geom_idx ON cadastre.address USING gist (tile_geom);

CREATE TABLE cadastre.building (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    storeys INTEGER,
    height_m double precision,
    use TEXT,
    year INTEGER,
    parcel_key TEXT,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT building_pkey PRIMARY KEY (id),
    CONSTRAINT building_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT building_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT building_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX building_geom_idx ON cadastre.building USING gist (geom);
CREATE UNIQUE INDEX building_key_in_force_idx ON cadastre.building (key) WHERE valid_to IS NULL;
CREATE INDEX building_key_valid_from_idx ON cadastre.building (key, valid_from);
CREATE INDEX building_parcel_key_idx ON cadastre.building (parcel_key);
CREATE INDEX building_tile_geom_idx ON cadastre.building USING gist (tile_geom);

CREATE TABLE cadastre.district (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    code TEXT NOT NULL,
    name TEXT,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT district_pkey PRIMARY KEY (id),
    CONSTRAINT district_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT district_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT district_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX district_geom_idx ON cadastre.district USING gist (geom);
CREATE UNIQUE INDEX district_key_in_force_idx ON cadastre.district (key) WHERE valid_to IS NULL;
CREATE INDEX district_key_valid_from_idx ON cadastre.district (key, valid_from);
CREATE INDEX district_tile_geom_idx ON cadastre.district USING gist (tile_geom);

CREATE TABLE cadastre.import_reject (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    import_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    source_row BIGINT NOT NULL,
    key TEXT,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    attributes JSONB,
    geom geometry,
    CONSTRAINT import_reject_pkey PRIMARY KEY (id),
    CONSTRAINT import_reject_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX import_reject_import_id_layer_idx ON cadastre.import_reject (import_id, layer);

CREATE TABLE cadastre.layer_fault (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    import_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    key_a TEXT,
    key_b TEXT,
    area_m2 double precision,
    detail JSONB,
    geom geometry,
    CONSTRAINT layer_fault_pkey PRIMARY KEY (id),
    CONSTRAINT layer_fault_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX layer_fault_import_id_layer_kind_idx ON cadastre.layer_fault (import_id, layer, kind);

CREATE TABLE cadastre.layer_register (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    layer TEXT NOT NULL,
    import_id BIGINT NOT NULL,
    source TEXT NOT NULL,
    day DATE NOT NULL,
    complete_area geometry,
    declared JSONB NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    CONSTRAINT layer_register_pkey PRIMARY KEY (id),
    CONSTRAINT layer_register_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX layer_register_layer_valid_from_idx ON cadastre.layer_register (layer, valid_from);

CREATE TABLE cadastre.lineage (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    layer TEXT NOT NULL,
    old_key TEXT NOT NULL,
    new_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    day DATE NOT NULL,
    share double precision,
    import_id BIGINT NOT NULL,
    CONSTRAINT lineage_pkey PRIMARY KEY (id),
    CONSTRAINT lineage_kind_check CHECK (kind IN ('subdivision', 'merge', 'change')),
    CONSTRAINT lineage_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX lineage_layer_new_key_idx ON cadastre.lineage (layer, new_key);
CREATE INDEX lineage_layer_old_key_idx ON cadastre.lineage (layer, old_key);

CREATE TABLE cadastre.node (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    code TEXT NOT NULL,
    district INTEGER NOT NULL,
    region INTEGER NOT NULL,
    block INTEGER NOT NULL,
    house INTEGER NOT NULL,
    building INTEGER NOT NULL,
    apartment INTEGER NOT NULL,
    shop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    parent_code TEXT,
    parcel_key TEXT NOT NULL,
    building_key TEXT,
    use TEXT,
    floor INTEGER,
    area_m2 double precision,
    CONSTRAINT node_pkey PRIMARY KEY (id),
    CONSTRAINT node_kind_check CHECK (kind IN ('land', 'building', 'apartment', 'trade_unit')),
    CONSTRAINT node_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT node_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT node_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE UNIQUE INDEX node_code_in_force_idx ON cadastre.node (code) WHERE valid_to IS NULL;
CREATE INDEX node_code_valid_from_idx ON cadastre.node (code, valid_from);
CREATE INDEX node_parcel_key_idx ON cadastre.node (parcel_key);
CREATE INDEX node_parent_code_idx ON cadastre.node (parent_code);

CREATE TABLE cadastre.overlay (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    kind TEXT NOT NULL,
    name TEXT,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT overlay_pkey PRIMARY KEY (id),
    CONSTRAINT overlay_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT overlay_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT overlay_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX overlay_geom_idx ON cadastre.overlay USING gist (geom);
CREATE UNIQUE INDEX overlay_key_in_force_idx ON cadastre.overlay (key) WHERE valid_to IS NULL;
CREATE INDEX overlay_key_valid_from_idx ON cadastre.overlay (key, valid_from);
CREATE INDEX overlay_tile_geom_idx ON cadastre.overlay USING gist (tile_geom);

CREATE TABLE cadastre.parcel (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    area_m2 double precision NOT NULL,
    registered_area_m2 double precision,
    renovation_code TEXT,
    registration_plate TEXT,
    plate_main INTEGER,
    plate_sub INTEGER,
    address TEXT,
    search TSVECTOR NOT NULL,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT parcel_pkey PRIMARY KEY (id),
    CONSTRAINT parcel_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT parcel_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT parcel_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX parcel_geom_idx ON cadastre.parcel USING gist (geom);
CREATE UNIQUE INDEX parcel_key_in_force_idx ON cadastre.parcel (key) WHERE valid_to IS NULL;
CREATE INDEX parcel_key_valid_from_idx ON cadastre.parcel (key, valid_from);
CREATE INDEX parcel_registration_plate_idx ON cadastre.parcel (registration_plate);
CREATE INDEX parcel_renovation_code_idx ON cadastre.parcel (renovation_code text_pattern_ops);
CREATE INDEX parcel_plate_main_plate_sub_idx ON cadastre.parcel (plate_main, plate_sub);
CREATE INDEX parcel_search_idx ON cadastre.parcel USING gin (search);
CREATE INDEX parcel_tile_geom_idx ON cadastre.parcel USING gist (tile_geom);

CREATE TABLE cadastre.street (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    name TEXT,
    row_geom geometry,
    existing_width_m double precision,
    planned_width_m double precision,
    width_kind TEXT,
    street_class TEXT,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT street_pkey PRIMARY KEY (id),
    CONSTRAINT street_width_kind_check CHECK (width_kind IN ('right_of_way', 'carriageway')),
    CONSTRAINT street_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT street_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT street_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX street_geom_idx ON cadastre.street USING gist (geom);
CREATE UNIQUE INDEX street_key_in_force_idx ON cadastre.street (key) WHERE valid_to IS NULL;
CREATE INDEX street_key_valid_from_idx ON cadastre.street (key, valid_from);
CREATE INDEX street_row_geom_idx ON cadastre.street USING gist (row_geom);
CREATE INDEX street_tile_geom_idx ON cadastre.street USING gist (tile_geom);

CREATE TABLE cadastre.terrain_tile (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    pixel_m double precision NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    affine double precision[] NOT NULL,
    nodata double precision,
    body BYTEA NOT NULL,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT terrain_tile_pkey PRIMARY KEY (id),
    CONSTRAINT terrain_tile_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT terrain_tile_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT terrain_tile_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX terrain_tile_geom_idx ON cadastre.terrain_tile USING gist (geom);
CREATE UNIQUE INDEX terrain_tile_key_in_force_idx ON cadastre.terrain_tile (key) WHERE valid_to IS NULL;
CREATE INDEX terrain_tile_key_valid_from_idx ON cadastre.terrain_tile (key, valid_from);
CREATE INDEX terrain_tile_tile_geom_idx ON cadastre.terrain_tile USING gist (tile_geom);

CREATE TABLE cadastre.zone (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    import_id BIGINT NOT NULL,
    ended_import_id BIGINT,
    digest BYTEA NOT NULL,
    code TEXT NOT NULL,
    name TEXT,
    geom geometry,
    tile_geom geometry(GEOMETRY,3857),
    attributes JSONB,
    CONSTRAINT zone_pkey PRIMARY KEY (id),
    CONSTRAINT zone_days_check CHECK (valid_to >= valid_from),
    CONSTRAINT zone_import_id_fkey FOREIGN KEY(import_id) REFERENCES cadastre.import_run (id),
    CONSTRAINT zone_ended_import_id_fkey
        FOREIGN KEY(ended_import_id) REFERENCES cadastre.import_run (id)
);
CREATE INDEX zone_code_idx ON cadastre.zone (code);
CREATE INDEX zone_geom_idx ON cadastre.zone USING gist (geom);
CREATE UNIQUE INDEX zone_key_in_force_idx ON cadastre.zone (key) WHERE valid_to IS NULL;
CREATE INDEX zone_key_valid_from_idx ON cadastre.zone (key, valid_from);
CREATE INDEX zone_tile_geom_idx ON cadastre.zone USING gist (tile_geom);
"""


def upgrade() -> None:
    for extension in ("postgis", "pg_trgm", "btree_gist"):
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    for schema in ("cadastre", "people", "cases", "planning"):
        op.execute(f"CREATE SCHEMA {schema}")
    op.execute(_ROLE)
    op.execute(_TABLES)
    op.execute(_GRANTS)
