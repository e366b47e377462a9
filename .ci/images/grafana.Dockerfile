ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY grafana.mjs grafana-password.mjs /
# Grafana's image has BusyBox's, and the health check uses it.
COPY grafana-wget.mjs /usr/local/lib/wget.mjs
COPY grafana-cli.mjs /usr/local/lib/grafana.mjs
RUN chmod 755 /usr/local/lib/*.mjs \
 && ln -s ../lib/wget.mjs /usr/local/bin/wget && ln -s ../lib/grafana.mjs /usr/local/bin/grafana \
 # A new volume takes its owner from the folder that it is mounted over.
 && install -d -o 472 -g 0 -m 770 /var/lib/grafana
USER 472:0
EXPOSE 3000
CMD ["node", "/grafana.mjs"]
