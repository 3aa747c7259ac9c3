package network.privateness.it.containers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test that needs a container engine. What it makes there goes at its end. */
public abstract class EngineTest {

    /** Open during the test. */
    protected Engine engine;

    @BeforeEach
    final void openEngine() {
        engine = Engine.open();
    }

    @AfterEach
    final void closeEngine() {
        if (engine != null) {
            engine.close();
        }
    }
}
