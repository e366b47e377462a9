ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY timescale-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
RUN chmod 755 /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/bin:/usr/bin:/bin
ENV PGDATA=/var/lib/postgresql/data
ENV LANG=C.UTF-8
USER 70:70
EXPOSE 5432
# Disconnects its clients; at SIGTERM it would wait for them.
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
