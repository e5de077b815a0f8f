import { useState } from 'react';
import { renderSVG } from 'uqr';
import { formatCode } from '../../../protocol/rooms/code.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import { copyText } from '../../platform/copy-text.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './Teach.module.css';

type JoinLinkDialogProps = { readonly classRoom: ClassRoom; readonly link: string; readonly onClose: () => void };

/** What is projected: the code, the link, and the link as a QR code. */
export function JoinLinkDialog({ classRoom, link, onClose }: JoinLinkDialogProps) {
  const { teach } = useClassWords();
  const { join } = teach;
  const { model, client } = classRoom;
  const [isCopied, setCopied] = useState(false);
  const { policy } = model;
  const isLocked = policy?.entry === 'locked';
  const qr = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(link, { border: 2 }))}`;

  function lock(): void {
    if (!policy) return;
    const entry = isLocked ? 'open' : 'locked';
    void classRoom.attempt(() => client.ask('policy', { policy: { ...policy, entry } }));
  }
  return (
    <Dialog title={join.title} done={join.close} onClose={onClose}>
      <div className={styles.join}>
        <p>{join.how}</p>
        <p className={styles.code}>
          <span className={styles.codeLabel}>{join.code}</span> {formatCode(model.code)}
        </p>
        <a href={link} className={styles.link}>
          {link}
        </a>
        <img src={qr} alt={link} className={styles.qr} />
        <div className={styles.buttons}>
          <Button onClick={async () => setCopied(await copyText(link))}>{join.copy}</Button>
          <Button title={join.newCodeAbout} onClick={() => void classRoom.attempt(() => client.ask('code', {}))}>
            {join.newCode}
          </Button>
          <Button onClick={lock}>{isLocked ? join.unlock : join.lock}</Button>
        </div>
        <p role="status">{isCopied ? join.copied : null}</p>
      </div>
    </Dialog>
  );
}
