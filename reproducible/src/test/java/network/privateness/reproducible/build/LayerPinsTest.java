package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.layer.Layer;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedLayer;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;

class LayerPinsTest {

    private static final LayerName NAME = new LayerName("base:libc", "base", Platform.LINUX_ARM64);
    private static final Sha256 THEN = Sha256.of("then");
    private static final Sha256 NOW = Sha256.of("now");
    private static final String DIFFERS =
            "layer \"base:libc base linux/arm64\": its diffID is " + NOW + ", the lock says " + THEN + ": ";
    private static final String MEANT = ". Next: if that was meant, run mvn ness:lock -Dness.layers, review and commit;"
            + " otherwise restore ness.lock, the definitions or the plugin";

    @Test
    void sameDiffIdIsEnough() {
        Lock lock = locked(layer(THEN, recipe("1", "a")));
        assertThatCode(() -> LayerPins.check(lock, List.of(layer(THEN, recipe("2", "b")))))
                .doesNotThrowAnyException();
        assertThatCode(() -> LayerPins.check(empty(1), List.of(layer(NOW, recipe("1", "a"), false))))
                .doesNotThrowAnyException();
    }

    @Test
    void layerThatIsMissingInTheLockIsNamed() {
        assertThatThrownBy(() -> LayerPins.check(empty(1), List.of(layer(NOW, recipe("1", "a")))))
                .isInstanceOf(Problem.class)
                .hasMessage("ness.lock: it does not hold the layer \"base:libc base linux/arm64\"."
                        + " Next: run mvn ness:lock, review the change and commit it");
    }

    @Test
    void changedInputsAreNamed() {
        Lock lock = locked(layer(THEN, recipe("1", "a")));
        refuses(
                lock,
                recipe("2", "a"),
                "an input of it is another one than when the layer was locked; its inputs are debian libc6 2.41"
                        + MEANT);
        Recipe many = recipe("1", "a");
        for (int i = 0; i < 300; i++) {
            many.input("module m" + i, i);
        }
        refuses(
                lock,
                many,
                "an input of it is another one than when the layer was locked; its inputs are debian libc6 2.41,"
                        + " module m0, module m1, module m2, module m3, module m4 and 295 more" + MEANT);
    }

    @Test
    void changedRulesAreNamed() {
        Lock lock = locked(layer(THEN, recipe("1", "a")));
        String rules = "a rule by which it is made is another one than when the layer was locked;"
                + " its rules are layout version 1, epoch 0, effect" + MEANT;
        refuses(lock, recipe("1", "b"), rules);
        // The head of the lock rules every layer.
        Lock later = lock(1, lock.layers());
        refuses(later, recipe("1", "a"), rules.replace("epoch 0", "epoch 1"));
    }

    @Test
    void bothAreTold() {
        Lock lock = locked(layer(THEN, recipe("1", "a")));
        refuses(
                lock,
                recipe("2", "b"),
                "an input of it is another one than when the layer was locked; its inputs are debian libc6 2.41;"
                        + " and a rule by which it is made is another one than when the layer was locked;"
                        + " its rules are layout version 1, epoch 0, effect" + MEANT);
    }

    @Test
    void neitherMeansThatTheMachineDiffers() {
        Lock lock = locked(layer(THEN, recipe("1", "a")));
        refuses(
                lock,
                recipe("1", "a"),
                "its inputs and rules are those of the lock, so a tool of this machine makes other bytes of them (the jlink"
                        + " of its JDK, or another build of this plugin). Next: build with the plugin"
                        + " and a JDK that others use; if the bytes are meant to change, run mvn ness:lock -Dness.layers,"
                        + " review and commit");
    }

    private static void refuses(Lock lock, Recipe recipe, String why) {
        assertThatThrownBy(() -> LayerPins.check(lock, List.of(layer(NOW, recipe))))
                .isInstanceOf(Problem.class)
                .hasMessage(DIFFERS + why);
    }

    private static Recipe recipe(String input, String effect) {
        return new Recipe().input("debian libc6 2.41", input).rule("effect", effect);
    }

    private static BuiltLayer layer(Sha256 diffId, Recipe recipe) {
        return layer(diffId, recipe, true);
    }

    private static BuiltLayer layer(Sha256 diffId, Recipe recipe, boolean pinned) {
        StoredLayer stored = new StoredLayer(new Layer(diffId, diffId, 1, 1), diffId);
        return new BuiltLayer(NAME, stored, Path.of("blob"), pinned, false, recipe);
    }

    private static Lock locked(BuiltLayer layer) {
        return lock(0, Map.of(NAME, LayerPins.pin(empty(0), layer)));
    }

    private static Lock empty(long epoch) {
        return lock(epoch, Map.of());
    }

    private static Lock lock(long epoch, Map<LayerName, PinnedLayer> layers) {
        return new Lock(
                1, epoch, THEN, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                layers);
    }
}
