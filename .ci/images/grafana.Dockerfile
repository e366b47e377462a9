ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY grafana.mjs /grafana.mjs
# Grafana's image has BusyBox's, and the health check uses it.
COPY grafana-wget.mjs /usr/local/lib/wget.mjs
RUN chmod 755 /usr/local/lib/wget.mjs && ln -s ../lib/wget.mjs /usr/local/bin/wget
USER 472:0
EXPOSE 3000
CMD ["node", "/grafana.mjs"]
