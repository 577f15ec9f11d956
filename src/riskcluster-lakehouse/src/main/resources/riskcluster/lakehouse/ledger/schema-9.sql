-- oldest program: 5
CREATE TABLE rc_rekey (
    id           uuid PRIMARY KEY,
    to_version   integer NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    done_at      timestamptz
);
COMMENT ON TABLE rc_rekey IS 'Pseudonyms of older keys that are made anew under this version, or were';

CREATE TABLE rc_rekey_place (
    rekey     uuid NOT NULL REFERENCES rc_rekey ON DELETE CASCADE,
    topic     text NOT NULL,
    partition integer NOT NULL,
    to_offset bigint NOT NULL,
    PRIMARY KEY (rekey, topic, partition)
);
COMMENT ON COLUMN rc_rekey_place.to_offset IS 'From here on the partition makes pseudonyms of that version itself';
