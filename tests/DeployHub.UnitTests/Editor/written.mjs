// A document with a cursor in it, for the tests beside this file.

import { readFileSync } from "node:fs";
import { proposals } from "../../../src/DeployHub.Web/editor/proposals.js";

export const schema = JSON.parse(readFileSync(new URL("../../../docs/schemas/model-v1.json", import.meta.url), "utf8"));
export const words = [{ name: "target.name", says: "The target’s name." }, { name: "secret:", says: "A secret." }];

export const model = `model: shop # the slug
parameters:
  size: { type: Integer, default: 2, mutability: Bounded, description: How many at a time. }
  soak:
    type: Duration
    description: How long.
stages:
  verifyComponents:
    - name: Compare
      uses: check-artefacts
  execute:
    phases: all-at-once
    steps:
      - name: Look
        key: plan
        uses: ssh
        with:
          command: |
            # a shell's comment: no name here
            ./plan.sh
          outputs: [changes, other]
      - name: Bring
        uses: upload
        with: { to: in/package.tar.gz }
        timeout: 5m
rollback: { method: RedeployPrevious }
`;

/** What is proposed where █ stands. */
export function at(text) {
  const offset = text.indexOf("█");
  const whole = text.replace("█", "");
  const found = proposals(schema, whole, offset, words);
  return { ...found, replaces: whole.slice(found.from, found.to), labels: found.options.map((option) => option.label), option: (label) => found.options.find((option) => option.label === label) };
}

/** The model with one piece written otherwise. */
export function withText(was, now) {
  if (!model.includes(was)) throw new Error(`There is no ${was}`);
  return model.replace(was, now);
}
