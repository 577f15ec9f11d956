package riskcluster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import riskcluster.programs.PythonEnvironment;

/**
 * {@code docker-compose.yml} for processes of this machine: each service has a loopback address in place of its name, so
 * every port stays, and secrets are in a folder.
 */
final class ComposeFile {

    private final JsonNode services;
    private final Path secrets;
    private final Map<String, String> hosts = new LinkedHashMap<>();
    private final Map<String, String> moved = new LinkedHashMap<>();

    private ComposeFile(JsonNode services, Path secrets) {
        this.services = services;
        this.secrets = secrets;
        var dice = ThreadLocalRandom.current();
        var net = "127." + dice.nextInt(1, 255) + "." + dice.nextInt(1, 255) + ".";
        services.fieldNames().forEachRemaining(name -> hosts.put(name, net + (hosts.size() + 1)));
    }

    static ComposeFile read(Path secrets) throws IOException {
        var text = Files.readString(PythonEnvironment.project(Path.of("docker-compose.yml")));
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new ComposeFile(new ObjectMapper().valueToTree(read).path("services"), secrets);
    }

    /** What listens at a port of its own choice is there from now on. */
    void move(String serviceAndPort, String address) {
        moved.put(serviceAndPort, address);
    }

    /** The address that stands for a service's name. */
    String host(String service) {
        return Map.copyOf(hosts).getOrDefault(service, service);
    }

    /** A service's environment, for this machine. */
    Map<String, String> environment(String service) {
        var told = new LinkedHashMap<String, String>();
        service(service)
                .path("environment")
                .properties()
                .forEach(each -> told.put(each.getKey(), here(each.getValue().asText())));
        return told;
    }

    /** A list of a service, such as its {@code command}, for this machine. */
    List<String> words(String service, String list) {
        return StreamSupport.stream(service(service).path(list).spliterator(), false)
                .map(word -> here(word.asText().replace("$$", "$")))
                .toList();
    }

    private JsonNode service(String service) {
        if (!services.has(service)) {
            throw new IllegalArgumentException("docker-compose.yml has no service " + service);
        }
        return services.path(service);
    }

    /** A text with the names of services as addresses, and secrets where they are. */
    String here(String text) {
        var place = text.replace("/run/secrets", secrets.toString());
        for (var each : moved.entrySet()) {
            place = place.replace(each.getKey(), each.getValue());
        }
        for (var each : hosts.entrySet()) {
            place = named(each.getKey()).matcher(place).replaceAll(Matcher.quoteReplacement(each.getValue()));
        }
        return place;
    }

    /** A name with a port behind it; sed reads the same. */
    private static Pattern named(String service) {
        return Pattern.compile("\\b" + service + "(?=:[0-9])");
    }

    /** What {@link #here} does with names, for sed. */
    String sed() {
        var script = new StringBuilder();
        hosts.forEach((name, host) -> script.append("s/\\b%s:\\([0-9]\\)/%s:\\1/g%n".formatted(name, host)));
        return script.toString();
    }
}
