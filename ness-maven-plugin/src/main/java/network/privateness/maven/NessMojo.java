package network.privateness.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import network.privateness.reproducible.Problem;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What all goals have in common: skipping, the refusal of Windows, and problems told in one line. */
abstract class NessMojo extends AbstractMojo {

    /** Skips the goal. */
    @Parameter(property = "ness.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public final void execute() throws MojoFailureException {
        if (skip) {
            getLog().info("skipped (ness.skip)");
            return;
        }
        try {
            refuseWindows(System.getProperty("os.name", ""));
            run();
        } catch (Problem problem) {
            getLog().debug(problem);
            throw new MojoFailureException(problem.getMessage());
        } catch (IOException e) {
            getLog().debug(e);
            throw new MojoFailureException(Failures.describe(e).getMessage());
        } catch (UncheckedIOException e) {
            getLog().debug(e);
            throw new MojoFailureException(Failures.describe(e.getCause()).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoFailureException("interrupted");
        }
    }

    /** The goal's work. */
    abstract void run() throws IOException, InterruptedException;

    static void refuseWindows(String osName) {
        if (osName.toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new Problem(
                    "build host",
                    "Windows can't hold the files that images are made of (links, modes, case)",
                    "run the build on Linux or macOS, for instance in WSL 2");
        }
    }
}
