package riskcluster.node.operate.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One message between a client and a node. The client shows its token, if it has one, says hello and learns the commands; then it runs one after the
 * other, and each gives output and one end.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Token.class, name = "token"),
    @JsonSubTypes.Type(value = Frame.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Frame.Learn.class, name = "learn"),
    @JsonSubTypes.Type(value = Frame.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Frame.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Frame.Output.class, name = "output"),
    @JsonSubTypes.Type(value = Frame.End.class, name = "end"),
    @JsonSubTypes.Type(value = Frame.Refused.class, name = "refused")
})
public sealed interface Frame {

    /** The version of this protocol; a node refuses a client that speaks another. */
    int PROTOCOL = 1;

    /** What a client shows before its hello, where it has something to show. */
    record Token(String token) implements Frame {
        /** Without what nobody should see. */
        @Override
        public String toString() {
            return "Token";
        }
    }

    /** The client's first word. */
    record Hello(int protocol, String client) implements Frame {}

    /** The node's answer to it: who it is, and every command that it knows. */
    record Learn(int protocol, String node, List<PalettePage> palettes) implements Frame {
        public Learn {
            palettes = List.copyOf(palettes);
        }
    }

    /**
     * Run a command.
     *
     * @param id the client's number of it, which its output and its end carry
     * @param words palette, command and options as they were typed
     * @param json output for programs instead of people
     */
    record Run(long id, List<String> words, boolean json) implements Frame {
        public Run {
            words = List.copyOf(words);
        }
    }

    /** End the command that runs. */
    record Cancel(long id) implements Frame {}

    /** Lines of a command's output; none at all only shows that it lives. */
    record Output(long id, List<String> lines) implements Frame {
        public Output {
            lines = List.copyOf(lines);
        }
    }

    /** A command's end, and in one sentence why it did not go well; empty where nothing is to be said. */
    record End(long id, Ending ending, String message) implements Frame {}

    /** The connection's end, and in one sentence why. */
    record Refused(String message) implements Frame {}
}
