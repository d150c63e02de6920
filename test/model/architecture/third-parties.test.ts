import assert from "node:assert/strict";
import { sdkName } from "../../../src/model/architecture/engines.data.ts";
import { thirdPartyName } from "../../../src/model/architecture/infrastructure.ts";

describe("third parties", () => {
  it("are called by what people call them, by host and by SDK", () => {
    assert.deepEqual(["api.stripe.com", "api.example.co.uk", "hooks.slack.com", "s3.eu-west-1.amazonaws.com"].map(thirdPartyName), ["stripe", "example", "slack", "aws"]);
    assert.deepEqual(["rates.example.co.uk", "www.example.org"].map(thirdPartyName), ["rates.example.co.uk", "www.example.org"]);
    assert.deepEqual(["stripe", "@sendgrid/mail", "@aws-sdk/client-s3", "nodemailer", "twilio"].map((library) => sdkName(library)), ["stripe", "sendgrid", "s3", "smtp", "twilio"]);
    assert.deepEqual(["S3", "SecretsManager"].map((maker) => sdkName("aws-sdk", maker)), ["s3", "secrets-manager"]);
  });
});
