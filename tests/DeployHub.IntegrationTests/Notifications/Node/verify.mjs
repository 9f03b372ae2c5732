// Says of a message on standard input, {secret, headers, body}, whether an independent library takes it for genuine.
import { Webhook } from 'standardwebhooks';
import { readFileSync } from 'node:fs';

const { secret, headers, body } = JSON.parse(readFileSync(0, 'utf8'));
try {
  console.log(JSON.stringify({ genuine: true, type: new Webhook(secret).verify(body, headers).type }));
} catch (error) {
  console.log(JSON.stringify({ genuine: false, why: error.message }));
}
