ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY sftpgo.mjs /
# A new volume takes its owner from the folder that it is mounted over: SFTPGo's image has the same.
RUN chmod 755 /sftpgo.mjs && ln -s /sftpgo.mjs /usr/local/bin/sftpgo && install -d -o 1000 -g 1000 /var/lib/sftpgo
WORKDIR /var/lib/sftpgo
USER 1000:1000
EXPOSE 2022 8080
CMD ["sftpgo", "serve"]
