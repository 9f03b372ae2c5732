import assert from "node:assert/strict";
import { test } from "node:test";
import { at, withText } from "./written.mjs";

test("an empty document is begun with what is required", () => {
  const found = at("█");
  assert.deepEqual(found.labels.slice(0, 6), ["model", "name", "purpose", "approach", "stages", "rollback"]);
  assert.equal(found.option("name").apply, "name: ");
  assert.equal(found.option("stages").apply, "stages:");
  assert.ok(found.option("approach").info);
  assert.ok(found.option("model").isRequired && !found.option("parameters").isRequired);
});

test("only names that are not there yet are proposed", () => {
  const found = at(withText("        timeout: 5m\n", "        ti█\n"));
  assert.ok(found.labels.includes("timeout") && found.labels.includes("retries"));
  assert.ok(!found.labels.includes("name") && !found.labels.includes("with"));
  assert.equal(found.replaces, "ti");
});

test("a name that has its value already keeps its colon", () => {
  const found = at(withText("timeout: 5m", "time█: 5m"));
  assert.equal(found.option("timeout").apply, "timeout");
});

test("a kind of step decides what it is told", () => {
  assert.deepEqual(at(withText("{ to: in/package.tar.gz }", "{ █ }")).labels, ["to", "artefact"]);
  assert.deepEqual(at(withText("{ to: in/package.tar.gz }", "{ to: x, a█ }")).labels, ["artefact"]);
  assert.deepEqual(at(withText("with: { to: in/package.tar.gz }", "with:\n          █")).labels, ["to", "artefact"]);
  assert.deepEqual(at(withText("with: { to: in/package.tar.gz }", "with:\n          to: x\n          █")).labels, ["artefact"]);
  assert.ok(at(withText("outputs: [changes, other]", "det█")).labels.includes("detached"));
});

test("kinds of steps are proposed with what they do", () => {
  const found = at(withText("uses: upload", "uses: up█"));
  assert.ok(found.labels.includes("upload") && found.labels.includes("check-http"));
  assert.match(found.option("upload").info, /Puts an artefact/);
  assert.equal(found.replaces, "up");
});

test("a probe is told like a step", () => {
  assert.ok(at(withText("        timeout: 5m\n", "        probe:\n          uses: check-http\n          with:\n            u█\n")).labels.includes("url"));
});

test("choices and truth values", () => {
  assert.ok(at("approach: █").labels.includes("Canary"));
  assert.ok(at("model: x\napproach: Can█\nname: y\n").labels.includes("Canary"));
  assert.deepEqual(at(withText("outputs: [changes, other]", "detached: █")).labels, ["true", "false"]);
  assert.ok(at(withText("{ method: RedeployPrevious }", "{ method: █ }")).labels.includes("SwitchBack"));
  assert.ok(at("appliesTo:\n  kinds: [Software, █]\n").labels.includes("Data"));
  assert.ok(at("appliesTo:\n  kinds:\n    - █\n").labels.includes("Data"));
});

test("phases are one of three things", () => {
  assert.deepEqual(at(withText("phases: all-at-once", "phases: █")).labels, ["all-at-once"]);
  assert.deepEqual(at(withText("phases: all-at-once", "phases: { █ }")).labels, ["batches"]);
  assert.ok(at(withText("phases: all-at-once", "phases:\n      - na█")).labels.includes("name"));
  assert.ok(at(withText("phases: all-at-once", "phases:\n      - name: Pilot\n        █")).labels.includes("traffic"));
});

test("a new item is begun with its names", () => {
  const found = at(withText("      - name: Bring\n        uses: upload\n        with: { to: in/package.tar.gz }\n        timeout: 5m\n", "      - █\n"));
  assert.deepEqual(found.labels.slice(0, 3).sort(), ["name", "use", "uses"]); // a step of its own, or a block
});

test("names in ${…}: parameters, outputs of steps before, and what is always there", () => {
  const found = at(withText("{ to: in/package.tar.gz }", '{ to: "in/${pa█}" }'));
  assert.equal(found.at, "reference");
  assert.equal(found.replaces, "pa");
  assert.deepEqual(found.labels, ["parameter.size", "parameter.soak", "step.plan.changes", "step.plan.other", "target.name", "secret:"]);
  assert.equal(found.option("parameter.size").info, "How many at a time.");
  assert.match(found.option("step.plan.changes").info, /Look/);
});

test("a step does not see its own outputs, nor those of another list", () => {
  assert.ok(!at(withText("./plan.sh", "./plan.sh ${█}")).labels.some((label) => label.startsWith("step.")));
  assert.ok(!at(withText("uses: check-artefacts", "uses: check-artefacts\n      when: ${█}")).labels.some((label) => label.startsWith("step.")));
});

test("outputs of people and of answers are known, too", () => {
  const people = withText("          command: |\n            # a shell's comment: no name here\n            ./plan.sh\n          outputs: [changes, other]\n", "          values: [{ name: serial }, { name: rack }]\n");
  assert.ok(at(people.replace("in/package.tar.gz", '"${█}"')).labels.includes("step.plan.rack"));
  const answers = withText("outputs: [changes, other]", "outputs: { id: /order/id }");
  assert.ok(at(answers.replace("in/package.tar.gz", '"${█}"')).labels.includes("step.plan.id"));
});

test("nothing is proposed in comments and free texts", () => {
  assert.deepEqual(at(withText("# the slug", "# the na█")).labels, []);
  assert.deepEqual(at(withText("./plan.sh", "./pl█an.sh")).labels, []);
  assert.deepEqual(at("name: Sho█").labels, []);
});

test("brackets that nobody closed do not swallow what follows", () => {
  assert.ok(at(withText("with: { to: in/package.tar.gz }", "with: { █")).labels.includes("to"));
  assert.ok(at(withText("with: { to: in/package.tar.gz }", "with: { to: x").replace("timeout: 5m", "retr█")).labels.includes("retries"));
});

test("Windows line ends and a missing last one change nothing", () => {
  assert.ok(at(withText("timeout: 5m\n", "ti█\n").replaceAll("\n", "\r\n")).labels.includes("timeout"));
  assert.ok(at("model: x\napp█").labels.includes("approach"));
});

test("no text makes it fail", () => {
  const whole = withText("timeout: 5m", "timeout: 5m # x\n        when: \"${parameter.size} > 1\"");
  for (let offset = 0; offset <= whole.length; offset++) {
    at(`${whole.slice(0, offset)}█${whole.slice(offset)}`);
    at(`${whole.slice(0, offset)}█`);
    at(`${whole.slice(0, offset)}[{"'█${whole.slice(offset)}`);
  }
});

test("below a name that is indented too far, what may stand there is proposed all the same", () => {
  assert.ok(at("stages:\n  execute:\n    phases: all-at-once\n        steps:\n      - na█\n").labels.includes("name"));
  assert.ok(at("model: x\n    name: y\npur█").labels.includes("purpose"));
});
