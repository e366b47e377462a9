ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY grafana.mjs grafana-password.mjs grafana-cli.mjs grafana-wget.mjs /
# Grafana's image has its own command line, and BusyBox's wget, which the health check uses.
RUN chmod 755 /grafana-cli.mjs /grafana-wget.mjs \
 && ln -s /grafana-cli.mjs /usr/local/bin/grafana && ln -s /grafana-wget.mjs /usr/local/bin/wget \
 # A new volume takes its owner from the folder that it is mounted over.
 && install -d -o 472 -g 0 -m 770 /var/lib/grafana
USER 472:0
EXPOSE 3000
CMD ["node", "/grafana.mjs"]
