# syntax=docker/dockerfile:1

# The packages of the target platform, chosen by npm and apt: nothing is emulated, however the image is built.
FROM --platform=$BUILDPLATFORM node:24-trixie-slim AS packages
ARG TARGETARCH
# tini reaps processes and passes signals on; DejaVu is for the labels of charts.
RUN dpkg --add-architecture "$TARGETARCH" \
  && apt-get update \
  && cd /tmp \
  && apt-get download "tini:$TARGETARCH" fonts-dejavu-core \
  && for package in *.deb; do dpkg-deb --extract "$package" /debian; done \
  && rm -rf /tmp/*.deb /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/discord-emulator/package.json ./packages/discord-emulator/
RUN case "$TARGETARCH" in amd64) cpu=x64 ;; *) cpu="$TARGETARCH" ;; esac \
  # Without the emulator: rehearsing needs a clone.
  && npm ci --omit=dev --workspaces=false --include-workspace-root --ignore-scripts --os=linux --libc=glibc --cpu="$cpu" \
  && cd node_modules \
  # What serves other platforms, compilers and editors, a third of it all.
  && rm -rf lit-html node-linux-*/include node-linux-*/share better-sqlite3/deps better-sqlite3/src \
  && find better-sqlite3/prebuilds -type f ! -name "linux-$cpu.node" -delete \
  && find sodium-native/prebuilds -mindepth 1 -maxdepth 1 ! -name "linux-$cpu" -exec rm -rf {} + \
  && find . -type f \( -name "*.d.ts" -o -name "*.d.mts" -o -name "*.d.cts" -o -name "*.map" -o -name "*.bare" \) -delete \
  # For scripts/run.mjs: all is here.
  && echo "runtime $(sha256sum ../package-lock.json | cut -d " " -f 1)" > .lull-installed
# Empty, for a volume to take over its owner.
RUN mkdir -p /data/sounds

# glibc, libstdc++, certificates and time zones, without shell or package manager.
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=packages /debian/usr/bin/tini-static /usr/bin/tini
COPY --from=packages /debian/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf /usr/share/fonts/
COPY --from=packages --chown=65532:65532 /data /data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY LICENSE package.json package-lock.json ./
COPY scripts ./scripts
COPY sounds ./sounds
COPY src ./src
COPY tools/container/fonts.conf /etc/fonts/fonts.conf
ENV PATH=/app/node_modules/.bin:/usr/bin \
  NODE_COMPILE_CACHE=/data/cache/node \
  LULL_DATA=/data \
  LULL_CACHE=/data/cache/sounds \
  LULL_SOUNDS=/data/sounds \
  LULL_LOG=- \
  LULL_HTTP=127.0.0.1:9090
VOLUME /data
USER 65532:65532
# Ready is connected to Discord, with the commands registered; not just running.
HEALTHCHECK --interval=30s --timeout=10s --start-period=2m CMD ["node", "scripts/healthcheck.mjs"]
# SIGTERM lets every room go to silence on a ramp; it takes up to 8 seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--", "node", "src/main.ts"]
