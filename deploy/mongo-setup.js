// Run by mongosh on every start of compose.yaml: starts the replica set and gives surveyd a user that can read and write
// its own database and nothing else. What is there already stays; the password is set to the one in the secrets.

const fs = require('fs');

const host = 'mongo:27017';
const secret = (name) => fs.readFileSync(`/secrets/${name}`, 'utf8').trim();

// Directly: before the set is started there is no primary to look for.
const admin = connect(`mongodb://root:${secret('root-password')}@${host}/admin?directConnection=true`);

try {
  admin.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  print('starting the replica set rs0');
  admin.adminCommand({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
}

for (let tries = 0; !admin.hello().isWritablePrimary; tries++) {
  if (tries === 120) throw new Error('the replica set has no primary after a minute');
  sleep(500);
}

const database = admin.getSiblingDB('surveyd');
const user = { pwd: secret('surveyd-password'), roles: [{ role: 'readWrite', db: 'surveyd' }] };
if (database.getUser('surveyd')) {
  database.updateUser('surveyd', user);
} else {
  print('making the user surveyd');
  database.createUser({ user: 'surveyd', ...user });
}
