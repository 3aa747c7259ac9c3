# shellcheck shell=bash
# Pinned inputs as folders: a Debian archive and a Go module proxy, filled from the store that the first row used, and the
# JDK of another vendor. Sourced by matrix.sh.

blob() { echo "$user_store/blobs/${1:0:2}/$1"; }

# export_inputs LOCK: puts all its inputs into $work/inputs.
export_inputs() {
  local sha256 path reference h1
  while read -r path sha256; do
    put "$(blob "$sha256")" "$work/inputs/debian/$path"
  done < <(awk '$1 == "path:" { path = $2 } $1 == "sha256:" && path != "" { print path, $2; path = "" }' "$1")
  while read -r path h1; do
    reference=$user_store/references/h1/$(printf %s "$h1" | sha256sum | cut -d' ' -f1)
    [ -e "$reference" ] || continue # a toolchain of another build host
    sha256=$(tail -c +66 "$reference")
    put "$(blob "$sha256")" "$work/inputs/go/$path"
  done < <(awk '
    function escaped(text,   out, i, c) {
      for (i = 1; i <= length(text); i++) { c = substr(text, i, 1); out = out (c ~ /[A-Z]/ ? "!" tolower(c) : c) }
      return out
    }
    $1 == "-" && $2 == "version:" { toolchain = $3 }
    $1 == "host:" { print "golang.org/toolchain/@v/v0.0.1-" toolchain "." $2 ".zip", "-" ; host = $2 }
    $1 == "h1:" { print "golang.org/toolchain/@v/v0.0.1-" toolchain "." host ".zip", $2 }
    $1 == "-" && $2 == "module:" { module = $3 }
    $1 == "version:" { version = $2 }
    $1 == "zip:" { print escaped(module) "/@v/" escaped(version) ".zip", $2 }
    $1 == "mod:" { print escaped(module) "/@v/" escaped(version) ".mod", $2 }' "$1")
}

put() {
  [ ! -e "$2" ] || return 0
  mkdir -p "${2%/*}"
  cp "$1" "$2"
  chmod 644 "$2"
}

# forget_layers STORE: inputs and compiled Go packages stay, layers are made anew.
forget_layers() { rm -rf "$1/references/layer"; }

# debian_jdk HOST_PLATFORM FOLDER: Debian's JDK 25 from its own lock, unpacked with its C library, which the programs in
# FOLDER/bin start it with: so it runs on systems that are older than it.
debian_jdk() {
  local home=$2 tree=$2/tree jvm linker program link layer machine
  [ ! -e "$home/toolchains.xml" ] || return 0
  mkdir -p "$tree" "$home/bin"
  (cd "$work/a" && "$maven" -B -q -ntp package -Dmaven.test.skip=true -pl it/images -am "-Dmaven.repo.local=$work/m2-$me" \
    "-Dness.store=$user_store" "-Dness.folder=$work/a/it/matrix/jdk" "-Dness.platforms=$1" "-Dness.output=$home/ness") \
    >"$work/logs/debian-jdk" 2>&1 || { tail -n 20 "$work/logs/debian-jdk" >&2; fault "the build of Debian's JDK failed"; }
  # One layer: its blob is the only one that is gzip.
  for layer in "$home"/ness/oci/debian-jdk/blobs/sha256/*; do
    ! gzip -t "$layer" 2>/dev/null || tar -xzf "$layer" --no-same-owner -C "$tree"
  done
  rm -rf "$home/ness"
  find "$tree" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    ln -sfn "$tree$(readlink "$link")" "$link"
  done
  jvm=$(echo "$tree"/usr/lib/jvm/java-25-openjdk-*)
  case $1 in
    linux/amd64) linker=$tree/usr/lib64/ld-linux-x86-64.so.2 machine=x86_64-linux-gnu ;;
    *) linker=$tree/usr/lib/ld-linux-aarch64.so.1 machine=aarch64-linux-gnu ;;
  esac
  for program in "$jvm"/bin/*; do
    printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' "$linker" "$tree/usr/lib/$machine" "$program" \
      >"$home/bin/${program##*/}"
  done
  chmod 755 "$home"/bin/*
  cp "$jvm/release" "$home/release"
  ln -s "$jvm/lib" "$home/lib"
  cat >"$home/toolchains.xml" <<XML
<toolchains><toolchain><type>jdk</type>
<provides><version>25</version><vendor>matrix</vendor></provides>
<configuration><jdkHome>$home</jdkHome></configuration>
</toolchain></toolchains>
XML
}

# A store of our own with all inputs and compiled Go packages, but no layers.
second_store() {
  if [ ! -d "$work/warm" ]; then
    if [ -d "$work/cold" ]; then
      cp -r "$work/cold" "$work/warm"
    else
      mkdir -p "$work/warm"
    fi
  fi
  forget_layers "$work/warm"
}
