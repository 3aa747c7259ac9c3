# shellcheck shell=bash
# What this machine has to vary: users, locales, clocks, JDKs, Mavens. Sourced by matrix.sh.

usage() {
  echo "matrix: $1" >&2
  sed -n '/^#   matrix.sh/p' "$here/matrix.sh" >&2
  exit 2
}

fault() {
  echo "matrix: $1" >&2
  exit 2
}

# Says what can't be varied here; with --required that is the end.
lacks() {
  echo "SKIPPED: this machine lacks $1"
  [ "$required" = false ] || exit 3
}

me=$(id -un)

# Another user without rights, where we may become one.
find_other_user() {
  other=$me
  if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && id nobody >/dev/null 2>&1; then
    other=nobody
  else
    lacks "root and setpriv, to build as another user"
  fi
}

find_faketime() {
  faketime=
  local library
  for library in /usr/lib/*/faketime/libfaketime.so.1 /usr/lib/faketime/libfaketime.so.1; do
    [ ! -e "$library" ] || faketime=$library
  done
  [ -n "$faketime" ] || lacks "libfaketime (package faketime), to move the clock"
}

# days NUMBER: as far as the clock can be moved.
days() { if [ -n "$faketime" ]; then echo "$1"; else echo 0; fi; }

one_core() { if command -v taskset >/dev/null; then echo 1; else echo all; fi; }

# locale NAME CHARSET: compiles it, or says a locale that is always there.
locale_of() {
  if command -v localedef >/dev/null && [ -e "/usr/share/i18n/locales/$1" ]; then
    mkdir -p "$work/locales"
    [ -d "$work/locales/$1.$2" ] || localedef -i "$1" -f "$2" "$work/locales/$1.$2" >/dev/null 2>&1 || true
    echo "$1.$2"
  else
    lacks "the package locales, to build in $1" >&2
    echo POSIX
  fi
}

# jdk_home FEATURE: the home of an installed JDK.
jdk_home() {
  local home
  for home in "${JAVA_HOME:-/none}" /usr/lib/jvm/*; do
    if [ -x "$home/bin/javac" ] && grep -q "^JAVA_VERSION=\"$1[.\"]" "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
}

# other_maven VERSION: unpacks it, and says its program. In a checkout of our own, because the plugin leaves marks there.
other_maven() {
  local home=$work/mavens/apache-maven-$1
  if [ ! -x "$home/bin/mvn" ]; then
    (cd "$work/a" && "$maven" -B -q -ntp -N "-Dmaven.repo.local=$repository" dependency:unpack \
      "-Dartifact=org.apache.maven:apache-maven:$1:zip:bin" "-DoutputDirectory=$work/mavens") >"$work/logs/maven-$1" 2>&1 || true
  fi
  [ ! -x "$home/bin/mvn" ] || echo "$home/bin/mvn"
}

# A copy of the local repository for a user: rows must not see what others installed, nor write what others read.
copy_repository() {
  [ ! -d "$work/m2-$1" ] || return 0
  mkdir -p "$work/m2-$1" "$work/home-$1"
  (cd "$repository" && tar -c --exclude=./network/privateness .) | tar -x -C "$work/m2-$1"
  [ "$1" = "$me" ] || chown -R "$1:" "$work/m2-$1" "$work/home-$1"
}

# clone FOLDER USER UMASK: the sources as a checkout of that user has them.
clone() {
  [ ! -d "$1" ] || return 0
  mkdir -p "$1"
  (
    umask "$3"
    cd "$root"
    { git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -name target -prune -o -type f -print0 -o -type l -print0; } |
      while IFS= read -r -d '' file; do [ ! -e "$file" ] && [ ! -L "$file" ] || printf '%s\0' "$file"; done |
      tar -c --null --no-recursion -T - | tar -x --no-same-permissions --no-same-owner -m -C "$1"
  )
  if [ "$2" != "$me" ]; then
    chown -R "$2:" "$1"
  fi
}

host_platform() { if [ "$(uname -m)" = aarch64 ]; then echo linux/arm64; else echo linux/amd64; fi; }

# emulates ARCH: whether the kernel runs its programs.
emulates() {
  case $1 in
    aarch64) [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] ;;
    *) [ -e /proc/sys/fs/binfmt_misc/qemu-x86_64 ] ;;
  esac
}
