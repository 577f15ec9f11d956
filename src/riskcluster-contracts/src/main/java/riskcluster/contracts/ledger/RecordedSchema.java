package riskcluster.contracts.ledger;

import java.util.Optional;

/**
 * What an Avro schema id means to this cluster, for ever.
 *
 * @param content the schema as Avro's own JSON; empty where the id was given up: its records do not decode
 */
public record RecordedSchema(int id, Optional<String> content) {}
