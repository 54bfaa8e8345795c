#!/bin/bash
# Puts the upstream source of a Debian source package into a folder.
# usage: fetch_debian_source.sh FOLDER PACKAGE SUITE TARBALL SHA256 MARK
#   TARBALL  name of the package's .orig tarball, SHA256 its checksum
#   MARK     a file of the source, by which a finished folder is known
# Uses the Debian archive that this machine's apt is set up for; needs neither root nor git.
set -euo pipefail

target=$1 package=$2 suite=$3 tarball=$4 sha256=$5 mark=$6

[[ -f $target/$mark ]] && exit 0

mirror_of_main_archive() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -f $file ]] || continue
    awk 'BEGIN { RS = ""; FS = "\n" }
      {
        uris = ""; components = ""; types = ""
        for (i = 1; i <= NF; i++) {
          if ($i ~ /^URIs:/) { uris = $i; sub(/^URIs:[ \t]*/, "", uris) }
          if ($i ~ /^Components:/) components = $i
          if ($i ~ /^Types:/) types = $i
        }
        split(uris, uri, /[ \t]+/)
        if (types ~ /deb/ && components ~ /main/ && uri[1] ~ /\/debian\/?$/) print uri[1]
      }' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -f $file ]] || continue
    sed -nE 's/^deb(-src)?[ \t]+(\[[^]]*\][ \t]+)?([^ \t]+\/debian\/?)[ \t].*[ \t]main.*/\3/p' "$file"
  done
}

mirror=$(mirror_of_main_archive | head -n 1)
if [[ -z $mirror ]]; then
  echo "fetch_debian_source: apt on this machine has no source for the Debian archive" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
  >"$work/sources.list"
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache="
  -o "APT::Sandbox::User=" -o Acquire::Languages=none)

echo "fetch_debian_source: getting ${tarball%.orig.tar.*}"
(cd "$work" && "${apt[@]}" update && "${apt[@]}" --download-only source "$package")
if ! echo "$sha256  $work/$tarball" | sha256sum --check --status; then
  echo "fetch_debian_source: $tarball is missing or its SHA-256 is not the expected one" >&2
  exit 1
fi

mkdir -p "$work/source" "$(dirname "$target")"
tar -xf "$work/$tarball" -C "$work/source" --strip-components=1
# Another build may have finished first.
mv -T "$work/source" "$target" 2>/dev/null || [[ -f $target/$mark ]]
