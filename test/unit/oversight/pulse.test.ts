// A pulse of NIST's beacon: the published one holds under its own certificate, and whatever was changed in it does not.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hasOtherCertificate, readBeacon, roundFrom, signatureHolds } from '../../../server/oversight/draw/beacon.ts';
import { certificateId, certificateNames, pulseSchema, pulseValue } from '../../../server/oversight/draw/pulse.ts';
import { certificateOfNist, pasted, published, pulseAt } from '../../support/nist-pulse.ts';

const minute = roundFrom('nist-2', pulseAt);
const named = { certificate: certificateOfNist };
const otherHex = '5'.repeat(128);

async function said(text: string, asked: { readonly certificate?: string } = named) {
  const read = readBeacon('nist-2', minute, text);
  if (!read.ok) return read.fault;
  if (hasOtherCertificate(read.beacon, asked)) return 'other_certificate';
  return signatureHolds(read.beacon, asked);
}

describe('a pulse of NIST’s beacon', () => {
  it('is the one of its minute, is the hash of what was signed, and was signed by its certificate', async () => {
    const read = readBeacon('nist-2', minute, pasted());
    expect(read.ok && read.beacon.randomness.toUpperCase()).toBe(published.pulse['outputValue']);
    expect(await said(pasted())).toBe(true);
    expect(certificateId(published.certificate)).toBe(certificateOfNist);
    expect(certificateNames(published.certificate)?.subject).toContain('CN=engine.beacon.nist.gov');
    expect(readBeacon('nist-2', minute + 1, pasted())).toEqual({ ok: false, fault: 'wrong_round' });
  });

  it('holds with Windows line ends and digits in either case, as people copy them', async () => {
    expect(await said(pasted({}, published.certificate.replaceAll('\n', '\r\n')))).toBe(true);
    expect(await said(pasted({ outputValue: String(published.pulse['outputValue']).toLowerCase() }))).toBe(true);
  });

  it.each(['localRandomValue', 'precommitmentValue', 'outputValue', 'certificateId'])(
    'with a digit changed in its %s is no pulse of the beacon',
    async (field) => {
      const text = String(published.pulse[field]);
      const changed = `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`;
      expect(await said(pasted({ [field]: changed }))).toBe('not_its_hash');
    },
  );

  it('whose value was worked out again after a change has no signature any more', async () => {
    const forged = pulseSchema.parse({ ...published.pulse, localRandomValue: otherHex });
    const value = pulseValue(forged, String(published.pulse['signatureValue']));
    expect(await said(pasted({ localRandomValue: otherHex, outputValue: value }))).toBe(false);
  });

  it('is of another certificate than the committed one, or has none, and that is said', async () => {
    expect(await said(pasted(), { certificate: otherHex })).toBe('other_certificate');
    expect(await said(pasted({}, ''))).toBe('other_certificate');
    // Whoever runs a record again asks for the signature alone.
    const read = readBeacon('nist-2', minute, pasted());
    expect(read.ok && (await signatureHolds(read.beacon, { certificate: otherHex }))).toBe(false);
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(await said(pasted({}, publicKey.export({ type: 'spki', format: 'pem' }).toString()))).toBe('unreadable');
    expect(await said(pasted({}, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'))).toBe(
      'other_certificate',
    );
  });

  it('cannot be checked where nobody has named a certificate: that is neither right nor wrong', async () => {
    expect(await said(pasted(), {})).toBeUndefined();
  });

  it('of which only time and value were kept, as by earlier versions, is read and not called signed', async () => {
    const { timeStamp, outputValue } = published.pulse;
    const old = JSON.stringify({ pulse: { timeStamp, outputValue } });
    expect(await said(old, {})).toBeUndefined();
    expect(await said(old)).toBe('other_certificate');
  });
});
