import { contextHeaders } from "@clinic/context";
import CircuitBreaker from "opossum";

export interface Mail {
  id: string;
  to: string;
  text: string;
}

/** One breaker and one deadline for each provider. */
export abstract class MailProvider {
  private readonly breaker = new CircuitBreaker((mail: Mail, signal: AbortSignal) => this.post(mail, signal), {
    timeout: 4_000,
    volumeThreshold: 5,
    resetTimeout: 30_000,
  });

  protected abstract readonly url: string;
  protected abstract body(mail: Mail): object;

  async send(mail: Mail, signal: AbortSignal): Promise<void> {
    await this.breaker.fire(mail, signal);
  }

  private async post(mail: Mail, signal: AbortSignal): Promise<void> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": mail.id, ...contextHeaders() },
      body: JSON.stringify(this.body(mail)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(3_000)]),
    });
    if (!response.ok)
      throw Object.assign(new Error(`${this.url} answered ${response.status}`), { status: response.status });
  }
}

export class LarkMail extends MailProvider {
  protected readonly url = `${process.env.LARK_URL}/messages`;
  protected body(mail: Mail) {
    return { recipient: mail.to, text: mail.text };
  }
}

export class OwlPost extends MailProvider {
  protected readonly url = `${process.env.OWL_URL}/v2/letters`;
  protected body(mail: Mail) {
    return { to: [mail.to], plain: mail.text };
  }
}
