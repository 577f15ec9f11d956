CREATE TABLE rc_epoch (
    scope       text PRIMARY KEY,
    epoch       bigint NOT NULL,
    incarnation uuid NOT NULL,
    taken_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_epoch IS 'Fencing numbers: who may act for a partition (topic/partition), as committer, as maintenance';
COMMENT ON COLUMN rc_epoch.incarnation IS 'Tells one taking from another that was handed the same number';

CREATE TABLE rc_data_cursor (
    topic       text NOT NULL,
    partition   integer NOT NULL,
    topic_id    text NOT NULL,
    position    bigint NOT NULL,
    alert_noted bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE rc_data_cursor IS 'Per partition: offset up to which checkpoints are sealed, and the alert cursor the last one noted';

CREATE TABLE rc_profile_cursor (
    topic           text NOT NULL,
    partition       integer NOT NULL,
    position        bigint NOT NULL,
    leader_epoch    integer NOT NULL,
    partition_state bytea NOT NULL,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE rc_profile_cursor IS 'Per partition: offset up to which profiles are saved, with the partition''s own state at that place';

CREATE TABLE rc_policy_cursor (
    topic        text NOT NULL,
    partition    integer NOT NULL,
    switches     integer NOT NULL,
    last_offset  bigint,
    last_version text,
    PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE rc_policy_cursor IS 'Per partition: the last policy switch placed; null before the first';

CREATE TABLE rc_policy (
    version    text PRIMARY KEY,
    content    text NOT NULL,
    first_seen timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_policy IS 'Every policy that ever decided, by the digest of its content';

CREATE TABLE rc_policy_switch (
    topic       text NOT NULL,
    partition   integer NOT NULL,
    number      integer NOT NULL,
    from_offset bigint NOT NULL,
    version     text NOT NULL REFERENCES rc_policy,
    placed_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition, number)
);
COMMENT ON TABLE rc_policy_switch IS 'From which offset of a partition on a policy decides';

CREATE TABLE rc_profile (
    topic       text NOT NULL,
    customer    bytea NOT NULL,
    partition   integer NOT NULL,
    last_offset bigint NOT NULL,
    content     bytea NOT NULL,
    PRIMARY KEY (topic, customer, partition)
) WITH (fillfactor = 70);
COMMENT ON TABLE rc_profile IS 'Customers'' profiles as of their partition''s profile cursor';
COMMENT ON COLUMN rc_profile.customer IS 'SHA-256 of the user id';
COMMENT ON COLUMN rc_profile.last_offset IS 'Offset of the customer''s last event in it; always below the profile cursor';

CREATE TABLE rc_checkpoint (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic            text NOT NULL,
    partition        integer NOT NULL,
    from_offset      bigint NOT NULL,
    to_offset        bigint NOT NULL,
    alert_noted      bigint NOT NULL,
    watermark_micros bigint NOT NULL,
    records          bigint NOT NULL,
    files            text,
    epoch            bigint NOT NULL,
    sealed_at        timestamptz NOT NULL DEFAULT now(),
    batch_id         bigint,
    UNIQUE (topic, partition, from_offset)
);
COMMENT ON TABLE rc_checkpoint IS 'Durable steps of partitions: [from_offset, to_offset) and the data files that hold its rows';
COMMENT ON COLUMN rc_checkpoint.files IS 'JSON; null once a batch has made the files part of the tables';
COMMENT ON COLUMN rc_checkpoint.batch_id IS 'The batch that made it visible; null while it waits';
CREATE INDEX rc_checkpoint_waiting ON rc_checkpoint (id) WHERE batch_id IS NULL;

CREATE TABLE rc_batch (
    id           bigint PRIMARY KEY,
    epoch        bigint NOT NULL,
    incarnation  uuid NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    records      bigint NOT NULL,
    checkpoints  integer NOT NULL,
    offsets      text NOT NULL,
    tables       text NOT NULL
);
COMMENT ON TABLE rc_batch IS 'What became visible at once, in all tables';
COMMENT ON COLUMN rc_batch.offsets IS 'JSON {"topic":{"0":next offset, ...}} of every partition, as in rc.offsets of the snapshots';
COMMENT ON COLUMN rc_batch.tables IS 'JSON: snapshot and metadata file of every table at this batch, changed by it or not';

CREATE TABLE rc_deferred_deletion (
    path       text PRIMARY KEY,
    not_before timestamptz NOT NULL,
    reason     text NOT NULL
);
COMMENT ON TABLE rc_deferred_deletion IS 'Files that nothing refers to any more, and when they may go';
CREATE INDEX rc_deferred_deletion_due ON rc_deferred_deletion (not_before);
