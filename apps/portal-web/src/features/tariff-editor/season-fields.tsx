import { Text, TextInput } from '@mantine/core';
import { useWords } from '#libs/ui';
import { AddItem, RemoveItem } from './item-buttons.js';
import { addSeason, removeSeason } from './document-edits.js';
import { FieldRow } from './field-row.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

/** The seasons by their days of the year; together they have each day once. */
export function SeasonFields() {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { document } = form.values;
  return (
    <>
      {document.seasons.map((season, index) => (
        <FieldRow key={season.id} label={season.name}>
          <TextInput label={t('name')} {...form.getInputProps(`document.seasons.${index}.name`)} />
          <TextInput
            label={t('seasonFirst')}
            placeholder="06-01"
            w={150}
            {...form.getInputProps(`document.seasons.${index}.firstDay`)}
          />
          <TextInput
            label={t('seasonLast')}
            placeholder="08-31"
            w={150}
            {...form.getInputProps(`document.seasons.${index}.lastDay`)}
          />
          {document.seasons.length > 1 && (
            <RemoveItem
              name={season.name}
              onClick={() => form.setFieldValue('document', removeSeason(document, season.id))}
            />
          )}
        </FieldRow>
      ))}
      <FieldProblem path="document.seasons" />
      <AddItem
        label={t('addSeason')}
        onClick={() =>
          form.setFieldValue(
            'document',
            addSeason(document, t('seasonNumber', { number: document.seasons.length + 1 })),
          )
        }
      />
    </>
  );
}

/** What is wrong with a list as a whole. */
export function FieldProblem({ path }: { path: string }) {
  const form = useVersionForm();
  const problem = form.errors[path];
  if (problem === undefined || problem === null) return null;
  return (
    <Text size="sm" c="var(--mantine-color-error)">
      {problem}
    </Text>
  );
}
