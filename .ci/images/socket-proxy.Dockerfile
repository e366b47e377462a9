ARG BASE_IMAGE
FROM ${BASE_IMAGE}
# A module is told by its name.
COPY socket-proxy.mjs /socket-proxy.mjs
COPY socket-proxy-healthcheck.mjs /healthcheck.mjs
RUN chmod 755 /socket-proxy.mjs /healthcheck.mjs && ln -s healthcheck.mjs /healthcheck
WORKDIR /
ENTRYPOINT ["/socket-proxy.mjs"]
CMD []
