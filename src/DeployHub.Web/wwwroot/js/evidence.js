// What shows that a manual step was done: photos from the camera gather among the files, codes are read where the browser can.

document.addEventListener("change", async (event) => {
  const { photo } = event.target.dataset ?? {};
  if (photo) return addPhotos(event.target, document.getElementById(photo));
  const scan = event.target.closest?.("[data-scan]");
  if (scan) await readCode(event.target, document.getElementById(scan.dataset.scan));
});

/** A camera gives one photo at a time: they gather in the field for files, where they can be seen. */
function addPhotos(camera, field) {
  const gathered = new DataTransfer();
  for (const file of [...field.files, ...camera.files]) gathered.items.add(file);
  field.files = gathered.files;
  camera.value = "";
}

async function readCode(camera, field) {
  const codes = await new BarcodeDetector().detect(await createImageBitmap(camera.files[0])).catch(() => []);
  camera.value = "";
  const read = codes.map((code) => code.rawValue);
  if (read.length) field.value = field.matches("textarea") ? [field.value.trim(), ...read].filter(Boolean).join("\n") : read[0];
  const problem = field.form.querySelector(".field-problem");
  problem.textContent = codes.length ? "" : "No code was found in this photo. Try again, closer, or type it.";
  problem.hidden = codes.length > 0;
  field.focus();
}

document.addEventListener("keydown", (event) => { // a scanner is a keyboard that presses Enter behind what it read
  if (event.key !== "Enter" || !event.target.matches?.("input[data-value]")) return;
  event.preventDefault();
  const fields = [...event.target.form.querySelectorAll("[data-value], textarea")];
  fields[fields.indexOf(event.target) + 1]?.focus();
});

function offerScan() {
  if ("BarcodeDetector" in window) for (const scan of document.querySelectorAll("[data-scan]")) scan.hidden = false;
}

document.addEventListener("htmx:afterSettle", offerScan);
offerScan();
