// The certificates and tests of a lot, as a diner sees them.
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { DinerCertificate, DinerTest } from './diner-lot.ts';

export function CertificatesCard({ words, certificates }: { words: Texts; certificates: readonly DinerCertificate[] }) {
  if (certificates.length === 0) return null;
  const text = words.trace.diner;
  const both = (['quarantine', 'quality'] as const).every((kind) =>
    certificates.some((certificate) => certificate.kind === kind),
  );
  return (
    <section class="card" id="certificates">
      <div class="card-head">
        <h2>{both ? text.twoCertificates : text.certificates}</h2>
      </div>
      <ul class="certs">
        {certificates.map((certificate) => (
          <Certificate words={words} certificate={certificate} />
        ))}
      </ul>
    </section>
  );
}

function Certificate({ words, certificate }: { words: Texts; certificate: DinerCertificate }) {
  const text = words.trace.diner;
  const { issuer, issuedAt, expiresAt } = certificate;
  return (
    <li class="cert">
      <Icon name="doc" />
      <div class="stack">
        <h3>{words.trace.certificateKinds[certificate.kind]}</h3>
        <dl class="facts small">
          <dt>{text.certificateNumber}</dt>
          <dd class="code">{certificate.number}</dd>
          {issuer === null && issuedAt === null ? null : (
            <>
              <dt>{text.certificateIssuer}</dt>
              <dd>
                {issuer}
                {issuer === null || issuedAt === null ? '' : words.lang === 'en' ? ', ' : '，'}
                {issuedAt === null ? null : <time>{formatDate(issuedAt)}</time>}
              </dd>
            </>
          )}
        </dl>
        <p class="row spread small soft">
          {certificate.fromBatch === null ? null : <span>{text.certificateOf(certificate.fromBatch)}</span>}
          {expiresAt === null ? null : <span>{text.certificateValid(formatDate(expiresAt))}</span>}
          {certificate.uri === null ? null : (
            <a href={certificate.uri} rel="noreferrer">
              {text.certificateSource}
            </a>
          )}
        </p>
      </div>
    </li>
  );
}

/** `reportHref`: where the report of a test lies, for who may read it. */
type ShownTest = DinerTest & { readonly reportHref?: string | null };
type TestsProps = { readonly words: Texts; readonly tests: readonly ShownTest[]; readonly addHref?: string | null };

export function TestsCard({ words, tests, addHref = null }: TestsProps) {
  if (tests.length === 0 && addHref === null) return null;
  const text = words.trace.diner;
  return (
    <section class="card stack" id="tests">
      <h2>{text.tests}</h2>
      {tests.length === 0 ? <p class="small soft">{words.trace.labTest.none}</p> : null}
      <ul class="stack" hidden={tests.length === 0}>
        {tests.map((test) => (
          <li class="row spread">
            <span>
              <b>{test.subject}</b>
              <span class="small faint"> {text.testedOn(formatDate(test.testedAt), test.laboratory ?? '')}</span>
              {test.reportHref == null ? null : (
                <a class="block small" href={test.reportHref}>
                  <Icon name="doc" />
                  {words.trace.labTest.seeReport}
                </a>
              )}
            </span>
            <span class={test.result === 'failed' ? 'badge refused' : 'badge done'}>
              <Icon name={test.result === 'failed' ? 'alert' : 'check'} />
              {test.result === 'failed' ? text.failed : text.passed}
            </span>
          </li>
        ))}
      </ul>
      {addHref === null ? null : (
        <a class="btn small" href={addHref}>
          <Icon name="doc" />
          {words.trace.labTest.add}
        </a>
      )}
    </section>
  );
}
