// Sends one notice as an e-mail through the operator's own mail server.

export type Mail = {
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same at every try: a mailbox that got it twice shows it once. */
  readonly messageId: string;
};

/** `never`: the mailbox does not exist or refuses it for good; trying again would only annoy. */
export type Mailed = { readonly ok: true } | { readonly ok: false; readonly fault: string; readonly never: 0 | 1 };

const waitMs = 10_000;

/** Never throws for what the mail server does. */
export async function sendMail({ smtpUrl, messageId, ...mail }: Mail): Promise<Mailed> {
  // Read with the first mail: a start without mail does not wait for it.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ ...mail, messageId });
    return { ok: true };
  } catch (cause) {
    const { responseCode = 0, message } = cause as { responseCode?: number; message: string };
    return { ok: false, fault: message.slice(0, 300), never: responseCode >= 550 && responseCode < 560 ? 1 : 0 };
  } finally {
    transport.close();
  }
}
