import { TextInput } from '@mantine/core';
import type { BlocksComponent } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { FieldRow } from './field-row.js';
import { AddItem, RemoveItem } from './item-buttons.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

/** Blocks by the energy of a month; the last one has no end, and is always there. */
export function BlockFields({ component, path }: { component: BlocksComponent; path: string }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { blocks } = component;
  const setBlocks = (changed: typeof blocks) => form.setFieldValue(`${path}.blocks`, changed);
  return (
    <>
      {blocks.map((block, index) => {
        const name = t('blockNumber', { number: index + 1 });
        return (
          // Blocks have no name of their own: what makes one is its place.
          // oxlint-disable-next-line react/no-array-index-key
          <FieldRow key={index} label={name}>
            {block.upToKwh === null ? (
              <TextInput label={t('upToKwh')} value={t('withoutEnd')} readOnly />
            ) : (
              <TextInput
                label={t('upToKwh')}
                inputMode="decimal"
                {...form.getInputProps(`${path}.blocks.${index}.upToKwh`)}
              />
            )}
            <TextInput
              label={t('perKwh')}
              inputMode="decimal"
              {...form.getInputProps(`${path}.blocks.${index}.perKwh`)}
            />
            {block.upToKwh !== null && (
              <RemoveItem
                name={name}
                onClick={() => setBlocks(blocks.filter((_, place) => place !== index))}
              />
            )}
          </FieldRow>
        );
      })}
      <AddItem
        label={t('addBlock')}
        onClick={() => setBlocks([...blocks.slice(0, -1), { upToKwh: '', perKwh: '0' }, ...blocks.slice(-1)])}
      />
    </>
  );
}
