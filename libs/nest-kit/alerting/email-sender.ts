import { Inject, Injectable } from '@nestjs/common';
import { ApplicationFacts } from '../application-facts.js';
import type { Alerting } from './alerting.js';
import type { NoticeMail } from './notice-mail.js';
import { DeliveryError, oneLine } from './notice.js';
import { ALERTING } from './tokens.js';

/** Sends mail through the configured SMTP server. */
@Injectable()
export class EmailSender {
  constructor(
    @Inject(ALERTING) private readonly alerting: Alerting,
    private readonly facts: ApplicationFacts,
  ) {}

  get configured(): boolean {
    return this.alerting.settings.email !== undefined;
  }

  /**
   * @param key makes the Message-ID: a repetition of the same mail can be recognised
   * @throws DeliveryError when the server does not take it
   */
  async send(address: string, mail: NoticeMail, key: string): Promise<void> {
    const { email, publicUrl } = this.alerting.settings;
    if (email === undefined) throw new DeliveryError('there is no SMTP server: set SMTP_URL');
    // Loaded on request: an app that sends no mail does without its memory.
    const { createTransport } = await import('nodemailer');
    const { applicationName } = await this.facts.current();
    const transport = createTransport({
      url: email.smtpUrl.reveal(),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        ...mail,
        // As objects: never read as a list of addresses.
        from: { name: applicationName, address: email.from },
        to: { name: '', address },
        messageId: `<${key}@${publicUrl.hostname}>`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new DeliveryError(oneLine(message), { cause: error });
    } finally {
      transport.close();
    }
  }
}
