package network.privateness.it.javaservice;

import java.io.IOException;

/** Starts the service by the environment, and ends it cleanly at SIGTERM. */
public final class Main {

    private static final int WRONG_SETTING = 2;

    private Main() {}

    /** Exit code 2 and one line for a wrong setting, 1 if it can't listen. */
    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = Settings.of(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_SETTING);
            return;
        }
        try {
            Service service = Service.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                service.close();
                System.out.println("stopped");
            }));
            System.out.println("listening on port " + service.address().getPort());
        } catch (IOException e) {
            System.err.println(
                    "can't listen on " + settings.bind() + " port " + settings.port() + ": " + e.getMessage());
            System.exit(1);
        }
    }
}
