// Answers of people, written down on the device until the network lets them through. A checklist writes them down and shows them; what it
// could not send before it was left goes from the next page that is opened, whichever that is.

const name = "deployhub-tasks";
let opened;
const open = () => (opened ??= new Promise((resolve, reject) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("answers", { keyPath: "id", autoIncrement: true });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
}));

async function store(mode, use) {
  const transaction = (await open()).transaction("answers", mode);
  const request = use(transaction.objectStore("answers"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const all = () => store("readonly", (answers) => answers.getAll());
export const keep = (answer) => store("readwrite", (answers) => answers.put(answer));
export const forget = (id) => store("readwrite", (answers) => answers.delete(id));
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const waitingOf = async (person) => (await all()).filter((answer) => answer.person === person && !answer.refused);

/**
 * Sends what this person has waiting here, one tab at a time.
 * @param token Answers the antiforgery token, or null when nothing gets through.
 * @returns Whether anything was tried, whether anything still waits, whether the network or the server stood in the way, and whose checklists refused something.
 */
export const sendAll = (person, token) => (navigator.locks ? navigator.locks.request(name, () => sendNow(person, token)) : sendNow(person, token));

async function sendNow(person, token) {
  const mine = await waitingOf(person);
  const known = mine.length > 0 ? await token() : null;
  let inTheWay = false;
  for (const answer of mine) if (known && !inTheWay) inTheWay = !(await sendOne(answer, known));
  const left = await all();
  return {
    tried: known !== null, inTheWay, waits: left.some((answer) => answer.person === person && !answer.refused),
    refusedBy: left.filter((answer) => answer.refused && mine.some((sent) => sent.id === answer.id)).map((answer) => answer.address),
  };
}

/** False when nothing gets through: the rest waits, too. */
async function sendOne(answer, token) {
  try {
    const files = await Promise.all(answer.files.map(async (file) => ({ name: file.name, content: await base64(file) })));
    const reply = await fetch(answer.address, {
      method: "POST", headers: { "Content-Type": "application/json", "Idempotency-Key": answer.key, "X-Antiforgery": token }, body: JSON.stringify({ ...answer.body, files }),
    });
    if (reply.ok) await forget(answer.id);
    else await refused(answer, reply.status, await reply.json().catch(() => ({})));
    return reply.status < 500 && reply.status !== 429;
  } catch {
    return false;
  }
}

/** What comes right by itself waits on; a plain no is kept with its reason until somebody has read it. */
async function refused(answer, status, { code, title, errors }) {
  if (status >= 500 || status === 429 || status === 401 || code === "idempotency-key.still-running" || code === "access.antiforgery") return;
  const later = code === "run.manual-step-not-yet" || code === "changed-meanwhile";
  const reason = Object.values(errors ?? {}).flat()[0] ?? title ?? `The server answered ${status}.`;
  await keep(later ? { ...answer, key: newKey() } : { ...answer, refused: reason }); // nothing was done, so another key does it once
}

const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});
