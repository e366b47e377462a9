# One image for portal, Admin and the provisioner. APP says which of the two apps a container is:
#   docker run -e APP=admin … wattfleet:1.2.3
# Written for both of Docker's builders: no RUN --mount, no heredocs.

# A machine that cannot pull images brings its own Debian with Node 24 and npm.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No package needs its install script here; the one of `node` would only fetch a second Node.
RUN npm ci --ignore-scripts --no-progress --loglevel=error
COPY tsconfig*.json vite.config.ts ./
COPY libs libs
COPY apps apps
RUN PATH="$PWD/node_modules/.bin:$PATH" \
 && tsc -p tsconfig.build.json \
 && vite build apps/portal-web --logLevel warn \
 && vite build apps/admin-web --logLevel warn \
 # The embedded database is for demo and tests; its engine is not among the production dependencies.
 && rm -rf dist/libs/database/embedded dist/.tsbuildinfo \
 && find dist -name '*.map' -delete

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-progress --loglevel=error
# What Node never opens: TypeScript, source maps, documentation, TypeORM for browsers, argon2 for other systems, builds for
# browsers and other module systems, tests, and tables of orbits that no calendar of holidays asks for.
RUN find node_modules -type f ! -iname 'licen[cs]e*' \
      \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -iname '*.md' \) -delete \
 && rm -rf node_modules/typeorm/browser node_modules/.package-lock.json \
 && find node_modules/argon2/prebuilds -mindepth 1 -maxdepth 1 -type d ! -name 'linux-*' -exec rm -r {} + \
 && cd node_modules \
 && rm -rf astronomia/lib bintrees/test date-holidays/data date-holidays/dist date-holidays/lib handlebars/dist/amd \
      luxon/build/amd luxon/build/cjs-browser luxon/build/es6 luxon/build/global luxon/src moment/dist moment/locale moment/min \
      moment/src moment-timezone/builds pdfkit/.yarn uglify-js \
 && find astronomia/data -type f ! -name deltat.js ! -name vsop87Bearth.js -delete \
 && find pdfkit/js fontkit/dist -maxdepth 1 -type f ! -name pdfkit.node.mjs ! -name module.mjs -delete \
 && find handlebars/dist -maxdepth 1 -type f -delete \
 && cd .. \
 # A build without argon2's native code fails here, not at the first sign-in.
 && node -e "require('argon2').hash('a').then((hash) => require('argon2').verify(hash, 'a')).then((ok) => process.exit(ok ? 0 : 1))" \
 # The same for sharp's, which draws logos.
 && node -e "require('sharp')({ create: { width: 8, height: 8, channels: 3, background: '#000' } }).png().toBuffer()" \
# And for what bills are made with, as the app imports it.
 && node --input-type=module -e "import Holidays from 'date-holidays'; import PdfDocument from 'pdfkit'; import 'cron'; import 'handlebars'; import 'write-excel-file/node'; Object.keys(new Holidays().getCountries()).forEach((country) => new Holidays(country).getHolidays(2026)); new PdfDocument().font('Helvetica-Bold').text('1').end()"

FROM ${NODE_IMAGE} AS runtime
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Wattfleet" \
      org.opencontainers.image.description="Portal, Admin and provisioner of Wattfleet" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production HOST=0.0.0.0 APP=portal
WORKDIR /app
# A new volume takes its owner from the folder that it is mounted over.
RUN install -d -o 1000 -g 1000 /data/branding /data/keys /data/import /data/reports /data/dashboards
# The program belongs to root: the user it runs as cannot change it.
COPY --from=dependencies /build/node_modules node_modules
COPY package.json LICENSE ./
COPY compose compose
COPY provisioning provisioning
COPY --from=build /build/dist dist
USER 1000:1000
EXPOSE 4100 4000
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 \
  CMD node dist/apps/${APP}/src/main.js health
CMD ["sh", "-c", "exec node dist/apps/${APP}/src/main.js serve"]
