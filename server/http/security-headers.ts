import { createHash } from 'node:crypto';

/** Where it is not said otherwise nothing but the page's own files is loaded, run or shown, and nobody else shows them. */
const POLICY = {
  'default-src': "'self'",
  // WebAssembly is for the Python interpreter.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  // No text becomes a script: the page makes one policy, for the addresses of its workers (web/ui/page/trusted-urls.ts).
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
} as const;

/** What the page has no use for is off for whatever it may load, too. */
const FEATURES_OFF = [
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

function contentSecurityPolicy(overrides: Partial<Record<keyof typeof POLICY, string>>): string {
  const directives = Object.entries({ ...POLICY, ...overrides });
  return directives.map(([name, value]) => `${name} ${value}`).join('; ');
}

/** With every answer. TLS, and so Strict-Transport-Security, is the reverse proxy's. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy({}),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': FEATURES_OFF.map((feature) => `${feature}=()`).join(', '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Of a document that is nothing but text and this style. */
export function policyForStyle(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return contentSecurityPolicy({ 'default-src': "'none'", 'script-src': "'none'", 'style-src': `'sha256-${hash}'` });
}
