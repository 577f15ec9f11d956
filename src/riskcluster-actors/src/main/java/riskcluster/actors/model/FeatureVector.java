package riskcluster.actors.model;

import java.util.List;

/** The feature vector that models are made for: names and order, as the contract fixes them for its version. */
public final class FeatureVector {
    /** Of the names below, their order and their meaning. */
    public static final int VERSION = 1;

    /** In the order of the vector. */
    public static final List<String> NAMES = List.of(
            "amount",
            "hour",
            "day_of_week",
            "is_weekend",
            "is_night",
            "count_30m",
            "count_1h",
            "count_1d",
            "avg_1d",
            "count_7d",
            "avg_7d",
            "count_30d",
            "avg_30d",
            "amount_over_avg_30d",
            "seconds_since_previous");

    /** How many values a vector has. */
    public static final int SIZE = NAMES.size();

    private FeatureVector() {}
}
