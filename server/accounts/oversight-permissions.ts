// The lines of the permission table about oversight: complaints, and what joins both halves.
import { allow, everyone, type Policy, signedIn } from './policy.ts';

export const oversightPermissions: Readonly<Record<string, Policy>> = {
  'GET /reports/new': everyone,
  'POST /reports': everyone,
  'GET /reports/:publicId': everyone,
  'GET /complaints': allow('inspector', 'admin'),
  'GET /complaints/:id': allow('inspector', 'admin'),
  'POST /complaints/:id/steps': allow('inspector', 'admin'),
  'GET /complaints/:id/photos/:hash': allow('inspector', 'admin'),
  'GET /my/complaints': allow('owner', 'partner'),
  'GET /notices': signedIn,
  'GET /notices/:id': signedIn,
  'GET /draws': allow('inspector', 'admin'),
  'POST /draws': allow('inspector', 'admin'),
  'GET /draws/:id': everyone,
  'GET /draws/:id/record.json': everyone,
  'POST /draws/:id/beacon': allow('inspector', 'admin'),
  'POST /draws/:id/published': allow('inspector', 'admin'),
  'GET /my/conflicts': allow('inspector'),
  'POST /my/conflicts': allow('inspector'),
  'POST /my/conflicts/:id/ended': allow('inspector'),
};
