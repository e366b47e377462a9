import { Button, Fieldset, Group, Menu, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TariffComponent } from '#libs/contracts';
import { useWords, type WordKey } from '#libs/ui';
import { LabelledMultiSelect } from '../tariffs/labelled-multi-select.js';
import { removeComponent } from './document-edits.js';
import { RemoveItem } from './item-buttons.js';
import { componentKinds, newComponent } from './new-components.js';
import { PriceFields } from './price-fields.js';
import { FieldProblem } from './season-fields.js';
import { TimeOfUseFields } from './time-of-use-fields.js';
import { useVersionForm } from './version-form.js';
import { editorWords } from './words.js';

const kindLabels = {
  'time-of-use': 'kindTimeOfUse',
  blocks: 'kindBlocks',
  fixed: 'kindFixed',
  capacity: 'kindCapacity',
  demand: 'kindDemand',
  levy: 'kindLevy',
} satisfies Record<TariffComponent['kind'], WordKey<typeof editorWords>>;

/** What is charged, in the order of the bill. */
export function ComponentList() {
  const t = useWords(editorWords);
  const { document } = useVersionForm().values;
  return (
    <>
      {document.components.map((component, index) => (
        <ComponentFields key={component.id} component={component} index={index} />
      ))}
      {document.components.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noCharges')}
        </Text>
      )}
      <FieldProblem path="document.components" />
      <AddComponent />
    </>
  );
}

function ComponentFields({ component, index }: { component: TariffComponent; index: number }) {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { document } = form.values;
  const path = `document.components.${index}`;
  return (
    <Fieldset legend={`${component.name}: ${t(kindLabels[component.kind])}`}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput label={t('name')} {...form.getInputProps(`${path}.name`)} />
          {document.seasons.length > 1 && (
            <LabelledMultiSelect
              label={t('onlyIn')}
              placeholder={component.seasons === null ? t('allYear') : ''}
              miw={200}
              data={document.seasons.map(({ id, name }) => ({ value: id, label: name }))}
              value={component.seasons ?? []}
              onChange={(ids) => form.setFieldValue(`${path}.seasons`, ids.length === 0 ? null : ids)}
            />
          )}
          <RemoveItem
            name={component.name}
            onClick={() => form.setFieldValue('document', removeComponent(document, component.id))}
          />
        </Group>
        {component.kind === 'time-of-use' ? (
          <TimeOfUseFields component={component} path={path} />
        ) : (
          <PriceFields component={component} path={path} />
        )}
      </Stack>
    </Fieldset>
  );
}

function AddComponent() {
  const t = useWords(editorWords);
  const form = useVersionForm();
  const { document } = form.values;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} aria-hidden />}
        >
          {t('addCharge')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {componentKinds.map((kind) => (
          <Menu.Item
            key={kind}
            onClick={() =>
              form.setFieldValue('document.components', [
                ...document.components,
                newComponent(kind, t(kindLabels[kind]), document),
              ])
            }
          >
            {t(kindLabels[kind])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
