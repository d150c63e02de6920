import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from "typeorm";

@Entity("orders")
export class Order {
  @PrimaryColumn("uuid")
  id: string;

  @Column({ name: "customer_id" })
  customerId: string;

  @Column({ name: "payment_id" })
  paymentId: string;

  @Column({ type: "integer" })
  total: number;

  @Column({ type: "text", default: "placed" })
  status: "placed" | "shipped" | "abandoned";

  @CreateDateColumn({ name: "created_at" })
  createdAt: Date;

  @OneToMany(() => OrderItem, (item) => item.order, { cascade: true })
  items: OrderItem[];
}

@Entity("order_items")
export class OrderItem {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Order, (order) => order.items)
  @JoinColumn({ name: "order_id" })
  order: Order;

  @Column({ type: "text" })
  sku: string;

  @Column({ type: "integer" })
  quantity: number;
}
