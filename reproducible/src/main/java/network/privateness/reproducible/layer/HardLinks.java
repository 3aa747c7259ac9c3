package network.privateness.reproducible.layer;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import network.privateness.reproducible.rootfs.HardLink;
import network.privateness.reproducible.rootfs.Node;
import network.privateness.reproducible.rootfs.RegularFile;
import network.privateness.reproducible.rootfs.RootPath;

/**
 * Brings the names of one file into an order that can be unpacked from front to back: the first name in the order of paths
 * holds the content, the others link to it. So the bytes don't depend on which name an input shipped as the file.
 */
final class HardLinks {

    private HardLinks() {}

    static NavigableMap<RootPath, Node> firstNameFirst(NavigableMap<RootPath, Node> nodes) {
        if (nodes.values().stream().noneMatch(HardLink.class::isInstance)) {
            return nodes;
        }
        NavigableMap<RootPath, Node> settled = new TreeMap<>(nodes);
        Map<HardLink, RootPath> first = new HashMap<>();
        for (Map.Entry<RootPath, Node> entry : nodes.entrySet()) {
            if (entry.getValue() instanceof HardLink) {
                settle(entry.getKey(), (HardLink) entry.getValue(), settled, first);
            }
        }
        return Collections.unmodifiableNavigableMap(settled);
    }

    private static void settle(
            RootPath path, HardLink link, NavigableMap<RootPath, Node> settled, Map<HardLink, RootPath> first) {
        RegularFile file = link.file();
        var key = new HardLink(link.target(), file, file.origin());
        RootPath holder = first.get(key);
        if (holder == null) {
            // The target only counts if it still is the file that was linked, not one that replaced it.
            boolean targetIsHere = file.equals(settled.get(link.target()));
            holder = targetIsHere && link.target().compareTo(path) < 0 ? link.target() : path;
            first.put(key, holder);
            if (targetIsHere && holder.equals(path)) {
                settled.put(link.target(), new HardLink(path, file, file.origin()));
            }
        }
        settled.put(path, holder.equals(path) ? file : new HardLink(holder, file, link.origin()));
    }
}
