package network.privateness.it.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one turn took.
 *
 * @param wall seconds from start to end
 * @param cpu seconds of all processes, in user mode and in the kernel
 * @param rssMb the largest resident size of one process, in 10^6 bytes
 * @param resultMb the size of what was made, in 10^6 bytes
 */
record Measure(double wall, double cpu, double rssMb, double resultMb) {

    /** The median of each value. */
    static Measure median(List<Measure> turns) {
        return new Measure(
                median(turns, Measure::wall),
                median(turns, Measure::cpu),
                median(turns, Measure::rssMb),
                median(turns, Measure::resultMb));
    }

    private static double median(List<Measure> turns, ToDoubleFunction<Measure> value) {
        double[] sorted = turns.stream()
                .sorted(Comparator.comparingDouble(value))
                .mapToDouble(value)
                .toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
