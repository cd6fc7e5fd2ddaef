# Three targets, ingest, worker and dashboard, that share every layer: only command, port and health check differ.
# Run them with docker-compose.yml; docs/containers.md says how.
ARG NODE_IMAGE=node:20-bookworm-slim

FROM ${NODE_IMAGE} AS tools
# The versions that package.json names. No corepack: it refuses registries that don't sign, and newer Node lacks it.
RUN npm install --global pnpm@10.34.8 turbo@2.11.11
ENV CI=true TURBO_TELEMETRY_DISABLED=1
WORKDIR /app

# The apps and the packages they are made of: manifests in out/json, sources in out/full.
FROM tools AS pruned
COPY . .
RUN turbo prune --docker --production @statuswire/ingest @statuswire/worker @statuswire/dashboard @statuswire/cli

FROM tools AS built
COPY --from=pruned /app/out/json ./
RUN --mount=type=cache,target=/pnpm pnpm install --frozen-lockfile --store-dir /pnpm
COPY --from=pruned /app/out/full /app/.gitignore /app/rolldown.config.js /app/tsconfig.base.json ./
COPY --from=pruned /app/scripts/setup ./scripts/setup
RUN turbo run build \
  && mkdir /built \
  && cp --parents --recursive apps/*/bin apps/*/dist packages/*/dist packages/*/data /built

FROM tools AS dependencies
COPY --from=pruned /app/out/json ./
# TypeScript comes along as an optional peer of a peer, for its types only, and is a third of everything.
RUN --mount=type=cache,target=/pnpm pnpm install --prod --frozen-lockfile --store-dir /pnpm \
  && rm -rf node_modules/.pnpm/typescript@* node_modules/.pnpm/@typescript+*

FROM ${NODE_IMAGE} AS app
ENV NODE_ENV=production
COPY --from=dependencies /app /app
COPY --from=built /built /app
COPY LICENSE NOTICE /app/
RUN ln -s /app/apps/cli/bin/statuswire.js /usr/local/bin/statuswire
# Where statuswire.yaml is looked for. Without one, the default configuration holds.
WORKDIR /etc/statuswire
# The image's user "node", as a number so that Kubernetes can tell that it isn't root.
USER 1000:1000
STOPSIGNAL SIGTERM

# Healthy means alive, not ready: without Redis each of them waits and recovers, and a restart would help nobody.
FROM app AS ingest
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "--input-type=module", "--eval", "process.exit((await fetch('http://127.0.0.1:8000/healthz')).ok ? 0 : 1)"]
CMD ["node", "/app/apps/ingest/dist/main.js"]

FROM app AS dashboard
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "--input-type=module", "--eval", "process.exit((await fetch('http://127.0.0.1:8080/healthz')).ok ? 0 : 1)"]
CMD ["node", "/app/apps/dashboard/dist/main.js"]

FROM app AS worker
EXPOSE 8090
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "--input-type=module", "--eval", "process.exit((await fetch('http://127.0.0.1:8090/healthz')).ok ? 0 : 1)"]
CMD ["node", "/app/apps/worker/dist/main.js"]
