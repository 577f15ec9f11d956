package riskcluster.node;

import riskcluster.node.cli.CommandTree;
import riskcluster.node.terminal.Screen;

/** The program: {@code riskcluster COMMAND}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandTree.run(Screen.system(), arguments));
    }
}
