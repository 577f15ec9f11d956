package riskcluster.node.doctor;

import java.util.List;
import riskcluster.node.explain.Finding;

/**
 * One thing that was looked at, and what is wrong with it.
 *
 * @param check what was looked at
 * @param wrong what is wrong; empty where nothing is
 */
public record Diagnosis(String check, List<Wrong> wrong) {

    public Diagnosis {
        wrong = List.copyOf(wrong);
    }

    /**
     * One fault.
     *
     * @param where where it is, and what exactly was seen
     */
    public record Wrong(Finding finding, String where) {}

    /** Nothing is wrong with it. */
    public static Diagnosis fine(String check) {
        return new Diagnosis(check, List.of());
    }

    /** One fault, and no other. */
    public static Diagnosis of(String check, Finding finding, String where) {
        return new Diagnosis(check, List.of(new Wrong(finding, where)));
    }

    /** It is as it should be. */
    public boolean isFine() {
        return wrong.isEmpty();
    }
}
