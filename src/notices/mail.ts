import { createTransport } from 'nodemailer';
import type { Carrier, Outcome } from './ways.ts';

/** How long a server may take to answer a step, in milliseconds. */
const PATIENCE_MS = 20_000;

export interface MailSettings {
  /** smtp://user:password@host:587 or smtps://…:465 */
  readonly url: string;
  /** Whom the letters are from. */
  readonly from: string;
}

/**
 * Letters by SMTP. A server that took a letter may still be cut off before it says so, or this process before it notes
 * that: then the letter goes again under the same Message-ID, by which mail programs show it once. SMTP offers no more.
 */
export function mailCarrier({ url, from }: MailSettings): Carrier {
  const transport = createTransport(url, {
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  } as object);
  const host = from.replace(/^.*@/, '').replace(/>.*$/, '');
  return {
    way: 'mail',
    ready: true,
    async send({ id, to, subject, text }): Promise<Outcome> {
      try {
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          messageId: `<${id}@${host}>`,
          // Nobody's absence is to be answered to a machine (RFC 3834).
          headers: { 'auto-submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return { sent: true };
      } catch (error) {
        return faultOf(error);
      }
    },
  };
}

/** What a server said, without the address it said it about. A 5xx is for good (RFC 5321), all else may pass. */
function faultOf(error: unknown): Outcome {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  if (responseCode !== undefined)
    return { sent: false, fault: `邮件服务器答复 ${responseCode}`, final: responseCode >= 500 && code !== 'EAUTH' };
  const known: Readonly<Record<string, string>> = {
    ETIMEDOUT: '邮件服务器没有回应',
    ECONNECTION: '连不上邮件服务器',
    ECONNREFUSED: '连不上邮件服务器',
    ESOCKET: '和邮件服务器的连接断了',
    EDNS: '找不到邮件服务器',
    EAUTH: '邮件服务器不认用户名或密码',
    ETLS: '和邮件服务器的加密连接没有建立',
    EENVELOPE: '邮件地址不对',
  };
  return {
    sent: false,
    fault:
      (/ECONNREFUSED/.test(message ?? '') ? known['ECONNREFUSED'] : known[code ?? '']) ??
      `邮件没有发出：${(message ?? '').replace(/\S+@\S+/g, '…').slice(0, 80)}`,
    final: code === 'EENVELOPE',
  };
}
