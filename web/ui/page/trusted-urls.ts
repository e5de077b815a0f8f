type PolicyFactory = {
  readonly createPolicy: (name: string, rules: { readonly createScriptURL: (url: string) => string }) => unknown;
};

/**
 * The page's policy lets no text become a script (Trusted Types). The one exception are addresses of our own files, which
 * workers are started from; whatever else asks throws a TypeError.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }; // not every browser has them yet
  trustedTypes?.createPolicy('default', { createScriptURL: ownUrl });
}

/** @throws {TypeError} an address of somebody else's, or text that is none */
function ownUrl(url: string): string {
  if (new URL(url, window.location.href).origin !== window.location.origin) throw new TypeError(`not ours: ${url}`);
  return url;
}
