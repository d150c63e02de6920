import assert from "node:assert/strict";
import { readDeclared } from "../../../src/model/declared/index.ts";

/** `container orders; container db in shop` and `orders > db`; or the message with the text that it points at. */
function told(path: string, text: string): string {
  const read = readDeclared(path, text);
  if (!read.ok) return `${read.message} [${text.slice(read.at, read.end)}]`;
  const { elements, relations } = read.declared;
  return [
    ...elements.map(({ kind, name, parent, meant }) => `${kind} ${name}${parent === undefined ? "" : ` in ${parent}`}${meant === undefined ? "" : ` = ${meant}`}`),
    ...relations.map(({ from, to }) => `${from} > ${to}`),
  ].join("; ");
}

const dsl = (text: string): string => told("a.dsl", text);
const c4 = (text: string): string => told("a.c4", text);

describe("Structurizr DSL, read", () => {
  it("gives elements, what holds them, and relationships, and passes over views, styles and comments", () => {
    assert.equal(
      dsl(`// comment
workspace "Shop" {
  !identifiers flat
  model {
    /* person "nobody" */
    user = person "User"
    shop = softwareSystem "Shop" "Sells \\"things\\"" {
      # another
      group "backend" {
        orders = container "Orders" "" "TypeScript" "service" {
          properties {
            "faultline.id" "service:orders"
          }
          -> user "mails"
        }
        db = Container "DB"
      }
      orders -> db "reads" {
        tags "slow"
      }
    }
    user -> orders
  }
  views {
    container shop { 
      include *
    }
    styles {
      element "Person" {
        shape person
      }
    }
  }
}
`),
      "person User; softwaresystem Shop; container Orders in shop = service:orders; container DB in shop; orders > user; orders > db; user > orders",
    );
  });

  it("knows hierarchical identifiers, archetypes and lines that go on", () => {
    assert.equal(
      dsl(`workspace {
  !identifiers hierarchical
  model {
    archetypes {
      app = container {
        technology "Node"
      }
      https = -> {
      }
    }
    shop = softwareSystem "Shop" {
      api = app "The \\
        API"
      db = container "DB"
      api --https-> db
    }
    other = softwareSystem "Other"
    other -> shop.api "calls"
  }
}`),
      "softwaresystem Shop; container The API in shop; container DB in shop; softwaresystem Other; shop.api > shop.db; other > shop.api",
    );
  });

  for (const [title, text, message] of [
    ["a quote that is never closed", `workspace {\n model {\n a = person "Al\n }\n}`, 'This quote is never closed. ["]'],
    ["a brace that is never closed", `workspace {\n model {\n`, "This brace is never closed. [{]"],
    ["a brace too many", `workspace {\n model {\n }\n}\n}`, "This brace closes nothing. [}]"],
    ["an end that is declared nowhere", `workspace {\n model {\n a = person "A"\n a -> b\n }\n}`, "`b` is used here and declared nowhere above. [b]"],
    ["a name that is missing", `workspace {\n model {\n a = container\n }\n}`, "A container needs a name. [container]"],
    ["two of one name", `workspace {\n model {\n a = person "A"\n a = person "B"\n }\n}`, "`a` is declared twice. [a]"],
    ["no model", `workspace {\n}`, "There is no `model { … }` in this file. [w]"],
    ["nothing", "", "There is no `model { … }` in this file. []"],
  ] as const)
    it(`is refused with one message at its place: ${title}`, () => assert.equal(dsl(text), message));
});

describe("LikeC4, read", () => {
  it("gives elements, nested ones too, and relations of every form", () => {
    assert.equal(
      c4(`// comment
specification {
  element service
  element system { style { shape rectangle } }
  relationship async
}
model {
  actor user 'The user'
  shop = system "Shop" {
    description '''
      { not a brace
    '''
    orders = service 'Orders' 'takes orders' {
      #main
      technology "TypeScript"
      metadata { faultline_id 'service:orders' }
      link https://example.org/{x}
      -> db 'reads'
    }
    service db "DB" { style { shape cylinder } }
    orders -[async]-> db 'writes' { technology 'sql' }
  }
  user -> shop.orders 'uses' #tag
  extend shop {
    service mail
    mail -> orders
  }
}
views {
  view index { include * -> * }
}`),
      "actor The user; system Shop; service Orders in shop = service:orders; service DB in shop; service mail in shop; shop.orders > shop.db; shop.orders > shop.db; user > shop.orders; shop.mail > shop.orders",
    );
  });

  for (const [title, text, message] of [
    ["a quote that is never closed", `model {\n a = service 'x\n}`, "This quote is never closed. [']"],
    ["a brace that is never closed", `model {\n a = service 'x' {\n`, "This brace is never closed. [{]"],
    ["an end that is declared nowhere", `model {\n a = service\n a -> b\n}`, "`b` is used here and declared nowhere in this file. [b]"],
    ["an arrow to nowhere", `model {\n a = service\n a -> }`, "This arrow leads nowhere. [->]"],
    ["no model", `views { }`, "There is no `model { … }` in this file. [v]"],
  ] as const)
    it(`is refused with one message at its place: ${title}`, () => assert.equal(c4(text), message));
});

describe("saved JSON, read", () => {
  it("may be the map or the model", () => {
    assert.equal(told("a.json", `{ "nodes": [{ "id": "service:a", "name": "a", "kind": "service" }, { "id": "store:b", "name": "b", "kind": "store" }], "edges": [{ "from": "service:a", "to": "store:b" }] }`), "service a = service:a; store b = store:b; service:a > store:b");
    assert.equal(told("a.json", `{ "services": [{ "name": "a" }], "stores": [{ "name": "a" }], "edges": [{ "from": "a", "to": "a", "kind": "db" }] }`), "service a; store a; service:a > store:a");
  });

  it("is refused with one message at its place", () => {
    assert.match(told("a.json", `{ "nodes": [ }`), /^This file is not valid JSON from here on\./);
    assert.equal(told("a.json", `{ "nodes": [{ "id": "x" }] }`), '`name` is missing here, or is no text. ["x"]');
    assert.equal(told("a.json", `{ "nodes": [], "edges": [{ "from": "a", "to": "b" }] }`), '`a` is used here and declared nowhere. ["a"]');
    assert.match(told("a.json", "[]"), /there are neither `nodes` nor `services`/);
  });

  it("is refused where the ending is none that is known", () => assert.match(told("a.txt", "x"), /^A declared model ends in `\.dsl`/));
});
