#!/usr/bin/env bash
# Prints where this machine has its Debian packages from, as apt reads it from whatever form the sources are in.
set -euo pipefail

source /etc/os-release
apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' "Codename: $VERSION_CODENAME" |
  sed -n '1{s:/$::;p}' | grep .
