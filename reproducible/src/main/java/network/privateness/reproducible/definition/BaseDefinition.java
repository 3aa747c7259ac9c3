package network.privateness.reproducible.definition;

/**
 * Layers that several images share at their bottom.
 *
 * @param name its key in bases.yaml
 * @param description one sentence
 * @param software what it is made of
 */
public record BaseDefinition(String name, String description, Software software) {}
