package riskcluster.node.terminal;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which node is asked. An option wins over the environment, that over the current context, and that over what is usual:
 * the running {@code dev}, else the ports of this machine.
 *
 * @param context the name that was given as {@code --context}
 * @param home where a running dev says where it listens
 */
public record Target(Optional<String> context, Map<String, String> environment, Contexts contexts, Path home) {

    static final URI USUAL_NODE = URI.create("http://127.0.0.1:8080");
    static final OperatorAddress USUAL_OPERATOR = new OperatorAddress("127.0.0.1", 9110);

    public Target {
        environment = Map.copyOf(environment);
    }

    /**
     * An address, and what said that it is this one.
     *
     * @param access what is shown there: that of the context which has the address, and of no other
     */
    public record Told<T>(T address, String by, Access access) {
        Told(T address, String by) {
            this(address, by, Access.NONE);
        }

        private Told<T> under(Map<String, String> environment) {
            return new Told<>(address, by, access.under(environment));
        }
    }

    /** What this process is told, and this option. */
    public static Target of(Optional<String> context) {
        return new Target(context, System.getenv(), Contexts.read(), NodeAddress.home());
    }

    /**
     * Where the HTTP interface is asked.
     *
     * @param option the address that was given as {@code --node}
     * @throws CommandFailed where what was said is no address
     */
    public Told<URI> node(Optional<String> option) {
        if (option.isPresent() && context.isPresent()) {
            throw new CommandFailed(Exit.USAGE, "give --node or --context, not both");
        }
        return option.map(text -> new Told<>(NodeAddress.of(text), "option --node"))
                .or(() -> context.map(name -> of(name, "option --context", Context::node, "--node URL")
                        .then(NodeAddress::of)))
                .or(() -> variable("RISKCLUSTER_NODE").map(told -> told.then(NodeAddress::of)))
                .or(() -> context(Context::node, "--node URL").map(told -> told.then(NodeAddress::of)))
                .or(() -> NodeAddress.read(home, "http").map(text -> new Told<>(NodeAddress.of(text), "running dev")))
                .orElse(new Told<>(USUAL_NODE, "default"))
                .under(environment);
    }

    /**
     * Where operators are answered: by every node that is named.
     *
     * @throws CommandFailed where what was said is no address
     */
    public Told<List<OperatorAddress>> operators() {
        var set = "--operator HOST:PORT";
        return context.map(name ->
                        of(name, "option --context", Context::operator, set).then(OperatorAddress::all))
                .or(() -> variable("RISKCLUSTER_OPERATOR").map(Target::operators))
                .or(() -> context(Context::operator, set).map(told -> told.then(OperatorAddress::all)))
                .or(() -> NodeAddress.read(home, "operator")
                        .flatMap(OperatorAddress::parse)
                        .map(address -> new Told<>(List.of(address), "running dev")))
                .orElse(new Told<>(List.of(USUAL_OPERATOR), "default"))
                .under(environment);
    }

    private static Told<List<OperatorAddress>> operators(Said told) {
        try {
            return told.then(OperatorAddress::all);
        } catch (CommandFailed e) {
            throw new CommandFailed(Exit.USAGE, "RISKCLUSTER_OPERATOR is '" + told.text() + "', allowed: host:port", e);
        }
    }

    /**
     * Where operators are answered, by the first node that is named.
     *
     * @throws CommandFailed where what was said is no address
     */
    public Told<OperatorAddress> operator() {
        var told = operators();
        return new Told<>(told.address().getFirst(), told.by(), told.access());
    }

    /** Operators' addresses carry what is shown there. */
    public OperatorAddress operatorAddress() {
        return operatorAddresses().getFirst();
    }

    /** Those of every node that is named. */
    public List<OperatorAddress> operatorAddresses() {
        var told = operators();
        return told.address().stream()
                .map(address -> address.with(told.access()))
                .toList();
    }

    private record Said(String text, String by, Access access) {
        <T> Told<T> then(Function<String, T> read) {
            return new Told<>(read.apply(text), by, access);
        }
    }

    private Optional<Said> variable(String name) {
        return Optional.of(environment.getOrDefault(name, ""))
                .filter(text -> !text.isEmpty())
                .map(text -> new Said(text, "environment " + name, Access.NONE));
    }

    private Optional<Said> context(Function<Context, Optional<String>> part, String set) {
        return variable("RISKCLUSTER_CONTEXT")
                .map(said -> of(said.text(), said.by(), part, set))
                .or(() -> contexts.current().map(name -> of(name, "context " + name, part, set)));
    }

    /** A context that has no such address does not let another one, of who knows what cluster, be asked instead. */
    private Said of(String name, String by, Function<Context, Optional<String>> part, String set) {
        var context = contexts.named(name);
        return part.apply(context)
                .map(text -> new Said(text, by, context.access()))
                .orElseThrow(() -> new CommandFailed(
                        Exit.USAGE,
                        "context '" + name + "' has no such address; set it with 'riskcluster context add " + name
                                + " --replace " + set + "'"));
    }
}
