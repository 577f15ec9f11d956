package riskcluster.node.demo;

/**
 * The ports that one machine's services are asked to listen at; a busy one gives way to the next free one.
 *
 * @param kafka 0 for any free one, here and below
 */
public record Ports(int kafka, int postgres, int http, int operator) {

    /** The usual ones of each service. */
    public static Ports usual() {
        return new Ports(9092, 5432, 8080, 9110);
    }

    /** Whatever is free. */
    public static Ports any() {
        return new Ports(0, 0, 0, 0);
    }
}
