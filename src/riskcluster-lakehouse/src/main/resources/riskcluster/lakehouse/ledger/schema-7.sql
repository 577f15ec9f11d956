-- oldest program: 5
ALTER TABLE rc_checkpoint ADD COLUMN tombstones bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN rc_checkpoint.tombstones IS 'Records whose rows in bronze.transactions are tombstones; 0 from programs that do not count them';
