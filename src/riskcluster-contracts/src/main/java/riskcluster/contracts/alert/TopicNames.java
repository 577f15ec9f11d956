package riskcluster.contracts.alert;

/** The topics of one input, each with as many partitions as the input. */
public record TopicNames(String input, String deadLetters, String alerts, String anomalyAlerts) {

    /** The names that the contract gives to the topics around {@code input}. */
    public static TopicNames of(String input) {
        return new TopicNames(input, input + ".dlq", "alerts", "anomaly_alerts");
    }
}
