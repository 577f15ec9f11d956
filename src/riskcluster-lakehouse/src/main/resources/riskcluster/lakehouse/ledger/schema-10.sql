-- oldest program: 5
CREATE TABLE rc_correction (
    id             uuid PRIMARY KEY,
    number         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    requested_at   timestamptz NOT NULL DEFAULT now(),
    policy_version text,
    policy         text,
    tries          integer NOT NULL DEFAULT 0,
    why            text,
    batch          bigint,
    changed        bigint,
    ended_at       timestamptz
);
COMMENT ON TABLE rc_correction IS 'Ranges of the log that were decided again, or will be: later ones win';
COMMENT ON COLUMN rc_correction.policy_version IS 'By which the range was decided; null: by the policies of the time';
COMMENT ON COLUMN rc_correction.why IS 'Why the last try did not end it';
COMMENT ON COLUMN rc_correction.batch IS 'The batch that published the corrected rows; null before, and where it was given up';
COMMENT ON COLUMN rc_correction.changed IS 'Rows of silver that became others';

CREATE TABLE rc_correction_range (
    correction  uuid NOT NULL REFERENCES rc_correction ON DELETE CASCADE,
    topic       text NOT NULL,
    partition   integer NOT NULL,
    from_offset bigint NOT NULL,
    to_offset   bigint NOT NULL,
    PRIMARY KEY (correction, topic, partition)
);

CREATE TABLE rc_correction_rows (
    correction uuid NOT NULL REFERENCES rc_correction ON DELETE CASCADE,
    topic      text NOT NULL,
    partition  integer NOT NULL,
    first      bigint NOT NULL,
    content    bytea NOT NULL,
    PRIMARY KEY (correction, topic, partition, first)
);
ALTER TABLE rc_correction_rows ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE rc_correction_rows IS 'The decisions that wait to be published, without anything that names a customer; gone with the end';
