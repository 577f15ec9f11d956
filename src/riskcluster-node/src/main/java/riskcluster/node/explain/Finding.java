package riskcluster.node.explain;

/** What can be wrong with a cluster or with the way to it: a number that is never reused, and what to do about it. */
public enum Finding {
    MEMBER_UNREACHABLE(
            2001,
            "a member of the cluster does not answer the others",
            "see whether its process and its network live; if it is dead for good: 'riskcluster cluster down -a"
                    + " ADDRESS'"),
    MEMBER_NOT_UP(
            2002,
            "a member is on its way in or out",
            "wait until it is up or gone, as in 'riskcluster cluster health -w'; if it stays so, see its log"),
    NO_LEADER(
            2003,
            "the cluster has no leader, so nobody can join or leave",
            "see 'riskcluster cluster show' for members that are unreachable and mend or down those"),
    PARTITION_ALARM(
            2004, "a partition stands still or waits", "do what its alarm says; docs/limits.md has a line for each"),
    PARTITION_BETWEEN_TENURES(
            2005,
            "a partition has no owner at this moment: it moves, or starts again after an error",
            "wait a minute; if it comes back again and again, the log of its node says why"),
    PARTITIONS_SILENT(
            2006,
            "the partitions do not answer",
            "see 'riskcluster cluster show' for members that are unreachable, and the log of the node that was asked"),
    NO_MEMBER(
            2007,
            "the node that was asked is no member of a cluster",
            "let it join: 'riskcluster cluster join -a ADDRESS', or mend cluster.join in its configuration"),
    VERSIONS_DIFFER(
            2008,
            "the members run different versions",
            "go on with the upgrade until all run the same (docs/upgrade.md)"),
    NODE_SILENT(
            2009,
            "no HTTP interface of a node answers at the address that is asked",
            "start the node, or name another with --node URL or --context NAME; 'riskcluster context ls' tells who said"
                    + " this address"),
    OPERATOR_SILENT(
            2010,
            "no operators' interface of a node answers at the address that is asked",
            "start the node, see operator.bind in its configuration, or name another with --context NAME"),
    ANSWER_LATE(
            2011,
            "the node takes a connection and does not answer in time",
            "see the node's log and its memory, and try again with a longer --timeout"),
    TWO_CLUSTERS(
            2012,
            "the HTTP interface and the operators' interface that are asked are of two different clusters",
            "give the context one node's addresses: 'riskcluster context ls' tells who said which"),
    NOT_READY(
            2013,
            "the node does not count itself as ready",
            "do what the reason says; a node that has just started needs some seconds"),
    QUALITY_BROKEN(
            2014,
            "the last batch broke a rule of a data contract",
            "see 'riskcluster sql \"select * from gold.data_quality\"', and ask who sends the data (docs/quality.md)"),
    CUSTOMERS_SPLIT(
            2015,
            "records of one customer arrive in two partitions, so that each knows half of his windows",
            "let every producer use user_id as the key and the same partitioner"),
    COMMITS_FAIL(
            2016,
            "commits fail or their answers are lost",
            "see the log of the committer's node for why, and whether Postgres and the warehouse answer"),
    CONTEXTS_UNREADABLE(
            2017,
            "the file of contexts cannot be read",
            "mend the file, or delete it and add the contexts again with 'riskcluster context add'"),
    CONTEXT_UNKNOWN(
            2018,
            "the context that is asked for is none, or has no address",
            "see 'riskcluster context ls', then 'riskcluster context use NAME' or 'context add NAME --replace'"),
    CONFIG_REFUSED(
            2101,
            "the configuration cannot be read, or a key of it has no value that is allowed",
            "set the key as docs/configuration.md says"),
    KAFKA_SILENT(
            2102,
            "no Kafka broker answers",
            "see whether the brokers of kafka.bootstrap live and can be reached from here, and kafka.client-file for"
                    + " their security"),
    TOPICS_DIFFER(
            2103,
            "the topics are not as the configuration wants them",
            "see 'riskcluster topics plan --config FILE', then 'riskcluster topics apply --config FILE'"),
    POSTGRES_SILENT(
            2104, "no Postgres answers", "see whether the server of database.url lives and can be reached from here"),
    POSTGRES_REFUSES(
            2105,
            "Postgres answers and does not let the node in",
            "see database.url, database.user and database.password-file, and that the database exists"),
    WAREHOUSE_UNUSABLE(
            2106,
            "the warehouse cannot be written, or does not answer",
            "see warehouse.uri, its rights, and for S3 warehouse.endpoint and warehouse.credentials-file"),
    RULES_REFUSED(
            2107, "the rule file is no rule file", "mend it where the message says; docs/contract.md has its form"),
    SECRET_OPEN(
            2108,
            "a file with a secret can be read by others than its owner",
            "take the rights of others away: chmod go= FILE"),
    KEY_UNFIT(
            2109,
            "the file of the pseudonym key is missing, cannot be read as keys, or lacks one that the rules name",
            "restore the key of this cluster; only a new cluster may get a new one: head -c 32 /dev/urandom > FILE;"
                    + " several keys: docs/privacy.md"),
    CONTRACTS_REFUSED(
            2110,
            "the folder of data contracts holds something that is none",
            "mend it where the message says; see 'riskcluster contract check'"),
    CLOCK_DIFFERS(
            2111,
            "the clock here and the clock of Postgres differ",
            "let both machines ask a time server; a record more than 5 minutes ahead would be rejected"),
    WRITER_DELETES(
            2112,
            "the identity that writes to the warehouse may delete from it, although another is there for that",
            "give the identity of warehouse.credentials-file the rights of docs/s3/writer.json and no more"),
    TOKEN_MISSING(
            2201,
            "the node wants a token, and none was sent",
            "give the context one: 'riskcluster context add NAME --replace --token-file FILE', or set"
                    + " RISKCLUSTER_TOKEN_FILE"),
    TOKEN_UNKNOWN(
            2202,
            "the node does not know the token that was sent",
            "ask for a new token; who runs the node adds its hash to the file of doors.tokens-file"),
    ROLE_TOO_SMALL(
            2203,
            "the token's role may not do what was asked",
            "ask somebody with the role; docs/security.md tells what each may do"),
    TOO_MANY_REQUESTS(2204, "too many requests, or too many wrong tokens, in a short time", "ask less often"),
    REQUEST_TOO_LARGE(
            2205,
            "the request is larger or deeper than a node reads",
            "send at most 1 MiB by HTTP, 64 KiB to the operators' interface, and at most 32 levels of JSON"),
    NODE_UNTRUSTED(
            2206,
            "what answers does not show a certificate of the authority that is trusted",
            "see whether the address is right; the authority of the context is set with 'riskcluster context add NAME"
                    + " --replace --ca FILE'"),
    TOKEN_IN_CLEAR(
            2207,
            "the token would cross the network in the clear",
            "let the node speak TLS (doors.key-file) and give the context its authority: --ca FILE, and https:// for"
                    + " the HTTP interface"),
    ERASED_FOUND(
            2301,
            "a file still tells of a customer who is or should be erased",
            "see 'riskcluster privacy status': while the erasure is on its way, wait; else docs/privacy.md says what"
                    + " may hold it up"),
    SAVEPOINT_NAME(
            2401,
            "no savepoint has this name, or one has it already, or it is no name",
            "see 'riskcluster savepoint list' for those that there are"),
    SAVEPOINT_NOT_NOW(
            2402,
            "no savepoint can be made at this moment",
            "do what the reason says: drop one, wait for the erasure or for the first batch, or see why commits are"
                    + " behind"),
    SAVEPOINT_UNUSABLE(
            2403,
            "the lake cannot go back to this savepoint",
            "take another savepoint, or a program of the version that the reason names; else go on from here: nothing"
                    + " was changed (docs/savepoints.md)"),
    SAVEPOINT_NOT_ALONE(
            2404,
            "something still works on the lake that is to go back",
            "stop every node and wait until their sessions are gone from Postgres, then try again");

    private final int number;
    private final String meaning;
    private final String remedy;

    Finding(int number, String meaning, String remedy) {
        this.number = number;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** {@code RC-nnnn}, as it stands in messages. */
    public String code() {
        return "RC-" + number;
    }

    public String meaning() {
        return meaning;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
