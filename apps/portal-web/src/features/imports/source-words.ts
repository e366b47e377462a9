/** What is said of the places that files are collected from; part of the feature's words. */
export const sourceWordsEn = {
  sources: 'Collected by itself',
  sourceFolder: 'Folder',
  sourceSftp: 'SFTP server',
  sourceGood: 'Fine',
  sourceBusy: 'Collecting',
  sourceNew: 'Not looked at yet',
  sourceWarning: 'Look at this',
  sourceFailed: 'Out of reach',
  lastLook: 'Last look <time/>.',
  nextLook: 'Next look <time/>.',
  waitingFiles_one: '{{count}} new file.',
  waitingFiles_other: '{{count}} new files.',
  stuckFiles_one: '{{count}} imported file may not be moved and is left where it lies: {{reason}}',
  stuckFiles_other: '{{count}} imported files may not be moved and are left where they lie: {{reason}}',
  leftAlone_one: '{{count}} entry is left alone',
  leftAlone_other: '{{count}} entries are left alone',
} as const;

export const sourceWordsFr = {
  sources: 'Collecte automatique',
  sourceFolder: 'Dossier',
  sourceSftp: 'Serveur SFTP',
  sourceGood: 'En ordre',
  sourceBusy: 'Collecte en cours',
  sourceNew: 'Pas encore consulté',
  sourceWarning: 'À vérifier',
  sourceFailed: 'Hors d’atteinte',
  lastLook: 'Dernière consultation <time/>.',
  nextLook: 'Prochaine consultation <time/>.',
  waitingFiles_one: '{{count}} nouveau fichier.',
  waitingFiles_other: '{{count}} nouveaux fichiers.',
  stuckFiles_one: '{{count}} fichier importé ne peut pas être déplacé et reste où il est : {{reason}}',
  stuckFiles_other:
    '{{count}} fichiers importés ne peuvent pas être déplacés et restent où ils sont : {{reason}}',
  leftAlone_one: '{{count}} élément est laissé de côté',
  leftAlone_other: '{{count}} éléments sont laissés de côté',
};
