import { Injectable, Logger, type OnModuleInit } from "@nestjs/common";
import { type OrderPlaced, type OrderShipped, topics } from "@shop/events";
import { Kafka } from "kafkajs";

@Injectable()
export class OrderEvents implements OnModuleInit {
  private readonly logger = new Logger(OrderEvents.name);
  private readonly kafka = new Kafka({ clientId: "orders", brokers: [process.env.KAFKA_BROKER ?? "localhost:9092"] });
  private readonly producer = this.kafka.producer();

  onModuleInit() {
    this.producer.connect().catch((error) => this.logger.error(`no broker: ${error.message}`));
  }

  async placed(event: OrderPlaced) {
    await this.producer.send({
      topic: topics.orderPlaced,
      messages: [{ key: event.orderId, value: JSON.stringify(event) }],
    });
  }

  async shipped(event: OrderShipped) {
    await this.producer.send({
      topic: topics.orderShipped,
      messages: [{ key: event.orderId, value: JSON.stringify(event) }],
    });
  }
}
