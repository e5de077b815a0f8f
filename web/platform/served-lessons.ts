/** The lessons that this server hands out to every learner; undefined where it has none of its own. */
export async function fetchServedLessons(base: string): Promise<string | undefined> {
  const response = await fetch(new URL(`${base}lessons.json`, document.baseURI));
  // A server of files alone answers with its own page, or that there is none.
  const isLessons = response.status === 200 && response.headers.get('content-type')?.startsWith('application/json');
  return isLessons ? await response.text() : undefined;
}
