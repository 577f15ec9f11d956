CREATE TABLE rc_rewrite (
    id           uuid PRIMARY KEY,
    scope        text NOT NULL,
    epoch        bigint NOT NULL,
    table_name   text NOT NULL,
    kind         text NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_rewrite IS 'Commits that added no records (compaction, manifests, expiry), so that an owner without an answer finds his';
