import { createTransport } from "nodemailer";

const transport = createTransport({
  host: process.env.SMTP_HOST ?? "localhost",
  port: Number(process.env.SMTP_PORT ?? 1025),
  connectionTimeout: 5_000,
  socketTimeout: 10_000,
});

export async function sendMail(to: string, subject: string, text: string) {
  await transport.sendMail({ from: "shop@shop.example", to, subject, text });
}
