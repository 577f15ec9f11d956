package riskcluster.actors.policy;

import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.model.Forest;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.transaction.ExtraField;

/**
 * Everything that a decision depends on beside the log: rules, bands, lateness, countries, model. Immutable to all who use
 * it.
 */
public final class Policy {
    /**
     * Version of the meaning of a rule file: it changes with every change of the scorer, the decoder or the features
     * that could change an output, and so changes every policy version.
     */
    public static final String SEMANTIC_VERSION = "1";

    private static final Band[] BANDS = Band.values();
    /** Places kept; a power of two. */
    private static final int PLACES = 1 << 10;

    private static final int KNOWN_LOCATION_MAX = 128;

    private final StoredPolicy stored;
    private final String name;
    private final List<Rule> rules;
    private final int[] bandFloors;
    private final Band alertFrom;
    private final long latenessMicros;
    private final int keyVersion;
    private final boolean schemaRegistry;
    private final List<ExtraField> extraFields;
    private final Countries countries;
    private final Optional<Forest> model;
    // Locations repeat. Threads may overwrite each other's entries; each entry is whole.
    private final @Nullable KnownPlace[] places = new KnownPlace[PLACES];

    private record KnownPlace(String location, Place place) {}

    Policy(StoredPolicy stored, RuleBook book) {
        this.stored = stored;
        this.name = book.name();
        this.rules = book.rules();
        this.bandFloors = new int[BANDS.length];
        for (var band : BANDS) {
            bandFloors[band.ordinal()] = book.bandFloors().getOrDefault(band, Integer.MAX_VALUE);
        }
        this.alertFrom = book.alertFrom();
        this.latenessMicros = book.latenessMicros();
        this.keyVersion = book.keyVersion();
        this.schemaRegistry = book.schemaRegistry();
        this.extraFields = book.extraFields();
        this.countries = book.countries();
        this.model = book.model();
    }

    /** The policy as it was stored; refused where this node cannot decide as its version says. */
    public static PolicyReading of(StoredPolicy stored) {
        return PolicyFile.read(stored);
    }

    /** Digest of the semantic version and the canonical content, lower-case hex. */
    public String version() {
        return stored.version();
    }

    /** As it is kept and shown: version and canonical JSON. */
    public StoredPolicy stored() {
        return stored;
    }

    public String name() {
        return name;
    }

    /** In the order of the file. */
    public List<Rule> rules() {
        return rules;
    }

    /** The most serious band whose floor the points reach. */
    public Band band(int points) {
        for (int i = bandFloors.length - 1; i > 0; i--) {
            if (points >= bandFloors[i]) {
                return BANDS[i];
            }
        }
        return Band.MINIMAL;
    }

    public boolean alerts(Band band) {
        return band.atLeast(alertFrom);
    }

    /** How far an event time may lie behind the customer's newest before it is late. */
    public long latenessMicros() {
        return latenessMicros;
    }

    /** Which key of the ring makes pseudonyms. */
    public int keyVersion() {
        return keyVersion;
    }

    /** Whether Avro records are decoded by the schemas of a registry; where not, they are rejected. */
    public boolean schemaRegistry() {
        return schemaRegistry;
    }

    /** This policy with a schema registry or without: another version, because it decides otherwise. */
    public Policy withSchemaRegistry(boolean inForce) {
        return inForce == schemaRegistry ? this : PolicyFile.withSchemaRegistry(stored, inForce);
    }

    /** The fields that are read beside those of every transaction. */
    public List<ExtraField> extraFields() {
        return extraFields;
    }

    /** This policy with exactly these extra fields: another version, because columns come out otherwise. */
    public Policy withExtraFields(List<ExtraField> fields) {
        return fields.equals(extraFields) ? this : PolicyFile.withExtraFields(stored, fields);
    }

    /** The model that is asked beside the rules; empty where there is none. */
    public Optional<Forest> model() {
        return model;
    }

    /** The model's probability for a feature vector; NaN without a model. */
    public double probability(float[] features) {
        return model.isPresent() ? model.get().probability(features) : Double.NaN;
    }

    /** City and country of a location as it was sent. */
    public Place place(@Nullable String location) {
        if (location == null) {
            return Place.UNKNOWN;
        }
        int hash = location.hashCode();
        int slot = (hash ^ hash >>> 16) & PLACES - 1;
        var known = places[slot];
        if (known == null || !known.location.equals(location)) {
            known = new KnownPlace(location, Place.of(location, countries));
            places[slot] = location.length() <= KNOWN_LOCATION_MAX ? known : null;
        }
        return known.place;
    }

    /** The local time of a country; empty where it is UTC. */
    public Optional<ZoneRules> zone(@Nullable String country) {
        return country == null ? Optional.empty() : countries.zone(country);
    }

    @Override
    public String toString() {
        return "policy " + name + " " + version()
                + model.map(forest -> " with model " + forest.version()).orElse("");
    }
}
