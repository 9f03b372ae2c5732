// A mail server that prints what it takes, one JSON text a line. It takes nothing for mailboxes that begin with "refused".
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo({ address }, session, callback) {
    if (address.startsWith('refused')) return callback(Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }));
    callback();
  },
  onData(stream, session, callback) {
    let raw = '';
    stream.setEncoding('utf8');
    stream.on('data', part => { raw += part; });
    stream.on('end', () => {
      console.log(JSON.stringify({ to: session.envelope.rcptTo.map(to => to.address), from: session.envelope.mailFrom.address, raw }));
      callback();
    });
  },
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log(JSON.stringify({ ready: true })));
