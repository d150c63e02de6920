import { type OrderPlaced, topics } from "@shop/events";
import { Kafka } from "kafkajs";
import { sendMail } from "./mail";
import { fetchOrder } from "./orders";
import { sendSms } from "./sms";

const kafka = new Kafka({ clientId: "notifications", brokers: [process.env.KAFKA_BROKER ?? "localhost:9092"] });
const consumer = kafka.consumer({ groupId: "notifications" });

async function handleOrderPlaced(event: OrderPlaced) {
  const order = await fetchOrder(event.orderId);
  const lines = order.items.map((item) => `${item.quantity} x ${item.sku}`).join("\n");
  await sendMail(event.customerEmail, "Thank you for your order", lines);
  if (event.customerPhone) await sendSms(event.customerPhone, `Order ${order.id} is on its way to you soon.`);
}

async function run() {
  await consumer.connect();
  await consumer.subscribe({ topic: topics.orderPlaced });
  await consumer.run({
    eachMessage: async ({ message }) => {
      try {
        await handleOrderPlaced(JSON.parse(message.value!.toString()));
      } catch (error) {
        console.error("could not notify customer", error);
      }
    },
  });
}

run().catch((error) => {
  console.error(error);
  process.exit(1);
});
