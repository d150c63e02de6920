import { setTimeout as sleep } from "node:timers/promises";

const SMS_URL = process.env.SMS_URL ?? "https://sms.pigeon.example/messages";

export async function sendSms(to: string, text: string) {
  for (let attempt = 1; attempt <= 10; attempt++) {
    try {
      const response = await fetch(SMS_URL, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": process.env.SMS_KEY ?? "" },
        body: JSON.stringify({ to, text }),
      });
      if (response.ok) return;
    } catch (error) {
      console.warn("sms gateway unreachable", error);
    }
    await sleep(1000);
  }
  throw new Error(`could not send sms to ${to}`);
}
