# docker build -t cloud-objects .
# docker run -p 9080:9080 -v cloud-objects:/data cloud-objects
# docker stop -t 30 …: the time that draining takes

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
# The tests have run in CI.
RUN mvn -B -DskipTests package liberty:install-server
# Only the features that server.xml asks for.
RUN server=target/liberty/wlp/usr/servers/defaultServer \
    && mkdir -p $server/apps \
    && cp src/main/liberty/config/server.xml $server/ \
    && sed '/^-Xmx/d' src/main/liberty/config/jvm.options > $server/jvm.options \
    && cp target/cloud-objects.war $server/apps/ \
    && target/liberty/wlp/bin/server package defaultServer --include=minify --archive=/build/target/server.tar.gz \
    && mkdir target/server \
    && tar -xzf target/server.tar.gz -C target/server

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --gid 0 --no-create-home --home-dir /opt/wlp cloudobjects \
    && install -d -o 10001 -g 0 -m 0770 /data
COPY --from=build --chown=10001:0 /build/target/server/wlp /opt/wlp
ENV CLOUDOBJECTS_DATA_DIR=/data \
    JVM_ARGS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
USER 10001
VOLUME /data
EXPOSE 9080
# The image has no curl, and needs none.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/localhost/9080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
CMD ["/opt/wlp/bin/server", "run", "defaultServer"]
