import { type FormEvent, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import styles from './Gateway.module.css';

/** Asks for the key that the host of the playground gave out. */
export function TokenForm({ onToken }: { readonly onToken: (token: string) => void }) {
  const t = useT();
  const [token, setToken] = useState('');
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (token !== '') onToken(token);
  }
  return (
    <form className={styles.token} onSubmit={onSubmit}>
      <input
        className={field.input}
        type="password"
        aria-label={t.gateway.token}
        placeholder={t.gateway.token}
        autoComplete="current-password"
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      <Button type="submit">{t.gateway.enter}</Button>
    </form>
  );
}
