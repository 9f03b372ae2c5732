import assert from "node:assert/strict";
import { test } from "node:test";
import { meaning } from "../../../src/DeployHub.Web/editor/proposals.js";
import { model, schema, words } from "./written.mjs";

const of = (text, within = model) => meaning(schema, within, within.indexOf(text) + 1, words);

test("a name is described, with what it is", () => {
  assert.deepEqual({ ...of("timeout: 5m"), from: 0, to: 0 }, { from: 0, to: 0, title: "timeout", type: "text", says: "Such as 90s, 15m, 2h or 1d; 15m unless told." });
  assert.equal(of("phases:").title, "phases");
  assert.match(of("to: in/").says, /Path below/);
});

test("a kind is described where it is used", () => assert.match(of("upload").says, /Puts an artefact/));

test("names in ${…} are described", () => {
  const used = model.replace("in/package.tar.gz", '"${parameter.size}/${target.name}"');
  assert.equal(of("parameter.size", used).says, "How many at a time.");
  assert.equal(of("target.name", used).says, "The target’s name.");
});

test("free texts, comments and what is unknown mean nothing here", () => {
  for (const text of ["./plan.sh", "the slug", "shop"]) assert.equal(of(text), null);
  assert.equal(of("odd", `${model}odd: 1\n`), null);
});
