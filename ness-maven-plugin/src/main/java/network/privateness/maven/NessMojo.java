package network.privateness.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What all goals have in common: skipping, the refusal of Windows, and problems told in one line. */
abstract class NessMojo extends AbstractMojo {

    /** Skips the goal. */
    @Parameter(property = "ness.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

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

    /** Where a goal of the command line leaves its report: only in a project, so that no other folder is littered. */
    final Optional<Path> report(String name) {
        return session.getRequest().isProjectPresent()
                ? Optional.of(Path.of(session.getExecutionRootDirectory(), "target", "ness", name))
                : Optional.empty();
    }

    static void refuseWindows(String osName) {
        if (osName.toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new Problem(
                    "build host",
                    "Windows can't hold the files that images are made of (links, modes, case)",
                    "run the build on Linux or macOS, for instance in WSL 2");
        }
    }
}
