import { SecretShownOnce } from '#libs/ui';

interface Props {
  /** Null while there is none to show. */
  token: string | null;
  /** Whose it is. */
  code: string;
  onStored: () => void;
}

/** The one time a push token is on screen. */
export function TokenShownOnce({ token, code, onStored }: Props) {
  return (
    <SecretShownOnce secret={token} title="Store the push token" label="Push token" onStored={onStored}>
      The portal of {code} pushes with this token. It is shown only now: store it before you close this.
    </SecretShownOnce>
  );
}
