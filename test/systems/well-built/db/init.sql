CREATE DATABASE identity;
CREATE DATABASE bookings;
CREATE DATABASE rooms;
CREATE DATABASE billing;
CREATE DATABASE notifications;
CREATE DATABASE search;
CREATE DATABASE ledger;

\connect identity
CREATE TABLE users (id text PRIMARY KEY, email text UNIQUE NOT NULL, salt bytea NOT NULL, hash bytea NOT NULL);

\connect bookings
CREATE TABLE bookings (id uuid PRIMARY KEY, patient_id text NOT NULL, slot text NOT NULL, state text NOT NULL, version integer NOT NULL);
CREATE TABLE outbox (
  id bigserial PRIMARY KEY, topic text NOT NULL, payload jsonb NOT NULL, headers jsonb NOT NULL DEFAULT '{}',
  attempts integer NOT NULL DEFAULT 0, due_at timestamptz NOT NULL DEFAULT now(), sent_at timestamptz
);
CREATE TABLE compensations_due (
  id bigserial PRIMARY KEY, booking_id uuid NOT NULL, step text NOT NULL, attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(), created_at timestamptz NOT NULL DEFAULT now()
);

\connect rooms
CREATE TABLE slots (slot text PRIMARY KEY, capacity integer NOT NULL, taken integer NOT NULL DEFAULT 0);
CREATE TABLE reservations (booking_id uuid PRIMARY KEY, slot text NOT NULL REFERENCES slots);

\connect billing
CREATE TABLE invoices (id text PRIMARY KEY, patient_id text NOT NULL, amount integer NOT NULL, state text NOT NULL, polled_at timestamptz);
CREATE TABLE saga_log (
  id bigserial PRIMARY KEY, saga_id text NOT NULL, step text NOT NULL, input jsonb NOT NULL, state text NOT NULL DEFAULT 'started',
  attempts integer NOT NULL DEFAULT 0, undo_at timestamptz, UNIQUE (saga_id, step)
);
CREATE TABLE outbox (
  id bigserial PRIMARY KEY, topic text NOT NULL, key text NOT NULL, payload jsonb NOT NULL, headers jsonb NOT NULL DEFAULT '{}',
  attempts integer NOT NULL DEFAULT 0, due_at timestamptz NOT NULL DEFAULT now(), sent_at timestamptz
);

\connect notifications
CREATE TABLE inbox (message_id text PRIMARY KEY);

\connect search
CREATE TABLE doctors (id text PRIMARY KEY, name text NOT NULL, area text NOT NULL, version integer NOT NULL);

\connect ledger
CREATE TABLE entries (
  position bigserial PRIMARY KEY, account text NOT NULL, version integer NOT NULL, event jsonb NOT NULL,
  at timestamp NOT NULL DEFAULT now(), UNIQUE (account, version)
);
CREATE TABLE inbox (message_id text PRIMARY KEY);
