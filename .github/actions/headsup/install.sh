#!/usr/bin/env bash
# Installs a release of headsup into a folder: downloads the archive for this system, verifies its SHA-256, and unpacks
# it. If the release has no archive for this system, the program is built with cargo. If the checksum of an archive is
# wrong, the script fails, and nothing is built or run instead.
#
#   HEADSUP_VERSION  the release, as 0.1.0
#   HEADSUP_SOURCE   address of the repository, as https://github.com/OWNER/headsup
#   HEADSUP_FOLDER   where the program goes
#   HEADSUP_SHA256   optional: the sum that the archive must have; else the one beside it in the release
#   HEADSUP_TARGET   optional: the system, as x86_64-unknown-linux-gnu
set -euo pipefail
: "${HEADSUP_VERSION:?}" "${HEADSUP_SOURCE:?}" "${HEADSUP_FOLDER:?}"

fail() {
  [ "${GITHUB_ACTIONS:-}" != true ] || printf '::error::%s\n' "$*"
  printf 'headsup: %s\n' "$*" >&2
  exit 1
}

case $HEADSUP_VERSION in
  '' | *[!0-9A-Za-z.+-]*) fail "\"$HEADSUP_VERSION\" is not a version; write it as 0.1.0" ;;
esac

system() {
  case "$(uname -s)/$(uname -m)" in
    Linux/x86_64) echo x86_64-unknown-linux-gnu ;;
    Linux/aarch64 | Linux/arm64) echo aarch64-unknown-linux-gnu ;;
    Darwin/x86_64) echo x86_64-apple-darwin ;;
    Darwin/arm64) echo aarch64-apple-darwin ;;
    MINGW*/x86_64 | MSYS*/x86_64) echo x86_64-pc-windows-msvc ;;
    *) echo none ;;
  esac
}
target=${HEADSUP_TARGET:-$(system)}

name=headsup-$HEADSUP_VERSION-$target
case $target in
  *windows*) archive=$name.zip program=headsup.exe ;;
  *) archive=$name.tar.gz program=headsup ;;
esac
release=$HEADSUP_SOURCE/releases/download/v$HEADSUP_VERSION
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$HEADSUP_FOLDER"

download() { curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$work/$1" "$release/$1"; }

sum_of() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

if [ "$target" != none ] && download "$archive"; then
  expected=${HEADSUP_SHA256:-}
  if [ -z "$expected" ]; then
    download "$archive.sha256" || fail "the release has no $archive.sha256: the archive cannot be verified"
    expected=$(cut -d ' ' -f 1 <"$work/$archive.sha256")
  fi
  found=$(sum_of "$work/$archive")
  [ "$found" = "$expected" ] || fail "$archive has the SHA-256 $found, and $expected was expected: it is not used"
  case $archive in
    *.zip) unzip -q -o "$work/$archive" -d "$work" ;;
    *) tar -xzf "$work/$archive" -C "$work" ;;
  esac
  install -m 755 "$work/$name/$program" "$HEADSUP_FOLDER/$program"
else
  printf 'headsup: release %s has no program for this system; building it takes about a quarter of an hour\n' "$HEADSUP_VERSION" >&2
  command -v cargo >/dev/null || fail "building needs Rust: see https://rustup.rs"
  cargo install --locked --git "$HEADSUP_SOURCE" --tag "v$HEADSUP_VERSION" --root "$work/built" headsup
  install -m 755 "$work/built/bin/$program" "$HEADSUP_FOLDER/$program"
fi

"$HEADSUP_FOLDER/$program" --version
[ -z "${GITHUB_PATH:-}" ] || printf '%s\n' "$HEADSUP_FOLDER" >>"$GITHUB_PATH"
