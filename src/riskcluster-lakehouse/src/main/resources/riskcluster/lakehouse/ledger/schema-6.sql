-- oldest program: 5
CREATE TABLE rc_erasure (
    id           uuid PRIMARY KEY,
    tag          text NOT NULL UNIQUE,
    user_id      text,
    pseudonyms   text,
    step         text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    placed_at    timestamptz,
    gone_at      timestamptz,
    done_at      timestamptz,
    report       text
);
COMMENT ON TABLE rc_erasure IS 'Customers who were erased, or are being: what remains when it is done tells nobody who they were';
COMMENT ON COLUMN rc_erasure.tag IS 'Keyed digest by which partitions recognise the customer; not his pseudonym';
COMMENT ON COLUMN rc_erasure.user_id IS 'Null once it is done';
COMMENT ON COLUMN rc_erasure.pseudonyms IS 'One for each version of the key, divided by spaces; null once it is done';
COMMENT ON COLUMN rc_erasure.gone_at IS 'When the last file that was recorded for deletion may go';

CREATE TABLE rc_erasure_place (
    erasure     uuid NOT NULL REFERENCES rc_erasure ON DELETE CASCADE,
    topic       text NOT NULL,
    partition   integer NOT NULL,
    data_cursor bigint NOT NULL,
    known_epoch bigint,
    PRIMARY KEY (erasure, topic, partition)
);
COMMENT ON TABLE rc_erasure_place IS 'Per partition: what was sealed before its owner was replaced by one that knows of the erasure';
COMMENT ON COLUMN rc_erasure_place.known_epoch IS 'Epoch of the first owner that knows of it and holds nothing of the customer';
