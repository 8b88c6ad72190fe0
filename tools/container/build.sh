#!/usr/bin/env bash
# npm run image: builds the Dockerfile with buildah, where no container engine and no registry of images is at hand. Base
# images are made of Debian's packages. Needs root, and: apt-get install buildah runc debootstrap
set -euo pipefail
cd "$(dirname "$0")/../.."

suite=trixie
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
work=${LULL_CONTAINERS:-/var/tmp/lull-containers}
export STORAGE_DRIVER=overlay
storage() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
mkdir -p "$work"

# For a network that has a certificate authority of its own.
authorities=${NODE_EXTRA_CA_CERTS:-}

# import NAME DIRECTORY CONFIG...: a directory becomes an image.
import() {
  local name=$1 directory=$2 container mounted
  shift 2
  container=$(storage from scratch)
  mounted=$(storage mount "$container")
  cp --archive "$directory/." "$mounted/"
  storage config "$@" "$container"
  storage umount "$container" >/dev/null
  storage commit --quiet --rm --format docker "$container" "$name" >/dev/null
}

debian=$work/$suite
if [ ! -d "$debian" ]; then
  echo "Making a minimal Debian $suite." >&2
  rm -rf "$debian.partial"
  debootstrap --variant=minbase "$suite" "$debian.partial" "$mirror" >&2
  mv "$debian.partial" "$debian"
fi

if ! storage inspect --type image node:24-trixie-slim >/dev/null 2>&1; then
  echo "In place of node:24-trixie-slim: this Debian with the pinned Node and this machine's npm." >&2
  root=$work/node
  rm -rf "$root"
  cp --archive "$debian" "$root"
  cp --dereference node_modules/.bin/node "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/lib/node_modules"
  cp --archive "$(npm root --global)/npm" "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  settings=()
  if [ -n "$authorities" ]; then
    cp "$authorities" "$root/etc/authorities.pem"
    settings=(--env npm_config_cafile=/etc/authorities.pem)
  fi
  import docker.io/library/node:24-trixie-slim "$root" \
    --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}"
  rm -rf "$root"
fi

if ! storage inspect --type image gcr.io/distroless/cc-debian13:nonroot >/dev/null 2>&1; then
  echo "In place of gcr.io/distroless/cc-debian13: the Debian packages that it is made of." >&2
  root=$work/distroless
  packages=$work/packages
  rm -rf "$root" "$packages"
  mkdir -p "$root" "$packages"
  (cd "$packages" && apt-get download -o Dir="$debian" -o Dir::State::status="$debian/var/lib/dpkg/status" \
    -o APT::Sandbox::User=root \
    base-files netbase media-types tzdata tzdata-legacy ca-certificates \
    libc6 libssl3t64 zlib1g libzstd1 libgcc-s1 gcc-14-base libgomp1 libstdc++6 >&2)
  for package in "$packages"/*.deb; do dpkg-deb --extract "$package" "$root"; done
  rm -rf "$root"/usr/share/{doc,man,lintian}
  mkdir -p "$root"/{proc,dev,sys,home/nonroot}
  install --directory --mode 1777 "$root/tmp"
  printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >"$root/etc/passwd"
  printf '%s\n' root:x:0: nonroot:x:65532: >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  import gcr.io/distroless/cc-debian13:nonroot "$root" --user 65532 --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  rm -rf "$root" "$packages"
fi

echo "Building the Dockerfile." >&2
storage build --pull-never --isolation chroot --format docker --tag localhost/lull .
# A container of it, for test/container: its root, and how to start it.
storage rm lull-test >/dev/null 2>&1 || true
root=$(storage mount "$(storage from --pull-never --name lull-test localhost/lull)")
ln --symbolic --force --no-dereference "$root" "$work/root"
storage inspect --type image --format '{{.Config}}' localhost/lull >"$work/image.json"
size=$(du --summarize --block-size=1M "$root/" | cut --fields 1)
packed=$(tar --create --file - --directory "$root" . | gzip -6 | wc --bytes)
echo "The image takes $size MB, $((packed / 1000000)) MB compressed: $root" >&2
