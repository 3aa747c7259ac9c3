package network.privateness.it.containers;

import java.util.List;

/** What every composition promises: that of its members, under one supervisor. */
abstract class CompositionContract extends ContainerContract {

    static final String HEALTH = "/usr/lib/ness/supervised/health";
    static final String READY = "/usr/lib/ness/supervised/ready";

    private static final String MEMBER = "/usr/lib/ness/supervised/member";

    CompositionContract(String name, List<String> needs, long capabilities) {
        super(name, needs, capabilities);
    }

    /** What a command says that is run as a member. */
    static String as(String member, Engine.Container container, String... command) {
        String[] line = new String[command.length + 3];
        line[0] = MEMBER;
        line[1] = member;
        line[2] = "--";
        System.arraycopy(command, 0, line, 3, command.length);
        return container.text(line);
    }

    @Override
    final String health() {
        return HEALTH;
    }

    @Override
    final String ready() {
        return READY;
    }

    @Override
    final int secondsToEnd() {
        return 10;
    }
}
