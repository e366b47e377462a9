import { createFormContext } from '@mantine/form';
import { tariffVersionBody, type TariffVersionBody } from '#libs/contracts';

/** The form of a version: what is typed is a version at any time, only perhaps not a valid one. */
export const [VersionFormProvider, useVersionForm, useNewVersionForm] =
  createFormContext<TariffVersionBody>();

/** What is wrong by path, as the server would say it. */
export function versionErrors(values: TariffVersionBody): Record<string, string> {
  const { error } = tariffVersionBody.safeParse(values);
  return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));
}

interface InputProps {
  value?: unknown;
  onChange?: (value: unknown) => void;
}

/** An empty field means none. */
export function orNull<Props extends InputProps>(props: Props) {
  return {
    ...props,
    value: typeof props.value === 'string' ? props.value : '',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      props.onChange?.(currentTarget.value === '' ? null : currentTarget.value),
  };
}
