CREATE TABLE rc_schema_by_id (
    id          integer PRIMARY KEY,
    content     text,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_schema_by_id IS 'Avro schemas by their registry id, as they were when their first record was decoded; never changed';
COMMENT ON COLUMN rc_schema_by_id.content IS 'Avro''s JSON; null where the id was given up: its records are rejected';
