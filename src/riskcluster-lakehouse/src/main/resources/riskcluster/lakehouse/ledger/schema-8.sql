-- oldest program: 5
CREATE TABLE rc_pause (
    topic     text NOT NULL,
    partition integer NOT NULL,
    paused_by text NOT NULL,
    paused_at timestamptz NOT NULL DEFAULT now(),
    reason    text NOT NULL,
    rests_at  bigint,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE rc_pause IS 'Partitions that somebody wants to rest: their owners read nothing while the row is there';
COMMENT ON COLUMN rc_pause.rests_at IS 'Offset at which it rests, everything before it let out, sealed and saved; null until then';

CREATE TABLE rc_savepoint (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    batch_id   bigint NOT NULL,
    semantics  text NOT NULL,
    customers  bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_savepoint IS 'Points that the lake can go back to. Profiles as of one stand in rc_savepoint_profile_ID';
COMMENT ON COLUMN rc_savepoint.batch_id IS 'The batch it shows, which maintenance keeps';
COMMENT ON COLUMN rc_savepoint.semantics IS 'Semantic version of decoder and scorer that made the profiles';

CREATE TABLE rc_savepoint_place (
    savepoint       bigint NOT NULL REFERENCES rc_savepoint ON DELETE CASCADE,
    topic           text NOT NULL,
    partition       integer NOT NULL,
    topic_id        text NOT NULL,
    data_cursor     bigint NOT NULL,
    profile_cursor  bigint NOT NULL,
    leader_epoch    integer NOT NULL,
    partition_state bytea NOT NULL,
    switches        integer NOT NULL,
    last_offset     bigint,
    last_version    text,
    PRIMARY KEY (savepoint, topic, partition)
);
COMMENT ON TABLE rc_savepoint_place IS 'Per partition: its cursors, its own state and its policy at a savepoint';
COMMENT ON COLUMN rc_savepoint_place.data_cursor IS 'Offset up to which the savepoint''s batch reaches, at or past the profile cursor';

CREATE TABLE rc_restore (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    savepoint   text NOT NULL,
    to_batch    bigint NOT NULL,
    from_batch  bigint NOT NULL,
    new_batch   bigint NOT NULL,
    restored_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_restore IS 'Times at which the lake went back to a savepoint';
COMMENT ON COLUMN rc_restore.new_batch IS 'The batch that shows again what to_batch showed; numbers are never given twice';

CREATE TABLE rc_restore_place (
    restore       bigint NOT NULL REFERENCES rc_restore ON DELETE CASCADE,
    topic         text NOT NULL,
    partition     integer NOT NULL,
    data_cursor   bigint NOT NULL,
    sealed_before bigint NOT NULL,
    alert_cursor  bigint NOT NULL,
    epoch         bigint NOT NULL,
    PRIMARY KEY (restore, topic, partition)
);
COMMENT ON TABLE rc_restore_place IS 'Per partition: where it went back to, and how far it had been';
COMMENT ON COLUMN rc_restore_place.alert_cursor IS 'Alerts below were known to be sent; none of them is sent again';
COMMENT ON COLUMN rc_restore_place.epoch IS 'What owners of this epoch and before noted in Kafka tells of records that went back';
