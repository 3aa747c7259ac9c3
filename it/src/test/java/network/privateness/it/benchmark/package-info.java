/**
 * Benchmarks against other people's tools: {@code mvn -Pbenchmarks verify -pl it -am}; one row by
 * {@code -Dit.test=CompressBenchmark}.
 *
 * <p>Every contender is a process of its own, started from cold, and they take turns (A B A B ...), so that a noisy
 * machine treats them alike. Medians count; CPU seconds are those of all processes that one started. Nothing fails for
 * being slow: goals are told as met or missed, in a table and in {@code it/target/benchmarks/ROW.json}.
 */
package network.privateness.it.benchmark;
