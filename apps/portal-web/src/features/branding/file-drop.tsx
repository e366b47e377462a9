import { Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { brandingImageTypes } from '#libs/contracts';
import styles from './file-drop.module.css';

interface Props {
  label: string;
  hint: string;
  /** Said in place of the label while something is under way. */
  busy: string | undefined;
  disabled: boolean;
  onFile: (file: File) => void;
}

/** Takes one picture: dropped on it, or chosen, with the keyboard as well. */
export function FileDrop({ label, hint, busy, disabled, onFile }: Props) {
  const [over, setOver] = useState(false);
  const isBusy = busy !== undefined;
  return (
    <label className={styles.drop} data-over={over} data-disabled={disabled || isBusy}>
      <IconUpload size={20} stroke={1.5} aria-hidden />
      <Text span size="sm" fw={500}>
        {busy ?? label}
      </Text>
      <Text span size="xs" c="dimmed">
        {hint}
      </Text>
      {/* Lies over all of it, unseen: browsers know what to do with a file that is dropped on one. */}
      <input
        type="file"
        accept={brandingImageTypes.join(',')}
        className={styles.input}
        disabled={disabled}
        // Not disabled while busy: it would lose the focus of who works with the keyboard.
        aria-disabled={isBusy}
        onClick={(event) => {
          if (isBusy) event.preventDefault();
        }}
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (isBusy) event.preventDefault();
        }}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.item(0);
          if (file) onFile(file);
          // The same file, mended, can be chosen again.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
