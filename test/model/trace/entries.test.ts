import assert from "node:assert/strict";
import { knowledgeOf, runs } from "../../patterns/detected.ts";

const nest = { "@nestjs/common": "11", "@nestjs/core": "11", "@nestjs/cqrs": "11", "@nestjs/bullmq": "11", "@nestjs/passport": "11", "passport-jwt": "4" };

/** What a framework calls, by kind. */
async function entriesIn(code: string): Promise<readonly string[]> {
  const knowledge = await knowledgeOf({ "shop/package.json": runs(nest), "shop/index.ts": code });
  return knowledge.program.entries.map(({ kind, title }) => `${kind} ${title}`).sort();
}

describe("what NestJS calls without a route", () => {
  const classes: Readonly<Record<string, readonly [code: string, entries: readonly string[]]>> = {
    "a guard": ['import { CanActivate } from "@nestjs/common";\nexport class Signed implements CanActivate { async canActivate() { return true; } private helper() {} }\n', ["request Signed.canActivate"]],
    "an interceptor": ['import type { NestInterceptor } from "@nestjs/common";\nexport class Timed implements NestInterceptor { intercept() {} }\n', ["request Timed.intercept"]],
    "the handler of a command": ['import { CommandHandler } from "@nestjs/cqrs";\n@CommandHandler(class Place {})\nexport class OnPlace { async execute() {} }\n', ["request OnPlace.execute"]],
    "the handler of an event": ['import { EventsHandler } from "@nestjs/cqrs";\n@EventsHandler(class Placed {})\nexport class OnPlaced { handle() {} }\n', ["message OnPlaced.handle"]],
    "a strategy of Passport": ['import { PassportStrategy } from "@nestjs/passport";\nimport { Strategy } from "passport-jwt";\nexport class Jwt extends PassportStrategy(Strategy) { validate() {} }\n', ["request Jwt.validate"]],
    "a worker": ['import { WorkerHost } from "@nestjs/bullmq";\nexport class Mails extends WorkerHost { async process() {} }\n', ["message Mails.process"]],
  };
  for (const [what, [code, entries]] of Object.entries(classes)) it(`is ${what}`, async () => assert.deepEqual(await entriesIn(code), entries));

  it("is no class that has such a method by chance", async () => {
    assert.deepEqual(await entriesIn("export class Door { canActivate() {} execute() {} process() {} }\n"), []);
  });
});
