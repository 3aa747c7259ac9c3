/** YAML read strictly: every value knows its line, unknown and duplicate keys, aliases and tags are refused. */
package network.privateness.reproducible.yaml;
