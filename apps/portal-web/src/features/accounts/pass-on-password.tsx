import type { UserWithPassword } from '#libs/contracts';
import { SecretShownOnce, useWords } from '#libs/ui';
import { accountWords } from './words.js';

interface Props {
  /** Null while there is none to pass on. */
  given: UserWithPassword | null;
  onStored: () => void;
}

/** The one time an admin sees the temporary password of a user. */
export function PassOnPassword({ given, onStored }: Props) {
  const t = useWords(accountWords);
  return (
    <SecretShownOnce
      secret={given?.temporaryPassword ?? null}
      title={t('passOn')}
      label={t('temporaryPassword')}
      onStored={onStored}
    >
      {t('passOnText', { email: given?.user.email ?? '' })}
    </SecretShownOnce>
  );
}
