package network.privateness.reproducible.yaml;

/**
 * A place in a file.
 *
 * @param file the file's name as users know it
 * @param line from 1
 * @param column from 1
 */
public record Location(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
