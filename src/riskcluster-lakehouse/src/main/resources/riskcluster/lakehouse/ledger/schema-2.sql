CREATE TABLE rc_input (
    topic      text PRIMARY KEY,
    partitions integer NOT NULL,
    noted_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rc_input IS 'The input topic as the first start found it: with another number of partitions, customers would live elsewhere than their history';
