// What somebody typed and did not save stays in this browser, for a month: each visit of the page keeps its own text, so that no
// visit replaces what another one kept.

const lasting = 30 * 24 * 3600 * 1000;
const most = 5;

export class Kept {
  /**
   * @param storage As a browser's localStorage.
   * @param key Names person and document.
   */
  constructor(storage, key, now = () => Date.now(), visit = `${now()}`) {
    Object.assign(this, { storage, prefix: `text of ${key} `, now, visit });
  }

  /**
   * Of this visit. Without a text nothing is kept any more.
   * @param seen Which saved text it was typed over.
   */
  keep(text, visit = this.visit, seen = undefined) {
    try {
      if (text === null) this.storage.removeItem(this.prefix + visit);
      else this.storage.setItem(this.prefix + visit, JSON.stringify({ text, at: this.now(), seen }));
    } catch { /* no storage, or it is full: typing goes on */ }
  }

  /** Those of earlier visits, newest first: [{ visit, text, at, seen }]. Old ones go. */
  others() {
    const found = this.all().filter(({ visit }) => visit !== this.visit).sort((one, other) => other.at - one.at);
    const isOld = ({ at }, place) => at < this.now() - lasting || place >= most;
    for (const old of found.filter(isOld)) this.keep(null, old.visit);
    return found.filter((one, place) => !isOld(one, place));
  }

  all() {
    try {
      return Object.keys(this.storage).filter((name) => name.startsWith(this.prefix))
        .map((name) => ({ visit: name.slice(this.prefix.length), ...JSON.parse(this.storage.getItem(name)) }));
    } catch {
      return [];
    }
  }

  /**
   * What there is to offer to somebody who sees a text: nothing that says the same. If that text is saved, nobody needs the copy; if it is not,
   * this visit goes on with it.
   */
  offers(text, isSaved) {
    for (const same of this.others().filter((other) => other.text === text)) {
      if (isSaved) this.keep(null, same.visit);
      else this.visit = same.visit;
    }
    return this.others().filter((other) => other.text !== text);
  }
}
