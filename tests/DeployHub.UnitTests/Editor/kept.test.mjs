import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept } from "../../../src/DeployHub.Web/editor/kept.js";

/** As a browser's: what is kept are its own properties. */
class Storage {
  getItem(name) { return this[name] ?? null; }
  setItem(name, value) { this[name] = value; }
  removeItem(name) { delete this[name]; }
}

const day = 24 * 3600 * 1000;

test("what one visit kept is offered to the next one", () => {
  const storage = new Storage();
  new Kept(storage, "mia shop v1", () => 5, "one").keep("typed");
  assert.deepEqual(new Kept(storage, "mia shop v1", () => 6, "two").offers("saved", true), [{ visit: "one", text: "typed", at: 5 }]);
  assert.deepEqual(new Kept(storage, "ana shop v1", () => 6, "two").offers("saved", true), [], "others have their own");
});

test("a visit does not replace what another one kept", () => {
  const storage = new Storage();
  new Kept(storage, "x", () => 1, "one").keep("first");
  new Kept(storage, "x", () => 2, "two").keep("second");
  assert.deepEqual(new Kept(storage, "x", () => 3, "three").offers("saved", true).map(({ text }) => text), ["second", "first"]);
});

test("what was saved is kept no longer", () => {
  const storage = new Storage();
  new Kept(storage, "x", () => 1, "one").keep("typed");
  assert.deepEqual(new Kept(storage, "x", () => 2, "two").offers("typed", true), []);
  assert.deepEqual(Object.keys(storage), []);
});

test("a text that was refused goes on being kept", () => {
  const storage = new Storage();
  new Kept(storage, "x", () => 1, "one").keep("typed");
  const again = new Kept(storage, "x", () => 2, "two");
  assert.deepEqual(again.offers("typed", false), []);
  again.keep("typed more");
  assert.deepEqual(new Kept(storage, "x", () => 3, "three").offers("saved", true).map(({ text }) => text), ["typed more"]);
});

test("a text is kept with the one that it was typed over", () => {
  const storage = new Storage();
  new Kept(storage, "x", () => 1, "one").keep("typed", "one", "7");
  assert.deepEqual(new Kept(storage, "x", () => 2, "two").offers("saved", true), [{ visit: "one", text: "typed", at: 1, seen: "7" }]);
});

test("a month and five texts are enough", () => {
  const storage = new Storage();
  for (let number = 0; number < 8; number++) new Kept(storage, "x", () => number, `${number}`).keep(`text ${number}`);
  assert.deepEqual(new Kept(storage, "x", () => 10, "now").offers("saved", true).map(({ text }) => text), ["text 7", "text 6", "text 5", "text 4", "text 3"]);
  assert.deepEqual(new Kept(storage, "x", () => 31 * day, "now").offers("saved", true), []);
});

test("without storage, typing goes on", () => {
  const full = { getItem: () => null, setItem: () => { throw new Error("full"); }, removeItem: () => {} };
  new Kept(full, "x").keep("typed");
  assert.deepEqual(new Kept(null, "x").offers("saved", true), []);
});
