package riskcluster.node.generate;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Plans fraud: which account is hit, how, and when each step of it is due. */
final class Fraudster {

    /** One fraudulent payment that is due; the plan goes on with the next. */
    record Step(long dueMicros, long number, int customer, Scenario scenario, long secret, int left) {}

    /** Alerts that one plan leads to under the default rules, on average: measured, see GeneratorTest. */
    private static final double ALERTS_PER_PLAN = 2.8;
    /** Alerts among honest records under the default rules: crypto at night, and the busiest customers' rush hours. */
    private static final double HONEST_ALERTS = 0.001;

    private static final int PLANS_MAX = 100_000;
    private static final long SECOND = 1_000_000L;

    private final PriorityQueue<Step> due =
            new PriorityQueue<>(Comparator.comparingLong(Step::dueMicros).thenComparingLong(Step::number));
    private final double plansPerRecord;
    private long steps;

    Fraudster(double alertShare) {
        plansPerRecord = Math.max(0, alertShare - HONEST_ALERTS) / ALERTS_PER_PLAN;
    }

    /** Perhaps begins something with this customer. */
    void tempt(Dice dice, int customer, long micros) {
        if (dice.unit() >= plansPerRecord || due.size() >= PLANS_MAX) {
            return;
        }
        var kind = dice.unit();
        if (kind < 0.5) {
            plan(micros, customer, Scenario.AMOUNT_OUT_OF_HABIT, dice.next(), 1);
        } else if (kind < 0.65) {
            plan(micros, customer, Scenario.BURST, dice.next(), dice.between(9, 14));
        } else {
            plan(micros, customer, Scenario.ACCOUNT_TAKEOVER, dice.next(), dice.between(3, 7));
        }
    }

    /** The step that is due at or before this time, if there is one; its successor is planned. */
    @Nullable
    Step next(Dice dice, long micros) {
        var step = due.peek();
        if (step == null || step.dueMicros() > micros) {
            return null;
        }
        due.remove();
        if (step.left() > 1) {
            var pause = step.scenario() == Scenario.BURST ? dice.between(10, 60) : dice.between(60, 900);
            plan(step.dueMicros() + pause * SECOND, step.customer(), step.scenario(), step.secret(), step.left() - 1);
        }
        return step;
    }

    private void plan(long micros, int customer, Scenario scenario, long secret, int left) {
        due.add(new Step(micros, steps++, customer, scenario, secret, left));
    }
}
