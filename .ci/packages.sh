#!/usr/bin/env bash
# Debian's packages that the suites need, and Docker Compose v2, which is Debian 13's.
set -euo pipefail

apt-get update -qq
# prometheus brings promtool, which checks the alert rules.
# zsh and fish complete the commands of `wattfleet`. rclone and restic are where backups may go; meter files are collected from OpenSSH’s server.
packages=(ca-certificates zsh fish rclone restic prometheus chromium fonts-liberation fonts-dejavu-core debootstrap iptables python3-venv openssh-server)
# Somebody else's engine is as good.
command -v dockerd >/dev/null || packages+=(docker.io)
apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null

if ! docker compose version 2>/dev/null; then
  # Where this machine has Debian 12 from, it also has Debian 13 from; nothing else is taken of it.
  mirror=$(.ci/debian-mirror.sh)
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  echo "deb [signed-by=$keyring] $mirror trixie main" >/etc/apt/sources.list.d/wattfleet-trixie.list
  printf 'Package: *\nPin: release n=trixie\nPin-Priority: 50\n' >/etc/apt/preferences.d/wattfleet-trixie
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends docker-compose/trixie >/dev/null
  docker compose version
fi
