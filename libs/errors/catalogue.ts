/** What one coded error means to the people who meet it. */
export interface CatalogueEntry {
  /** HTTP status of the problem answer; also decides what a client may retry. */
  status: number;
  /** Safe to show to anyone: names no secret, no row, no tenant. */
  title: string;
  /** What the operator should do about it. */
  remedy: string;
}

/**
 * Every coded error of Wattfleet. `docs/reference/errors.md` is generated from this table.
 * Codes are stable: scripts and clients match on them.
 */
export const catalogue = {
  BODY_INVALID: {
    status: 400,
    title: 'The request body is not valid',
    remedy: 'Correct the fields named in `errors` and send the request again.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The request body is too large',
    remedy: 'Send less in one request.',
  },
  CONFIG_INVALID: {
    status: 500,
    title: 'The configuration is not valid',
    remedy: 'Correct every variable named in the message; docs/reference/configuration.md lists them.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    title: 'The e-mail or the password is wrong',
    remedy: 'Check both. An administrator can set a new password.',
  },
  SIGN_IN_REQUIRED: {
    status: 401,
    title: 'Sign in first',
    remedy: 'Sign in and send the request again.',
  },
  ROLE_REFUSED: {
    status: 403,
    title: 'Your role may not do this',
    remedy: 'Ask an administrator to do it, or to give you the role.',
  },
  PASSWORD_WRONG: {
    status: 422,
    title: 'The present password is wrong',
    remedy: 'Type it again. An administrator can set a new one.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    status: 403,
    title: 'Change your temporary password first',
    remedy:
      'Set a password of your own with PUT /api/session/password, or sign in to the portal to be asked for it.',
  },
  PASSWORD_COMMON: {
    status: 422,
    title: 'The password is one that guessers try early',
    remedy: 'Choose another one: a generated password, or several words that do not belong together.',
  },
  PASSWORD_UNCHANGED: {
    status: 422,
    title: 'The new password is the same as the present one',
    remedy: 'Choose another one.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    title: 'The request comes from another site',
    remedy: 'Call the API from its own origin; set PUBLIC_URL to the address browsers use.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'Check the address and the id.',
  },
  METHOD_REFUSED: {
    status: 405,
    title: 'The request cannot be handled',
    remedy: 'Check method, headers and body against the API reference.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'The content type of the body is not supported',
    remedy: 'Send application/json.',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    title: 'Too many attempts',
    remedy: 'Wait for the time in Retry-After.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong on the server',
    remedy:
      'Look up the request id in the log. A command that failed so can be run again: files are never half-written.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    title: 'The database does not answer',
    remedy: 'Check that the database runs and that DATABASE_* is right.',
  },
  DATABASE_LOCKED: {
    status: 503,
    title: 'The embedded database folder is in use by another process',
    remedy: 'Stop the other process, or give this one its own folder.',
  },
  MIGRATION_FAILED: {
    status: 500,
    title: 'A database migration failed',
    remedy: 'Nothing was changed by it. Correct the cause named in the message and start again.',
  },

  METER_FILE_EMPTY: {
    status: 422,
    title: 'The meter file is empty',
    remedy: 'Send the file again; the upload broke before its first byte.',
  },
  METER_FILE_FORMAT_UNKNOWN: {
    status: 422,
    title: 'The format of the meter file is not known',
    remedy: 'Supported formats: MV_T302_V002, MV_T302_V003, MV_T202_V002.',
  },
  METER_FILE_HEADER_MISSING: {
    status: 422,
    title: 'The header of the meter file is missing or cut off',
    remedy: 'Send the whole file again.',
  },
  METER_FILE_HEADER_INVALID: {
    status: 422,
    title: 'The header of the meter file is not valid',
    remedy: 'Correct the header line named in the message, or send the file again.',
  },
  METER_FILE_PATH_INVALID: {
    status: 422,
    title: 'The meter file is not at <site>/<device serial>/<file>',
    remedy: 'Put the file two folders deep: the site, then the serial number of the device.',
  },
  METER_FILE_UNREADABLE: {
    status: 422,
    title: 'The meter file cannot be read',
    remedy: 'Check the permissions of the file and its folder.',
  },
  IMPORT_DEVICES_UNKNOWN: {
    status: 422,
    title: 'The meter file names devices that the portal does not know',
    remedy:
      'Create the devices named in the message and import the file again, or let imports create unknown devices (Settings, Import policy).',
  },
  IMPORT_FOLDER_MISSING: {
    status: 409,
    title: 'There is no folder to import from',
    remedy: 'Set IMPORT_FOLDER or SFTP_HOST, or give --data-folder.',
  },
  IMPORT_RUNNING: {
    status: 409,
    title: 'Another import is running on this database',
    remedy: 'Wait until it has finished; files are taken by one collector at a time.',
  },
  IMPORT_DISK_FULL: {
    status: 507,
    title: 'There is no room for the bytes of a meter file',
    remedy: 'Free space on the disk named in the message. The file waits at its source and is taken then.',
  },
  SFTP_UNREACHABLE: {
    status: 502,
    title: 'The SFTP server cannot be reached',
    remedy: 'Check SFTP_HOST and SFTP_PORT, and that its firewall lets the portal in.',
  },
  SFTP_HOST_KEY_REFUSED: {
    status: 502,
    title: 'The host key of the SFTP server is not the expected one',
    remedy:
      'Compare the fingerprint in the message with what `ssh-keygen -lf` prints on the server. Only when they are the same, set SFTP_HOST_KEY to it.',
  },
  SFTP_SIGN_IN_REFUSED: {
    status: 502,
    title: 'The SFTP server does not accept the user',
    remedy: 'Check SFTP_USER and SFTP_PASSWORD or SFTP_PRIVATE_KEY.',
  },
  SFTP_FOLDER_MISSING: {
    status: 502,
    title: 'The folder on the SFTP server cannot be read',
    remedy: 'Create it, let the user read it, or correct SFTP_FOLDER.',
  },
  SFTP_FAILED: {
    status: 502,
    title: 'The SFTP server broke off or does not answer any more',
    remedy:
      'Nothing is lost: the next look goes on where this one ended. Look at the log of the server when it happens again.',
  },
  HOOK_REFUSED: {
    status: 401,
    title: 'The hook does not carry the secret of this portal',
    remedy:
      'Set IMPORT_HOOK_SECRET, and let the sender sign with it or send it as bearer token; check its clock when it signs.',
  },

  UPLOAD_TOO_LARGE: {
    status: 413,
    title: 'The file is larger than this portal takes',
    remedy: 'Split the file, put it into the import folder, or raise IMPORT_UPLOAD_MAX_MB.',
  },
  UPLOADS_WAITING: {
    status: 409,
    title: 'Too many uploads wait to be imported',
    remedy: 'Import or cancel some of them first.',
  },
  UPLOAD_NOT_READY: {
    status: 409,
    title: 'The upload cannot be imported yet',
    remedy: 'Choose its site, or map its columns; what is wrong with a refused file stands in its preview.',
  },
  ORIGINAL_GONE: {
    status: 404,
    title: 'The file itself is no longer there',
    remedy:
      'It was moved or deleted since it was imported, or lies in a folder that this portal does not know.',
  },
  ORIGINAL_REMOVED: {
    status: 410,
    title: 'The file itself was removed',
    remedy:
      'It is older than files are kept here (IMPORT_KEEP_ORIGINALS_DAYS, IMPORT_KEEP_REFUSED_DAYS); its report stays.',
  },
  RETRY_REFUSED: {
    status: 409,
    title: 'Only a refused file can be tried again',
    remedy: 'What was imported stays; send a corrected file.',
  },

  FLEET_PUSH_DISABLED: {
    status: 409,
    title: 'The portal pushes to no Admin',
    remedy: 'Set FLEET_INGEST_ENABLED, FLEET_INGEST_URL and FLEET_INGEST_TOKEN.',
  },
  INGEST_TOKEN_INVALID: {
    status: 401,
    title: 'The push token is missing, wrong, revoked or expired',
    remedy: 'Create a token for the customer in Admin and set FLEET_INGEST_TOKEN.',
  },
  INGEST_BATCH_INVALID: {
    status: 422,
    title: 'The batch is not valid',
    remedy: 'Portal and Admin disagree on the push protocol: update the older one.',
  },
  INGEST_BATCH_TOO_LARGE: {
    status: 413,
    title: 'The batch is too large',
    remedy: 'Lower FLEET_INGEST_BATCH_SIZE.',
  },
  INGEST_KEY_MISSING: {
    status: 400,
    title: 'The batch has no Idempotency-Key',
    remedy: 'Send the header Idempotency-Key with a UUID for each batch.',
  },
  INGEST_KEY_REUSED: {
    status: 409,
    title: 'The idempotency key was used for another batch',
    remedy: 'Use a new key for every new batch.',
  },
  INGEST_STREAM_BEHIND: {
    status: 412,
    title: 'Admin holds fewer batches of the stream than it has confirmed',
    remedy: 'Admin was restored from a backup. The portal compares what both hold and sends what is missing.',
  },
  INGEST_BATCH_SPREAD: {
    status: 413,
    title: 'The rows of the batch spread over too many weeks',
    remedy: 'Split the batch by time.',
  },
  INGEST_RATE_LIMITED: {
    status: 429,
    title: 'The customer sends too many batches',
    remedy: 'Send again after Retry-After; raise INGEST_BATCHES_PER_MINUTE if this is what should be taken.',
  },
  ALERT_DESTINATION_EXISTS: {
    status: 409,
    title: 'Alerts go to this address already',
    remedy: 'Edit the destination that there is.',
  },
  CUSTOMER_EXISTS: {
    status: 409,
    title: 'A customer with this code is registered already',
    remedy: 'Choose another code, or issue a new token for the existing customer.',
  },

  CUSTOMER_BEING_DELETED: {
    status: 409,
    title: 'The customer is being deleted',
    remedy: 'Delete it once more to finish what was interrupted; then it can be registered anew.',
  },
  CONFIRMATION_WRONG: {
    status: 422,
    title: 'The confirmation is not what was to be typed',
    remedy: 'Type it exactly as it is shown.',
  },
  BRANDING_IMAGE_INVALID: {
    status: 422,
    title: 'The picture cannot be read',
    remedy:
      'Send a whole PNG, JPEG, WebP or SVG. An SVG holds shapes and text only: no pictures and no entities.',
  },
  BRANDING_IMAGE_TOO_LARGE: {
    status: 422,
    title: 'The picture has too many pixels',
    remedy: 'Scale it down; 2,000 pixels in width are more than enough.',
  },
  BRANDING_STORE_UNAVAILABLE: {
    status: 503,
    title: 'The folder of logos cannot be written',
    remedy:
      'Set BRANDING_DIR to a folder that exists and that the portal may write: in a stack, its branding volume.',
  },
  DASHBOARDS_UNWRITABLE: {
    status: 503,
    title: 'Dashboards of sites cannot be written',
    remedy:
      'Set GRAFANA_DASHBOARDS_DIR to a folder that exists and that the portal may write: in a stack, the volume grafana-dashboards. It is tried again every ten seconds.',
  },
  ACCOUNT_EXISTS: {
    status: 409,
    title: 'There is an account with this e-mail already',
    remedy: 'Edit the account that there is.',
  },
  LAST_ADMIN: {
    status: 409,
    title: 'This is the last admin who can sign in',
    remedy: 'Make somebody else an admin first.',
  },

  MUNICIPALITY_EXISTS: {
    status: 409,
    title: 'There is a municipality of this name already',
    remedy: 'Add the tariff to the municipality that there is, or choose another name.',
  },
  MUNICIPALITY_IN_USE: {
    status: 409,
    title: 'The municipality has tariffs',
    remedy: 'Remove its tariffs first.',
  },
  TARIFF_EXISTS: {
    status: 409,
    title: 'The municipality has a tariff of this name already',
    remedy: 'Add a version to the tariff that there is, or choose another name.',
  },
  TARIFF_IN_USE: {
    status: 409,
    title: 'Sites are billed by the tariff',
    remedy: 'Give the sites another tariff first.',
  },
  TARIFF_NOT_CHOSEN: {
    status: 409,
    title: 'The site has no tariff',
    remedy: 'Give the site a tariff, or name one in the query.',
  },
  TARIFF_CURRENCY_CHANGES: {
    status: 409,
    title: 'The tariff changes its currency in the period',
    remedy: 'Ask for one bill up to the change and one from it.',
  },
  API_TOKEN_INVALID: {
    status: 401,
    title: 'The API token is wrong, revoked or expired',
    remedy: 'Make a token in Settings → API tokens and send it as `Authorization: Bearer …`.',
  },
  API_TOKEN_SCOPE_MISSING: {
    status: 403,
    title: 'The API token may not do this',
    remedy: 'Make a token with the scope named in the message.',
  },
  API_RATE_LIMITED: {
    status: 429,
    title: 'The API token sends too many requests',
    remedy:
      'Send again after Retry-After, with more rows in each request; raise API_REQUESTS_PER_MINUTE if this is what should be taken.',
  },
  MEASUREMENTS_SPREAD: {
    status: 413,
    title: 'The rows of the request spread over too many weeks',
    remedy: 'Sort the rows by time and send them in several requests.',
  },
  CATALOGUE_CONFLICT: {
    status: 409,
    title: 'Another site, device or channel has this already',
    remedy: 'Choose another value for the fields named in `errors`.',
  },

  SPEC_INVALID: {
    status: 422,
    title: 'The files of the tenant are not valid',
    remedy: 'Correct the keys and lines named in the message.',
  },
  HOST_SPEC_INVALID: {
    status: 422,
    title: 'The file host.yaml, or one that it names, is not valid',
    remedy: 'Correct the keys and lines named in the message, then run `wattfleet host init` again.',
  },
  ADDRESSES_EXHAUSTED: {
    status: 507,
    title: 'The address pool of the host has no room for another network',
    remedy:
      'Give networks.pool in host.yaml another, larger range that nothing else on the host uses. Networks that exist keep theirs.',
  },
  TEMPLATE_INVALID: {
    status: 500,
    title: 'A template of the blueprint does not give the stack that it stands for',
    remedy: 'Nothing was written. Correct the template in compose/, or reinstall Wattfleet.',
  },
  COMPOSE_REJECTED: {
    status: 422,
    title: 'Docker Compose does not take what would be written',
    remedy:
      'Nothing was written. Correct tenant.yaml or compose.override.yaml as the message says, and run the command again.',
  },
  PLAN_STALE: {
    status: 409,
    title: 'The plan is out of date',
    remedy: 'Nothing was written. Make a new one with `wattfleet plan --out FILE`, and look at it.',
  },
  DATA_LOSS_UNCONFIRMED: {
    status: 409,
    title: 'The change would take data away from the stack',
    remedy:
      'Nothing was written. Take a backup with `wattfleet backup`, then add --yes, or run it on a terminal and confirm.',
  },
  FILE_ACCESS_FAILED: {
    status: 500,
    title: 'A file or folder cannot be read or written',
    remedy:
      'Check owner, permissions and free space, then run the same command again: it goes on where it stopped.',
  },
  TENANT_EXISTS: {
    status: 409,
    title: 'The tenant exists already',
    remedy: 'Use `wattfleet plan` to see what a re-render would change.',
  },
  TENANT_NOT_FOUND: {
    status: 404,
    title: 'There is no such tenant under the root folder',
    remedy: 'Check the code and --root.',
  },
  TENANT_LOCKED: {
    status: 409,
    title: 'Another run works on the tenant',
    remedy: 'Wait for it to end; a run that was killed leaves no lock behind.',
  },
  TENANT_STOPPED: {
    status: 409,
    title: 'The tenant does not run',
    remedy: 'Start it with `wattfleet up`, then run the same command again.',
  },
  CHANGES_PENDING: {
    status: 409,
    title: 'Files of the tenant are not as its tenant.yaml says',
    remedy:
      'Look with `wattfleet plan`, write with `wattfleet apply`, start with `wattfleet up`; then run this again.',
  },
  ROTATION_UNFINISHED: {
    status: 409,
    title: 'A rotation of the tenant was cut off',
    remedy: 'Run the command that the message names: it goes on where it stopped. Then run this one again.',
  },
  ROTATION_REFUSED: {
    status: 502,
    title: 'A secret that was rotated does not do what it should',
    remedy: 'Look at `wattfleet logs`, then run the same command again.',
  },
  ROTATION_UNDONE: {
    status: 502,
    title: 'The rotation failed and was undone: the old secret is in service as before',
    remedy: 'Correct what the message says and run the same command again.',
  },
  ROTATION_STUCK: {
    status: 500,
    title: 'The rotation failed and could not be undone',
    remedy:
      'Correct what the message says and run the same command again: it puts the old secret back first. Both are in .rotation.json.',
  },
  UPDATE_UNFINISHED: {
    status: 409,
    title: 'An update or a rollback of the tenant was cut off',
    remedy: 'Run it again: it goes on where it stopped. Then run this command again.',
  },
  UPDATE_ROLLED_BACK: {
    status: 502,
    title: 'The update failed and was rolled back: the tenant runs as before',
    remedy: 'Look at what failed, then update this tenant alone with a corrected image before the others.',
  },
  ROLLBACK_FAILED: {
    status: 500,
    title: 'The tenant could not be brought back to the release before',
    remedy: 'Look at `wattfleet status` and `wattfleet logs`; the same command goes on with the rollback.',
  },
  VERIFICATION_FAILED: {
    status: 502,
    title: 'The tenant does not work as it should',
    remedy: 'Look at `wattfleet verify`: it names what is wrong and how it is repaired.',
  },
  NO_RELEASE: {
    status: 404,
    title: 'There is no release to go back from',
    remedy: 'Only what `wattfleet update` has done can be rolled back; for anything else restore a backup.',
  },
  IMAGE_UNAVAILABLE: {
    status: 502,
    title: 'An image is not on this host and cannot be pulled; nothing was stopped',
    remedy: 'Check its name and tag, or load it with `docker load`, then run the same command again.',
  },
  DATABASE_MAJOR_VERSION: {
    status: 409,
    title: 'The image brings another major version of PostgreSQL; nothing was stopped',
    remedy:
      "Choose an image with the database's own major version. Another one needs pg_upgrade, which an update does not do.",
  },
  CONFIRMATION_NEEDED: {
    status: 409,
    title: 'This would lose data and needs your word',
    remedy: 'Run it on a terminal, or add --yes when you are sure.',
  },
  ACCOUNT_NOT_FOUND: {
    status: 404,
    title: 'The portal has no such account',
    remedy: 'Name one with --email; the users are listed in the portal under Settings.',
  },
  ADMIN_FAILED: {
    status: 502,
    title: 'Admin refused or does not answer',
    remedy:
      'Check --admin-url, --admin-email and the password, and that the customer is registered under its code.',
  },
  SFTP_MISSING: {
    status: 409,
    title: 'This host has no SFTP server',
    remedy: 'Set profiles.sftp in host.yaml and run `wattfleet host init`, then the same command again.',
  },
  SFTPGO_FAILED: {
    status: 502,
    title: 'SFTPGo refused or does not answer',
    remedy:
      'Run `wattfleet host init`, and look at `docker compose logs` in the folder `sftp` below the root; then run the same command again.',
  },
  DOCKER_MISSING: {
    status: 503,
    title: 'There is no `docker` program on this machine',
    remedy: 'Install Docker Engine and Compose v2; `wattfleet doctor` says what else is missing.',
  },
  DOCKER_FAILED: {
    status: 502,
    title: 'The container engine refused or failed',
    remedy: 'Correct what it says and run the same command again: it goes on where it stopped.',
  },
  PROGRAM_MISSING: {
    status: 503,
    title: 'A program that the command needs is not on this machine',
    remedy:
      'Install it (Debian: `apt-get install rclone` or `restic`), or keep backups in a folder: `--to FOLDER`.',
  },
  PROGRAM_FAILED: {
    status: 502,
    title: 'A program that the command needs has failed',
    remedy: 'Correct what it says and run the same command again. Its settings and credentials are its own.',
  },
  ARCHIVE_NOT_FOUND: {
    status: 404,
    title: 'There is no such backup',
    remedy: 'Look with `wattfleet backup list` which there are; --store names another place.',
  },
  ARCHIVE_INVALID: {
    status: 422,
    title: 'The backup is damaged, cut off or not a backup at all',
    remedy: 'Nothing was changed. Choose another one: `wattfleet backup list`.',
  },
  ARCHIVE_MISMATCH: {
    status: 409,
    title: 'The backup does not fit this tenant or its database server',
    remedy:
      'Nothing was changed. Give the tenant the images that the backup names, or choose another backup.',
  },
  RESTORE_DIFFERS: {
    status: 500,
    title: 'What was restored is not what the backup says it holds',
    remedy: 'The running database is as it was. Choose another backup, and keep this one to find out why.',
  },
  BACKUP_INCOMPLETE: {
    status: 500,
    title: 'The backup could not be completed',
    remedy:
      'Nothing that is listed was left behind. Correct what the message says and run the same command again.',
  },
  TENANT_RETIRED: {
    status: 409,
    title: 'The code belonged to a customer that was retired',
    remedy: 'Choose another code; --reuse-code takes this one all the same, and restores its backups.',
  },
  INTERRUPTED: {
    status: 499,
    title: 'The run was interrupted',
    remedy: 'Run the same command again with --resume: it goes on with what remains.',
  },
  USAGE: {
    status: 400,
    title: 'The command line is not valid',
    remedy: 'See --help.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
