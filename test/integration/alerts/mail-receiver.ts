import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerEnvelope } from 'smtp-server';

interface ReceivedMail {
  /** Of the envelope: who really gets it. */
  recipients: string[];
  sender: string;
  /** Of each header, unfolded. */
  headers: Map<string, string>;
  body: string;
}

/** An SMTP server on loopback that wants a password. */
export class MailReceiver {
  readonly received: ReceivedMail[] = [];
  /** When set, every mail is refused with it. */
  refusal: string | undefined;
  readonly #server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'wattfleet' && password === 'p@ss word') done(null, { user: username });
      else done(new Error('wrong password'));
    },
    onData: (stream, { envelope }, done) => {
      void this.#take(stream, envelope, done);
    },
  });

  static async start(): Promise<MailReceiver> {
    const receiver = new MailReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** For SMTP_URL. */
  get url(): string {
    const { port } = this.#server.server.address() as AddressInfo;
    return `smtp://wattfleet:p%40ss%20word@127.0.0.1:${port}`;
  }

  subjects(): (string | undefined)[] {
    return this.received.map(({ headers }) => headers.get('subject'));
  }

  reset(): void {
    this.received.length = 0;
    this.refusal = undefined;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(stream: Readable, envelope: SMTPServerEnvelope, done: (error?: Error) => void): Promise<void> {
    const source = await text(stream);
    if (this.refusal !== undefined) return done(new Error(this.refusal));
    const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    const recipients = envelope.rcptTo.map(({ address }) => address);
    this.received.push({ sender, recipients, ...parseMail(source) });
    return done();
  }
}

function parseMail(source: string): { headers: Map<string, string>; body: string } {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replaceAll(/\r\n[ \t]/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  // Quoted-printable breaks long lines.
  return { headers, body: source.slice(end + 4).replaceAll('=\r\n', '') };
}
