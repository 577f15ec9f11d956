-- What a program of ledger version 1 left in Postgres; every later program reads it.
INSERT INTO rc_epoch (scope, epoch, incarnation) VALUES
    ('transactions/3', 7, '5f6f0d52-8a53-4b1e-9d83-0a8a2f5f1c11'),
    ('committer', 4, '0e1a3c52-8a53-4b1e-9d83-0a8a2f5f1c12');
INSERT INTO rc_data_cursor VALUES ('transactions', 3, 'pZ2vX0aRSDmY4cRrFVwUxg', 120, 118);
INSERT INTO rc_profile_cursor VALUES ('transactions', 3, 100, 2, '\x0100056888b3c0f000');
INSERT INTO rc_policy_cursor VALUES ('transactions', 3, 1, 0, 'v1');
INSERT INTO rc_policy (version, content) VALUES ('v1', '{}');
INSERT INTO rc_policy_switch (topic, partition, number, from_offset, version) VALUES ('transactions', 3, 1, 0, 'v1');
INSERT INTO rc_profile VALUES ('transactions', sha256('u1'), 3, 99, '\x01000000');
INSERT INTO rc_checkpoint (topic, partition, from_offset, to_offset, alert_noted, watermark_micros, records, files, epoch)
VALUES ('transactions', 3, 100, 120, 118, 1522540800000000, 20,
    '[{"table":"bronze.transactions","path":"file:/house/a.parquet","rows":20,"bytes":4096,"dataFile":"{\"spec-id\":0}"}]', 7);
INSERT INTO rc_batch (id, epoch, incarnation, records, checkpoints, offsets, tables) VALUES
    (9, 4, '0e1a3c52-8a53-4b1e-9d83-0a8a2f5f1c12', 100, 1, '{"transactions":{"3":100}}',
    '{"bronze.rejected":{"snapshot":null,"metadata":"file:/house/0.metadata.json"},"bronze.transactions":{"snapshot":77,"metadata":"file:/house/1.metadata.json"}}');
INSERT INTO rc_deferred_deletion (path, not_before, reason) VALUES ('file:/house/old.parquet', now(), 'expired snapshot');
