# syntax=docker/dockerfile:1
# One image for nodes and for the command line: docker build -t riskcluster .
# Where it is built without the defaults: --build-arg BUILD_IMAGE=... (a JDK 25, Maven) --build-arg RUNTIME_IMAGE=... (glibc,
# libstdc++, sh, bash). Pin them by digest where that matters: --build-arg RUNTIME_IMAGE=debian:trixie-slim@sha256:...
ARG BUILD_IMAGE=maven:3.9.11-eclipse-temurin-25-noble
ARG RUNTIME_IMAGE=debian:trixie-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
# A mirror of Maven Central, where there is one: --secret id=maven,src=settings.xml
RUN --mount=type=cache,target=/root/.m2/repository --mount=type=secret,id=maven,target=/root/.m2/settings.xml \
    mvn -B -ntp -q package -Dmaven.test.skip=true -pl src/riskcluster-node -am \
    && docker/layout /opt/riskcluster

# The caches for a quick start hold the class path by name and fit one version of Java and the kind of processor: they are
# made where the program will lie, as the user who will run it.
FROM ${RUNTIME_IMAGE} AS rehearsal
COPY --from=build --chown=10001:10001 /opt/riskcluster /opt/riskcluster
COPY docker/rehearse /rehearse
USER 10001:10001
RUN ["/rehearse", "/opt/riskcluster"]

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="RiskCluster" \
      org.opencontainers.image.description="Kafka in, one actor per customer, a decision in milliseconds; and the same decision, exactly once, in Iceberg" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# Owned by root: whoever runs it can change nothing of it.
COPY --from=rehearsal --chown=0:0 /opt/riskcluster /opt/riskcluster
ENV PATH=/opt/riskcluster/bin:/usr/bin:/bin LANG=C.UTF-8 TZ=UTC
# Nobody in particular; no name is needed, and a number is what Kubernetes can check.
USER 10001:10001
WORKDIR /tmp
# The only folder that is written: run with a read-only root file system. Libraries load their native parts from it.
VOLUME ["/tmp"]
# Nodes, management (probes, metrics), operators, HTTP.
EXPOSE 17355 7626 9110 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/riskcluster/bin/riskcluster"]
CMD ["--help"]
