package riskcluster.node.topic;

/** One difference between a topic as it should be and as it is. */
public sealed interface TopicChange {

    /** The topic that differs. */
    String topic();

    /** The topic is missing. */
    record Make(WantedTopic wanted) implements TopicChange {
        @Override
        public String topic() {
            return wanted.name();
        }

        @Override
        public String toString() {
            return "make " + topic() + ": " + wanted.partitions() + " partitions, " + wanted.replication() + " copies";
        }
    }

    /** A setting has another value. */
    record Set(String topic, String setting, String found, String wanted) implements TopicChange {
        @Override
        public String toString() {
            return "set " + topic + ": " + setting + " from " + found + " to " + wanted;
        }
    }

    /** Something that no command changes while records lie in the topic. */
    record Impossible(String topic, String why) implements TopicChange {
        @Override
        public String toString() {
            return "refuse " + topic + ": " + why;
        }
    }
}
