CREATE DATABASE orders;
CREATE DATABASE payments;
CREATE DATABASE inventory;
CREATE DATABASE catalog;

\connect orders
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer_id text NOT NULL,
  payment_id text NOT NULL,
  total integer NOT NULL,
  status text NOT NULL DEFAULT 'placed',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE order_items (
  id serial PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES orders (id),
  sku text NOT NULL,
  quantity integer NOT NULL
);

\connect payments
CREATE TABLE payments (
  id text PRIMARY KEY,
  order_id text NOT NULL,
  amount integer NOT NULL,
  status text NOT NULL DEFAULT 'captured',
  provider_id text NOT NULL,
  created_at timestamp NOT NULL DEFAULT now()
);

\connect inventory
CREATE TABLE stock (sku text PRIMARY KEY, available integer NOT NULL CHECK (available >= 0));
CREATE TABLE reservations (order_id text NOT NULL, sku text NOT NULL, quantity integer NOT NULL);
INSERT INTO stock VALUES ('tea-100', 40), ('cup-blue', 12), ('pot-iron', 1);

\connect catalog
CREATE TABLE products (
  sku text PRIMARY KEY,
  name text NOT NULL,
  price integer NOT NULL,
  available boolean NOT NULL DEFAULT true,
  featured boolean NOT NULL DEFAULT false
);
INSERT INTO products VALUES
  ('tea-100', 'Green tea, 100 g', 890, true, true),
  ('cup-blue', 'Blue cup', 1450, true, true),
  ('pot-iron', 'Iron teapot', 5900, true, false);
