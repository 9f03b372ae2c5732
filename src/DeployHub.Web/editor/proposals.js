// What may stand at a place of a model document, by its JSON Schema. Nothing here knows of an editor or a browser.

import { outline } from "./outline.js";

/** Stands for what is typed just now; nobody writes it. */
const here = "\uE000";

/**
 * @param schema The JSON Schema of the document.
 * @param text The document as it is, whole or not.
 * @param offset Where somebody types.
 * @param words Names that may stand in ${…} anywhere: [{ name, says }].
 * @returns { from, to, at: "name" | "value" | "reference", options: [{ label, apply, type, detail, info, isRequired }] }, without options where nothing is known.
 */
export function proposals(schema, text, offset, words = []) {
  const none = { from: offset, to: offset, at: "value", options: [] };
  if (isInComment(text, offset)) return none;
  const marked = text.slice(0, offset) + here + text.slice(offset);
  const root = outline(marked);
  const place = find(root, [{ piece: root }]);
  if (!place) return none;

  const name = nameBefore(text, offset);
  if (name && place.at !== "name") return { ...name, at: "reference", options: namesFor(root, place.way, words) };

  const shapes = shapesAt(schema, place.way);
  if (place.at === "name") return { ...within(place, offset), at: "name", options: membersOf(schema, shapes, place) };
  if (place.value.block) return none;
  const asItem = place.inList ? membersOf(schema, shapes.flatMap((shape) => shapesOf(schema, shape)), { piece: { members: [] } }) : [];
  return { ...within(place.value, offset), at: "value", options: [...valuesOf(schema, shapes, place), ...asItem] };
}

/** What the name or value at a place means: { from, to, title, type, says }; null where nothing is known. */
export function meaning(schema, text, offset, words = []) {
  const root = outline(text);
  const name = nameBefore(text, offset, true);
  const way = wayTo(root, offset, [{ piece: root }]);
  if (!way) return null;
  if (name) {
    const known = namesFor(root, way.way, words).find((option) => option.label === text.slice(name.from, name.to));
    return known && { from: name.from, to: name.to, title: known.label, type: "", says: known.info ?? known.detail ?? "" };
  }
  const shapes = shapesAt(schema, way.way);
  const { from, to } = way;
  if (way.at === "name") return shapes.length ? { from, to, title: way.name, type: typeOf(schema, shapes), says: saidOf(shapes) } : null;
  const value = valuesOf(schema, shapes, { way: way.way, value: {} }).find((option) => option.label === way.text);
  return value?.info ? { from, to, title: value.label, type: "", says: value.info } : null;
}

// ── Where it is ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The way from the root to what is typed: [{ piece, name | index }], each step telling which way it goes on. */
function find(piece, way) {
  if (piece.kind === "map")
    for (const member of piece.members) {
      if (member.name.includes(here)) return { at: "name", way, piece, member, from: member.from, to: member.to - 1, typed: member.name.replace(here, "") };
      const found = valueAt(member.value, [...way, { piece: member.value, name: member.name }]);
      if (found) return found;
    }
  for (const [index, item] of (piece.items ?? []).entries()) {
    const found = valueAt(item, [...way, { piece: item, index }], true);
    if (found) return found;
  }
  return null;
}

function valueAt(value, way, inList = false) {
  if (value.kind === "text") return value.text.includes(here) ? { at: "value", way, inList, value: { ...value, to: value.to - 1 } } : null;
  return find(value, way);
}

/** The same for a place where nothing is typed. */
function wayTo(piece, offset, way) {
  for (const member of piece.members ?? []) {
    if (offset >= member.from && offset <= member.to) return { at: "name", way: [...way, { piece: member.value, name: member.name }], name: member.name, from: member.from, to: member.to };
    if (offset >= member.value.from && offset <= member.value.to) return inside(member.value, offset, [...way, { piece: member.value, name: member.name }]);
  }
  for (const [index, item] of (piece.items ?? []).entries()) if (offset >= item.from && offset <= item.to) return inside(item, offset, [...way, { piece: item, index }]);
  return null;
}

function inside(piece, offset, way) {
  return piece.kind === "text" ? { at: "value", way, text: piece.text, from: piece.from, to: piece.to } : wayTo(piece, offset, way);
}

/** The name within ${…} in which the offset stands. */
function nameBefore(text, offset, whole = false) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const open = line.match(/\$\{([^}\s]*)$/);
  if (!open) return null;
  const rest = text.slice(offset).match(/^[A-Za-z0-9_.:-]*/)[0];
  return whole || /^[}\s"',]|^$/.test(text.slice(offset + rest.length)[0] ?? "") ? { from: offset - open[1].length, to: offset + rest.length } : { from: offset - open[1].length, to: offset };
}

function isInComment(text, offset) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^\s*#/.test(line) || /\s#[^"']*$/.test(line);
}

function within({ from, to }, offset) {
  return { from: Math.min(from, offset), to: Math.max(to, offset) };
}

// ── What the schema says of it ─────────────────────────────────────────────────────────────────────────────────────

/** Every part of the schema that speaks about the end of the way. */
function shapesAt(schema, way) {
  let shapes = [schema];
  for (let at = 1; at < way.length; at++) {
    const { name, index } = way[at];
    const around = shapes.flatMap((shape) => shapesOf(schema, shape, way[at - 1].piece));
    shapes = around.flatMap((shape) => (index === undefined ? [shape.properties?.[name] ?? (isSchema(shape.additionalProperties) ? shape.additionalProperties : null)] : [shape.items])).filter(Boolean);
  }
  return shapes;
}

/** A shape with all that it refers to, chooses between, or demands because of what is written. */
function shapesOf(schema, shape, piece) {
  if (!isSchema(shape)) return [];
  const parts = [shape];
  if (shape.$ref) parts.push(...shapesOf(schema, resolve(schema, shape.$ref), piece));
  for (const one of [...(shape.oneOf ?? []), ...(shape.anyOf ?? [])]) if (fits(schema, one, piece)) parts.push(...shapesOf(schema, one, piece));
  for (const one of shape.allOf ?? []) {
    if (!one.if) parts.push(...shapesOf(schema, one, piece));
    else if (holds(one.if, piece)) parts.push(...shapesOf(schema, one.then, piece));
  }
  if (shape.if) for (const branch of branchesOf(shape, piece)) parts.push(...shapesOf(schema, branch, piece));
  return parts;
}

/** Where nothing is written yet, everything may still be. */
const branchesOf = (shape, piece) => (piece?.members?.length ? [holds(shape.if, piece) ? shape.then : shape.else] : [shape.then, shape.else]);

const isSchema = (shape) => typeof shape === "object" && shape !== null;
const resolve = (schema, ref) => ref.replace(/^#\/?/, "").split("/").filter(Boolean).reduce((part, name) => part?.[name], schema);
const kinds = { map: "object", list: "array" };

function fits(schema, shape, piece) {
  const type = shape.type ?? (shape.const !== undefined || shape.enum ? "string" : undefined);
  if (!piece || piece.kind === "nothing" || type === undefined) return true;
  return kinds[piece.kind] ? type === kinds[piece.kind] : type !== "object" && type !== "array";
}

/** Whether what is written meets a condition about one of its members, such as its kind. */
function holds(condition, piece) {
  if (!(condition.required ?? []).every((name) => piece?.members?.some((known) => known.name === name))) return false;
  return Object.entries(condition.properties ?? {}).every(([name, wanted]) => {
    const member = piece?.members?.find((known) => known.name === name);
    return member?.value.kind === "text" && (wanted.const === member.value.text || wanted.enum?.includes(member.value.text) === true);
  });
}

/** The members that are allowed and not there yet, required ones first. */
function membersOf(schema, shapes, { piece, member }) {
  const there = new Set((piece.members ?? []).filter((other) => other !== member).map((other) => other.name));
  const found = new Map();
  for (const shape of shapes.flatMap((shape) => shapesOf(schema, shape, piece)))
    for (const [name, value] of Object.entries(shape.properties ?? {})) {
      if (there.has(name) || value === false) continue;
      const known = found.get(name) ?? { shapes: [], isRequired: false };
      known.shapes.push(value);
      found.set(name, known);
    }
  for (const shape of shapes.flatMap((shape) => shapesOf(schema, shape, piece))) for (const name of shape.required ?? []) if (found.has(name)) found.get(name).isRequired = true;

  return [...found].map(([name, { shapes, isRequired }]) => {
    const inner = shapes.flatMap((shape) => shapesOf(schema, shape));
    const below = !piece.flow && inner.some((shape) => shape.type === "object" || (shape.type === "array" && isSchema(shape.items) && (shape.items.$ref || shape.items.type === "object")));
    return {
      label: name, apply: member?.colon >= 0 ? name : below ? `${name}:` : `${name}: `, type: "property",
      detail: typeOf(schema, shapes), info: saidOf(inner), isRequired,
    };
  }).sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

function valuesOf(schema, shapes, { way, value }) {
  const around = way.at(-2)?.piece;
  const found = new Map();
  for (const shape of shapes.flatMap((shape) => shapesOf(schema, shape, value?.kind ? undefined : around))) {
    const choices = shape.enum ?? (shape.const !== undefined ? [shape.const] : [shape.type].flat().includes("boolean") ? [true, false] : []);
    for (const choice of choices) found.set(String(choice), { label: String(choice), apply: String(choice), type: "enum", info: way.at(-1).name === "uses" ? saidOfKind(schema, choice) : undefined });
  }
  return [...found.values()];
}

/** A step's kind is described where the schema tells its settings. */
function saidOfKind(schema, kind) {
  const chosen = Object.values(schema.$defs ?? {}).flatMap((shape) => shape.allOf ?? []).find((one) => one.if?.properties?.uses?.const === kind);
  return chosen?.then?.properties?.with?.description;
}

const saidOf = (shapes) => shapes.map((shape) => shape.description).filter(Boolean).at(-1);

function typeOf(schema, shapes) {
  const inner = shapes.flatMap((shape) => shapesOf(schema, shape));
  if (inner.some((shape) => shape.enum)) return "one of a list";
  const types = new Set(inner.flatMap((shape) => shape.type ?? []));
  const words = { string: "text", integer: "whole number", number: "number", boolean: "true or false", array: "list", object: "group" };
  return [...types].map((type) => words[type] ?? type).join(" or ");
}

// ── Names in ${…} ──────────────────────────────────────────────────────────────────────────────────────────────────

function namesFor(root, way, words) {
  return [...parametersOf(root), ...outputsBefore(way), ...words.map(({ name, says }) => ({ label: name, apply: name, type: "variable", info: says }))];
}

function parametersOf(root) {
  return (member(root, "parameters")?.members ?? [])
    .filter((parameter) => !parameter.name.includes(here))
    .map((parameter) => ({ label: `parameter.${parameter.name}`, apply: `parameter.${parameter.name}`, type: "variable", detail: textOf(parameter.value, "type"), info: textOf(parameter.value, "description") }));
}

/** What the steps before this one, in the same list, say for those after them. */
function outputsBefore(way) {
  const step = way.findIndex(({ index, piece }) => index !== undefined && member(piece, "uses"));
  if (step < 1) return [];
  return way[step - 1].piece.items.slice(0, way[step].index).flatMap((before) => {
    const key = textOf(before, "key");
    const settings = member(before, "with");
    const said = member(settings, "outputs");
    const names = [...(said?.items ?? []).map((item) => item.text), ...(said?.members ?? []).map((output) => output.name), ...(member(settings, "values")?.items ?? []).map((value) => textOf(value, "name"))];
    return key ? names.filter(Boolean).map((name) => ({ label: `step.${key}.${name}`, apply: `step.${key}.${name}`, type: "variable", info: `Said by “${textOf(before, "name") ?? key}”.` })) : [];
  });
}

const member = (piece, name) => piece?.members?.find((known) => known.name === name)?.value;
const textOf = (piece, name) => member(piece, name)?.text;
