#!/usr/bin/env bash
# Unpacks an image of Docker's for test/container: tools/container/export.sh IMAGE
set -euo pipefail

image=$1
work=${LULL_CONTAINERS:-/var/tmp/lull-containers}
mkdir -p "$work/root"
container=$(docker create "$image")
docker export "$container" | sudo tar --extract --directory "$work/root"
docker rm "$container" >/dev/null
docker inspect --format '{"config": {{json .Config}}}' "$image" >"$work/image.json"
