import { Component, type ReactNode } from 'react';
import { MessagesContext } from '../i18n/t.ts';
import { Button } from '../ui/Button.tsx';
import styles from '../ui/panes/Message.module.css';

type ErrorBoundaryProps = { readonly children: ReactNode };
type ErrorBoundaryState = { readonly error: unknown };

/** Keeps a fault of one page from taking the rest with it: sockets live on, and drafts stand in the tab's storage. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  static override readonly contextType = MessagesContext;
  declare readonly context: React.ContextType<typeof MessagesContext>;
  override readonly state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const crash = this.context?.messages.app.crash;
    if (this.state.error === undefined || crash === undefined) return this.props.children;
    return (
      <div role="alert" className={styles.message}>
        <h1>{crash.title}</h1>
        <p>{crash.body}</p>
        <pre className={styles.detail}>{String(this.state.error)}</pre>
        <div className={styles.actions}>
          <Button look="primary" onClick={() => this.setState({ error: undefined })}>
            {crash.retry}
          </Button>
          <Button onClick={() => window.location.reload()}>{crash.reload}</Button>
        </div>
      </div>
    );
  }
}
