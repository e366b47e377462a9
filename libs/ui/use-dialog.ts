import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';

interface Options<Values, Result> {
  run: (values: Values) => Promise<Result>;
  /** Queries that what was done makes stale. */
  refreshes: QueryKey;
  /** After the dialog has closed. */
  onDone?: (result: Result) => void;
}

export interface DialogState<Values> {
  opened: boolean;
  open: () => void;
  close: () => void;
  pending: boolean;
  error: Error | null;
  /** Closes the dialog when it worked; what failed is shown in it and told to `onError`. */
  submit: (values: Values, onError?: (error: Error) => void) => void;
}

/** A dialog that does one thing and stays open, with the reason, when that fails. */
export function useDialog<Values = void, Result = unknown>(
  options: Options<Values, Result>,
): DialogState<Values> {
  const [opened, { open, close }] = useDisclosure();
  const client = useQueryClient();
  const action = useMutation({
    mutationFn: options.run,
    onSettled: () => client.invalidateQueries({ queryKey: options.refreshes }),
  });
  const finish = () => {
    close();
    action.reset();
  };
  return {
    opened,
    open,
    // What is under way cannot be taken back: it is waited for.
    close: () => {
      if (!action.isPending) finish();
    },
    pending: action.isPending,
    error: action.error,
    submit: (values, onError) =>
      action.mutate(values, {
        onSuccess: (result) => {
          finish();
          options.onDone?.(result);
        },
        ...(onError && { onError }),
      }),
  };
}
