#!/usr/bin/env bash
# The determinism matrix: builds the same sources on machines as unlike as one machine can be made to look, and prints which
# digests each of them got. Exit code 0: one set of digests; 1: they differ; 2: wrong usage or a build failed; 3: with
# --required, something that this machine lacks.
#
#   matrix.sh [--fixtures | --all] [--rows a,b] [--required] [--work DIR]
#   matrix.sh --disturb none|clock|order|umask|manifest [--work DIR]
#
#   --fixtures   the images of it/images (default)
#   --all        those, and the images of images/; also the rows that are too slow for every commit
#   --rows       only these rows; the first row is always built
#   --disturb    breaks one rule of determinism in a copy of the sources, and shows whether the matrix sees it (exit code 1)
#   --required   what the machine lacks is an error, not a skipped row or variation
#   --work       keeps everything in this folder; a second run there reuses what is compiled (for --disturb)
#
# Environment: MAVEN (default mvn), MAVEN_REPOSITORY (default ~/.m2/repository; only copies of it are written, but other
# Mavens are downloaded into it), NESS_STORE (default: the user's; gives the inputs).
#
# Only the first row may use the network. The others get their inputs from folders, so that a moved clock breaks no TLS. A
# row varies many things at once: where it differs, vary them one by one from there.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=it/matrix/machine.sh
. "$here/machine.sh"
# shellcheck source=it/matrix/inputs.sh
. "$here/inputs.sh"
# shellcheck source=it/matrix/disturbances.sh
. "$here/disturbances.sh"

root=$(cd "$here/../.." && pwd)
set_of_images=fixtures
only=
disturb=
required=false
work=
while [ $# -gt 0 ]; do
  case $1 in
    --fixtures) set_of_images=fixtures ;;
    --all) set_of_images=all ;;
    --required) required=true ;;
    --rows | --disturb | --work)
      [ $# -gt 1 ] || usage "$1 needs a value"
      case $1 in
        --rows) only=,$2, ;;
        --disturb) disturb=$2 ;;
        --work) work=$2 ;;
      esac
      shift
      ;;
    *) usage "unknown option $1" ;;
  esac
  shift
done

maven=$(command -v "${MAVEN:-mvn}") || usage "no Maven: set MAVEN"
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
user_store=${NESS_STORE:-${XDG_CACHE_HOME:-$HOME/.cache}/ness}
modules=it/images
[ "$set_of_images" = fixtures ] || modules=it/images,images

if [ -z "$work" ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/ness-matrix.XXXXXX")
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work/logs" "$work/digests"
chmod 755 "$work"
work=$(cd "$work" && pwd)

# row NAME [KEY=VALUE ...]: one build. Keys: clone, user, umask, locale, tz, days (the clock is moved by), cores, store,
# inputs (online or folders), jdk (toolchain: a home), maven, java (the JDK that runs Maven), go (host of the compiler),
# options (of Maven).
row() {
  local name=$1 clone user=$me umask=022 locale=C.UTF-8 tz=UTC days=0 cores=all store inputs=folders jdk='' java='' go=''
  local maven_of_row=$maven options='' key started status=0
  shift
  for key in "$@"; do
    case $key in
      maven=*) maven_of_row=${key#maven=} ;;
      clone=* | user=* | umask=* | locale=* | tz=* | days=* | cores=* | store=* | inputs=* | jdk=* | java=* | go=* | options=*)
        printf -v "${key%%=*}" %s "${key#*=}"
        ;;
      *) usage "row $name: $key" ;;
    esac
  done

  # What a row compares has to be made in that row; the plugin that makes it may stay compiled.
  rm -rf "$clone/it/java-service/target" "$clone/it/images/target" "$clone/images/target"
  local -a settings=("HOME=$work/home-$user" "PATH=$PATH" "LC_ALL=$locale" "LANG=$locale" "LOCPATH=$work/locales" "TZ=$tz")
  local -a command=("$maven_of_row" -B -ntp package -V -Dmaven.test.skip=true -pl "$modules" -am "-Dmaven.repo.local=$work/m2-$user"
    "-Dness.store=$store")
  [ "$locale" != C.UTF-8 ] || settings=("${settings[@]/LOCPATH=*/NO_LOCPATH=}")
  if [ "$inputs" = folders ]; then
    settings+=("GOPROXY=file://$work/inputs/go")
    command+=(-o "-Dness.debian.mirror=$work/inputs/debian" "-Dness.debian.security=$work/inputs/debian")
  else
    settings+=("GOPROXY=${GOPROXY:-}" "MAVEN_ARGS=${MAVEN_ARGS:-}")
  fi
  [ -z "$java" ] || settings+=("JAVA_HOME=$java")
  [ -n "$java" ] || [ -z "${JAVA_HOME:-}" ] || settings+=("JAVA_HOME=$JAVA_HOME")
  settings+=("MAVEN_OPTS=${go:+-Dos.arch=$go }${disturb:+-Dness.disturb=$disturb }-Xmx512m")
  [ -z "$jdk" ] || command+=(-t "$jdk/toolchains.xml" -Dtoolchain.jdk.vendor=matrix)
  [ "$days" = 0 ] || settings+=("LD_PRELOAD=$faketime" "FAKETIME=$(printf %+d "$days")d" FAKETIME_DONT_FAKE_MONOTONIC=1
    DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0)
  # shellcheck disable=SC2206
  command+=($options)
  # shellcheck disable=SC2016
  command=(env -i "${settings[@]}" bash -c 'umask "$1" && cd "$2" && shift 2 && exec "$@"' row "$umask" "$clone" "${command[@]}")
  [ "$cores" = all ] || command=(taskset -c 0 "${command[@]}")
  [ "$user" = "$me" ] || command=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups "${command[@]}")

  started=$(date +%s)
  "${command[@]}" >"$work/logs/$name" 2>&1 </dev/null || status=$?
  seconds=$(($(date +%s) - started))
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$work/logs/$name" >&2
    echo "matrix: the build of row $name failed (exit code $status); its whole log: $work/logs/$name" >&2
    trap - EXIT
    exit 2
  fi
  check_row "$name" "$user" "$days" "$jdk" "$clone"
  digests "$clone" >"$work/digests/$name"
  tell "$name" "$seconds" "$user, umask $umask, $locale, $tz, ${days} days, $cores cores, $(maven_version "$name"), toolchain $(toolchain "$name")${go:+, tools of $go}"
}

# What was to be varied has to have been: a matrix that varies nothing passes always.
check_row() {
  local name=$1 user=$2 days=$3 jdk=$4 clone=$5 finished expected
  finished=$(sed -n 's/.*Finished at: \([0-9]*\)-.*/\1/p' "$work/logs/$name")
  expected=$(date -u -d "$days days" +%Y)
  [ "$finished" = "$expected" ] || fault "row $name: its clock said $finished, not $expected"
  [ "$(stat -c %U "$clone/it/images/target")" = "$user" ] || fault "row $name was not built by $user"
  [ -z "$jdk" ] || [ "$(toolchain "$name")" = "$jdk" ] || fault "row $name was not built with the JDK in $jdk"
}

# Every file of every layout, by its own hash: also what a blob's name says is not believed.
digests() {
  local folder
  for folder in it/images images; do
    [ ! -d "$1/$folder/target/ness/oci" ] || (cd "$1" && find "$folder/target/ness/oci" -type f -print0 | sort -z | xargs -0 sha256sum)
  done
}

tell() {
  local set
  set=$(sha256sum <"$work/digests/$1")
  printf '%-12s %s %5s s  %s\n' "$1" "${set:0:16}" "$2" "$3"
}

maven_version() {
  sed -n 's/.*Apache Maven \([0-9][0-9a-z.-]*\).*/Maven \1/p; s/^Java version: \([^,]*\), vendor: \([^,]*\),.*/on JDK \1 of \2/p' "$work/logs/$1" | paste -sd' ' -
}

toolchain() {
  sed -n 's/.*Selected JDK toolchain: JDK\[\(.*\)\].*/\1/p; s/.*current JDK .JDK\[\(.*\)\]. matches.*/\1/p' "$work/logs/$1" | head -n 1
}

verdict() {
  local first=$1 name differing=0
  shift
  for name in "$@"; do
    if ! cmp -s "$work/digests/$first" "$work/digests/$name"; then
      differing=1
      echo
      echo "DIFFERENT: $name is not as $first:"
      diff "$work/digests/$first" "$work/digests/$name" | grep '^[<>]' | head -n 20 || true
    fi
  done
  echo
  if [ "$differing" = 0 ]; then
    echo "EQUAL: one set of digests in $(($# + 1)) rows"
  else
    exit 1
  fi
}

wanted() { [ -z "$only" ] || [[ $only == *,$1,* ]]; }

find_faketime

if [ -n "$disturb" ]; then
  case $disturb in
    none | clock | order | umask) image="tiny" ;;
    manifest) image="java-service" ;;
    *) usage "no disturbance $disturb" ;;
  esac
  export_inputs "$root/it/images/ness.lock"
  copy_repository "$me"
  # The same compiled sources twice; the second checkout has other modes.
  if [ ! -d "$work/disturbed" ]; then
    clone "$work/disturbed" "$me" 022
    disturb_sources "$work/disturbed"
  fi
  common=("store=$work/store" "options=-Dness.images=$image -Dness.platforms=linux/amd64")
  # The layer of our classes is known by what is packed, so it is never taken from the store by mistake.
  [ "$disturb" = manifest ] || forget_layers "$work/store"
  row "$disturb-1" "clone=$work/disturbed" "java=$(jdk_home 17)" "${common[@]}"
  if [ ! -d "$work/disturbed-077" ]; then
    cp -a "$work/disturbed" "$work/disturbed-077"
    rm -rf "$work/disturbed-077/it"
    clone "$work/checkout-077" "$me" 077
    mv "$work/checkout-077/it" "$work/disturbed-077/it"
  fi
  [ "$disturb" = manifest ] || forget_layers "$work/store"
  row "$disturb-2" "clone=$work/disturbed-077" umask=077 "days=$(days 2500)" "java=$(jdk_home 25)" "${common[@]}"
  verdict "$disturb-1" "$disturb-2"
  exit 0
fi

find_other_user
copy_repository "$me"
[ "$other" = "$me" ] || copy_repository "$other"
clone "$work/a" "$me" 022
clone "$work/another folder/b" "$other" 077

row reference "clone=$work/a" "store=$user_store" inputs=online
rows=()
export_inputs "$root/it/images/ness.lock"
[ "$set_of_images" = fixtures ] || export_inputs "$root/images/ness.lock"

if wanted stranger; then
  mkdir -p "$work/cold"
  chown "$other:" "$work/cold"
  row stranger "clone=$work/another folder/b" "user=$other" umask=077 locale=C tz=Pacific/Kiritimati "days=$(days -2800)" \
    "cores=$(one_core)" "store=$work/cold"
  rows+=(stranger)
fi
if wanted newer; then
  jdk=$work/debian-jdk
  mvn_of_row=$(other_maven 3.9.16)
  java_of_row=$(jdk_home 25)
  [ -n "$mvn_of_row" ] || lacks "Maven 3.9.16, or a repository to get it from"
  [ -n "$java_of_row" ] || lacks "a JDK 25 in /usr/lib/jvm, to run Maven on"
  debian_jdk "$(host_platform)" "$jdk"
  second_store
  row newer "clone=$work/a" umask=027 "locale=$(locale_of tr_TR UTF-8)" tz=America/St_Johns "days=$(days 4000)" \
    "store=$work/warm" "jdk=$jdk" "java=$java_of_row" "maven=${mvn_of_row:-$maven}"
  rows+=(newer)
fi

if wanted newest; then
  mvn_of_row=$(other_maven 4.0.0-rc-6)
  java_of_row=$(jdk_home 25)
  [ -n "$mvn_of_row" ] || lacks "Maven 4.0.0-rc-6, or a repository to get it from"
  row newest "clone=$work/another folder/b" "user=$other" "locale=$(locale_of de_DE ISO-8859-1)" tz=Asia/Kathmandu \
    "store=$work/cold" "java=$java_of_row" "maven=${mvn_of_row:-$maven}"
  rows+=(newest)
fi

# The compilers of the other build host, under an emulator: slow, so not for every commit.
if wanted emulated && { [ -n "$only" ] || [ "$set_of_images" = all ]; }; then
  case $(host_platform) in
    linux/amd64) foreign=linux/arm64 arch=aarch64 ;;
    *) foreign=linux/amd64 arch=amd64 ;;
  esac
  if emulates "$arch"; then
    jdk=$work/foreign-jdk
    debian_jdk "$foreign" "$jdk"
    second_store
    row emulated "clone=$work/a" "store=$work/warm" "jdk=$jdk" "go=$arch" inputs=online
    rows+=(emulated)
  else
    lacks "emulation of $arch (qemu-user-static, binfmt-support)"
  fi
fi

verdict reference "${rows[@]}"
