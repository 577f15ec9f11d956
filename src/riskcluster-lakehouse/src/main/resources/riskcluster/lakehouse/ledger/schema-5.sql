ALTER TABLE rc_checkpoint ADD COLUMN partials bytea;
ALTER TABLE rc_checkpoint ALTER COLUMN partials SET STORAGE EXTERNAL;
COMMENT ON COLUMN rc_checkpoint.partials IS 'What gold gains by it; null once a batch has made it part of gold';
