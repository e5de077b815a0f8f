import { useState } from 'react';
import { renderSVG } from 'uqr';
import { isLoopbackHost } from '../../../protocol/loopback.ts';
import { formatCode } from '../../../protocol/rooms/code.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import { copyText } from '../../platform/copy-text.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import { usePress } from '../../ui/page/use-press.ts';
import styles from './Teach.module.css';

type JoinLinkDialogProps = { readonly classRoom: ClassRoom; readonly link: string; readonly onClose: () => void };

/** What is projected: the code, the link, and the link as a QR code. */
export function JoinLinkDialog({ classRoom, link, onClose }: JoinLinkDialogProps) {
  const { teach } = useClassWords();
  const { join } = teach;
  const { model, client } = classRoom;
  const press = usePress();
  const [isCopied, setCopied] = useState(false);
  const { policy } = classRoom.choices;
  const isLocked = policy?.entry === 'locked';
  const qr = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(link, { border: 2 }))}`;
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
        {isLoopbackHost(new URL(link).hostname) ? <p className={styles.onlyHere}>{join.onlyHere}</p> : null}
        <img src={qr} alt={link} className={styles.qr} />
        <div className={styles.buttons}>
          <Button onClick={async () => setCopied(await copyText(link))}>{join.copy}</Button>
          <Button title={join.newCodeAbout} onClick={() => void classRoom.attempt(() => client.ask('code', {}))}>
            {join.newCode}
          </Button>
          <Button onClick={() => press(() => classRoom.choices.setLocked(!isLocked))}>
            {isLocked ? join.unlock : join.lock}
          </Button>
          {isLocked ? null : (
            <CheckBox
              label={teach.create.entryOptions.approve}
              isChecked={policy?.entry === 'approve'}
              onChange={(isApproved) => press(() => classRoom.choices.setEntry(isApproved ? 'approve' : 'open'))}
            />
          )}
        </div>
        {isLocked ? <p>{join.isLocked}</p> : null}
        <p role="status">{isCopied ? join.copied : null}</p>
      </div>
    </Dialog>
  );
}
