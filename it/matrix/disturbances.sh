# shellcheck shell=bash
# Broken rules of determinism, for copies of the sources only. Sourced by matrix.sh.

# break FILE OLD NEW: exactly one place is replaced; OLD and NEW are plain text.
break_rule() {
  local file=$1 count
  count=$(grep -cF -- "$2" "$file" || true)
  [ "$count" = 1 ] || fault "disturbance: ${file##*/} has $count lines with \"$2\", not 1: follow the sources in $here/disturbances.sh"
  OLD=$2 NEW=$3 awk 'BEGIN { old = ENVIRON["OLD"]; new = ENVIRON["NEW"] }
    { at = index($0, old); if (at) { $0 = substr($0, 1, at - 1) new substr($0, at + length(old)) } print }' "$file" >"$file.new"
  mv "$file.new" "$file"
}

# disturb_sources CLONE: all disturbances; the property ness.disturb of the running Maven chooses one. The lock's diffIDs
# would stop such a build at once, so they are not asked: here the comparison has to see it.
disturb_sources() {
  local java=$1/reproducible/src/main/java/network/privateness/reproducible
  local is='.equals(System.getProperty("ness.disturb"))'
  break_rule "$java/archive/TarWriter.java" 'octal(at + TarHeader.MTIME, 11, mtime)' \
    "octal(at + TarHeader.MTIME, 11, \"clock\"$is ? System.currentTimeMillis() / 1000 : mtime)"
  break_rule "$java/layer/LayerWriter.java" 'HardLinks.firstNameFirst(nodes).entrySet()' \
    "(\"order\"$is ? Map.copyOf(HardLinks.firstNameFirst(nodes)) : HardLinks.firstNameFirst(nodes)).entrySet()"
  break_rule "$java/rootfs/FolderReader.java" 'executable ? 0755 : 0644' \
    "\"umask\"$is ? (Integer) Files.getAttribute(child, \"unix:mode\") & 07777 : executable ? 0755 : 0644"
  break_rule "$java/jvm/JarRepack.java" 'bytes(writer, JarManifest.PATH, manifest.bytes())' \
    "bytes(writer, JarManifest.PATH, \"manifest\"$is ? small(zip, manifestEntry.get(), JarManifest.MAX_BYTES) : manifest.bytes())"
  break_rule "$java/build/LayerPins.java" 'if (built.pinned())' \
    'if (built.pinned() && System.getProperty("ness.disturb") == null)'
}
