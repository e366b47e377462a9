import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { ALERT_SETTINGS, type AlertSettings } from './alerts.config.js';
import type { NoticeMail } from './notice-mail.js';
import { DeliveryError, oneLine } from './notice.js';

/** Sends mail through the configured SMTP server. */
@Injectable()
export class EmailSender {
  constructor(@Inject(ALERT_SETTINGS) private readonly settings: AlertSettings) {}

  get configured(): boolean {
    return this.settings.email !== undefined;
  }

  /**
   * @param key makes the Message-ID: a repetition of the same mail can be recognised
   * @throws DeliveryError when the server does not take it
   */
  async send(address: string, mail: NoticeMail, key: string): Promise<void> {
    const { email, publicUrl } = this.settings;
    if (email === undefined) throw new DeliveryError('there is no SMTP server: set SMTP_URL');
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
        from: { name: 'Wattfleet', address: email.from },
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
