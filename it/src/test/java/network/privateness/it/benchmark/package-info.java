/**
 * Benchmarks against other people's tools. After {@code mvn install -DskipTests}, {@code mvn -Pbenchmarks verify -pl it}
 * runs all but the cold release, which {@code -Dness.benchmark.cold=true} adds; {@code -Dit.test=CompressBenchmark} runs
 * one row.
 *
 * <p>Every contender is a process of its own, started from cold, and they take turns (A B A B ...), so that a noisy
 * machine treats them alike. Medians count; CPU seconds are those of all processes that one started. Nothing fails for
 * being slow: goals are told as met or missed, in a table and in {@code it/target/benchmarks/ROW.json}.
 */
package network.privateness.it.benchmark;
