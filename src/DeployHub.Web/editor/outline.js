// Reads YAML as far as it goes: what is being typed is never whole, and everything around it should still be understood.
//
// Every piece has a place: { kind: "map", members: [{ name, from, to, colon, value }] }, { kind: "list", items: [piece] },
// { kind: "text", text, block } and { kind: "nothing" }, each with from and to.

const blank = /^\s*(#.*)?$/;
const nothing = (at) => ({ kind: "nothing", from: at, to: at });

/** The whole document. */
export function outline(text) {
  return new Reader(text).block(0);
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0; // of lines
    this.lines = [];
    let from = 0;
    for (const raw of text.split("\n")) {
      const line = raw.replace(/\r$/, "");
      const indent = line.length - line.trimStart().length;
      if (!/^(---|\.\.\.)\s*$/.test(line)) this.lines.push({ indent, from: from + indent, content: line.slice(indent), end: from + line.length, isBlank: blank.test(line) });
      from += raw.length + 1;
    }
  }

  /** The next line that says something. */
  get line() {
    while (this.lines[this.at]?.isBlank) this.at++;
    return this.lines[this.at];
  }

  /** What is indented at least so far from here on. */
  block(least) {
    const line = this.line;
    if (!line || line.indent < least) return nothing(line?.from ?? this.text.length);
    if (isItem(line.content)) return this.list(line.indent);
    return keyOf(line.content) || least === 0 || !isValue(line.content) ? this.map(line.indent) : this.alone(line);
  }

  map(indent) {
    const map = { kind: "map", members: [], from: this.line.from, to: this.line.from };
    for (let line = this.line; line && line.indent >= indent; line = this.line) {
      if (isItem(line.content) || (line.indent > indent && !keyOf(line.content))) this.at++; // belongs nowhere yet
      else map.members.push(this.member(line, indent));
      map.to = this.lines[this.at - 1].end;
    }
    return map;
  }

  member(line, indent) {
    const key = keyOf(line.content);
    if (!key) { // a name without its colon, as it is typed
      this.at++;
      const name = line.content.replace(/\s+#.*$/, "").trimEnd();
      return { name, from: line.from, to: line.from + name.length, colon: -1, value: nothing(line.end) };
    }
    const colon = line.from + key.length;
    return { name: unquoted(key.name), from: line.from, to: line.from + key.name.length, colon, value: this.value(line, colon, indent) };
  }

  list(indent) {
    const list = { kind: "list", items: [], from: this.line.from, to: this.line.from };
    for (let line = this.line; line && line.indent >= indent; line = this.line) {
      if (line.indent > indent) this.at++;
      else if (!isItem(line.content)) break;
      else list.items.push(this.item(line, indent));
      list.to = this.lines[this.at - 1].end;
    }
    return list;
  }

  item(line, indent) {
    const gap = line.content.slice(1).match(/^\s*/)[0].length + 1;
    const content = line.content.slice(gap);
    if (blank.test(content)) {
      this.at++;
      return this.line?.indent > indent ? this.block(indent + 1) : nothing(line.from + 1);
    }
    if (!keyOf(content) && !isItem(content)) return this.value(line, line.from + gap, indent);
    this.lines[this.at] = { ...line, indent: indent + gap, from: line.from + gap, content }; // as if the dash were a blank
    return this.block(indent + gap);
  }

  /** What stands behind a colon or dash, or below it. */
  value(line, from, indent) {
    const rest = this.text.slice(from, line.end);
    const start = from + rest.match(/^\s*/)[0].length;
    const content = this.text.slice(start, line.end);
    this.at++;
    if (blank.test(content)) {
      const next = this.line;
      if (next && (next.indent > indent || (next.indent === indent && isItem(next.content) && this.text[from - 1] === ":"))) return this.block(next.indent);
      return { ...nothing(Math.min(from + 1, line.end)), after: from };
    }
    if (/^[|>]/.test(content)) return this.blockText(start, line, indent);
    if (/^[[{]/.test(content)) return this.brackets(start, indent);
    return this.scalar(start, line, indent);
  }

  /** A text as a block of lines. */
  blockText(start, line, indent) {
    let to = line.end;
    while (this.at < this.lines.length && (this.lines[this.at].indent > indent || this.text.slice(this.lines[this.at].from, this.lines[this.at].end) === "")) to = this.lines[this.at++].end;
    return { kind: "text", text: this.text.slice(start, to), block: true, from: start, to };
  }

  scalar(start, line, indent) {
    let to = start + scalarLength(this.text.slice(start, line.end));
    const isQuoted = /^["']/.test(this.text.slice(start, line.end));
    const goesOn = (below) => below?.indent > indent && (isQuoted || !keyOf(below.content)); // a name among the lines below is indented too far
    while (goesOn(this.line)) to = this.lines[this.at++].end;
    return { kind: "text", text: unquoted(this.text.slice(start, to)), from: start, to };
  }

  /** A line that is neither a member nor an item. */
  alone(line) {
    this.at++;
    return /^[[{]/.test(line.content) ? this.brackets(line.from, line.indent - 1) : { kind: "text", text: unquoted(line.content), from: line.from, to: line.end };
  }

  brackets(start, indent) {
    const flow = new Brackets(this.text, start, indent);
    const piece = flow.piece();
    while (this.at < this.lines.length && this.lines[this.at].from < flow.at) this.at++;
    return piece;
  }
}

/** What stands within brackets, over several lines if need be; brackets that nobody closed end where the block around them goes on. */
class Brackets {
  constructor(text, at, indent) {
    Object.assign(this, { text, at, indent });
  }

  get rest() { return this.text[this.at]; }

  /** Whether there is more before the bracket. */
  more(close) {
    for (;;) {
      if (this.rest === undefined || this.rest === close) return false;
      if (this.rest === "\n") {
        const line = this.text.slice(this.at + 1).match(/^( *)(.*)/);
        if (line[2] !== "" && line[1].length <= this.indent) return false;
      } else if (this.rest === "#" && /\s/.test(this.text[this.at - 1])) {
        this.at = endOfLine(this.text, this.at);
        continue;
      } else if (!/[\s,]/.test(this.rest)) return true;
      this.at++;
    }
  }

  piece() {
    const from = this.at;
    if (this.rest !== "{" && this.rest !== "[") return this.scalar();
    const piece = this.rest === "{" ? { kind: "map", members: [], flow: true, from } : { kind: "list", items: [], flow: true, from };
    const close = this.rest === "{" ? "}" : "]";
    this.at++;
    while (this.more(close)) {
      const before = this.at;
      if (piece.members) piece.members.push(this.member());
      else piece.items.push(this.piece());
      if (this.at === before) this.at++; // a bracket of the other kind
    }
    if (this.rest === close) this.at++;
    piece.to = this.at;
    return piece;
  }

  member() {
    const key = this.scalar();
    const gap = this.text.slice(this.at).match(/^[ \t]*/)[0].length;
    if (this.text[this.at + gap] !== ":") return { name: key.text, from: key.from, to: key.to, colon: -1, value: nothing(key.to) };
    this.at += gap + 1;
    const colon = this.at;
    const space = this.text.slice(this.at).match(/^[ \t]*/)[0].length;
    if (/[,}\n]|^$/.test(this.text[this.at + space] ?? "")) return { name: key.text, from: key.from, to: key.to, colon, value: { ...nothing(this.at + Math.min(space, 1)), after: colon } };
    this.at += space;
    return { name: key.text, from: key.from, to: key.to, colon, value: this.piece() };
  }

  scalar() {
    const from = this.at;
    const quote = this.rest === '"' ? /^"(?:[^"\\\n]|\\.)*"?/ : this.rest === "'" ? /^'(?:[^'\n]|'')*'?/ : /^(?:\$\{[^}\n,]*\}?|:(?![\s,}\]]|$)|[^,[\]{}:#\n]|(?<!\s)#)*/;
    const found = this.text.slice(from).match(quote)[0].trimEnd();
    this.at += found.length;
    return { kind: "text", text: unquoted(found), from, to: this.at };
  }
}

const isItem = (content) => /^-(\s|$)/.test(content);
const isValue = (content) => /^["'[{]/.test(content);
const endOfLine = (text, at) => (text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at));

/** The name at the beginning of a line, with the length up to and with its colon. */
function keyOf(content) {
  const found = content.match(/^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[{][^#:]*?(?::(?!\s|$)[^#:]*?)*)\s*:(?=\s|$)/);
  return found && { name: found[1], length: found[0].length };
}

function scalarLength(text) {
  const quoted = text.match(/^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/);
  return quoted ? quoted[0].length : text.replace(/\s+#.*$/, "").trimEnd().length;
}

function unquoted(text) {
  if (/^".*"$/s.test(text)) return text.slice(1, -1).replace(/\\(["\\/])/g, "$1");
  return /^'.*'$/s.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}
