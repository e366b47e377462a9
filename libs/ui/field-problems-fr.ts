/** French for what the server says of a single field or case, by its English. */
const fixed: Readonly<Record<string, string>> = {
  'a day type has public holidays: say of which country':
    'un type de jour comprend les jours fériés : indiquez de quel pays',
  'another channel has it already': 'une autre voie l’a déjà',
  'cannot be changed: add another destination': 'ne peut être modifié : ajoutez une autre destination',
  'import folder': 'Dossier d’import',
  'SFTP server': 'Serveur SFTP',
  'the address is loopback, link-local or private, which webhooks may not reach':
    'l’adresse est locale ou privée, ce que les webhooks ne peuvent atteindre',
  'there is no SMTP server: set SMTP_URL': 'il n’y a pas de serveur SMTP : définissez SMTP_URL',
  'belongs to another channel': 'appartient à une autre voie',
  'belongs to another device': 'appartient à un autre appareil',
  'belongs to another site': 'appartient à un autre site',
  'it is damaged or not what it seems': 'il est abîmé ou n’est pas ce qu’il paraît',
  'it is neither PNG, JPEG, WebP nor SVG': 'ce n’est ni PNG, ni JPEG, ni WebP, ni SVG',
  'the upload was cut off': 'l’envoi a été interrompu',
  'is a slave module itself': 'est lui-même un module esclave',
  'is made of words and rows of keys that guessers try first':
    'est fait de mots et de suites de touches que l’on essaie en premier',
  'is no device of this site': 'n’est pas un appareil de ce site',
  'is not your present password': 'n’est pas votre mot de passe actuel',
  'is the device itself': 'est l’appareil lui-même',
  'is the label of another channel of the device with this unit':
    'est le repère d’une autre voie de l’appareil avec cette unité',
  'is the same as your present password': 'est le même que votre mot de passe actuel',
  'is the serial number of another device of the site': 'est le numéro de série d’un autre appareil du site',
  'is the slug of another site': 'est l’identifiant d’un autre site',
  'latitude and longitude go together': 'la latitude et la longitude vont ensemble',
  'must be 1 to 100 letters, digits, spaces, dots, dashes or underscores, beginning with a letter or digit':
    'doit avoir 1 à 100 lettres, chiffres, espaces, points, tirets ou tirets bas, et commencer par une lettre ou un chiffre',
  'must be 1 to 64 letters, digits, points, dashes or underscores, and begin with a letter or digit':
    'doit avoir 1 à 64 lettres, chiffres, points, tirets ou tirets bas, et commencer par une lettre ou un chiffre',
  'must be a code such as MQ': 'doit être un code tel que MQ',
  'must be a colour such as #0c4a6e': 'doit être une couleur telle que #0c4a6e',
  'must be a country such as ZA': 'doit être un pays tel que FR',
  'must be a currency such as EUR': 'doit être une monnaie telle que EUR',
  'must be a day of the year': 'doit être un jour de l’année',
  'must be a day such as 06-30': 'doit être un jour tel que 06-30',
  'must be a decimal number such as 1.4178': 'doit être un nombre décimal tel que 1.4178',
  'must be a file name': 'doit être un nom de fichier',
  'must be a file name, without folders': 'doit être un nom de fichier, sans dossier',
  'must be a number such as 40 or 7.5': 'doit être un nombre tel que 40 ou 7.5',
  'must be a time such as 06:30': 'doit être une heure telle que 06:30',
  'must be an http or https URL': 'doit être une URL http ou https',
  'must be an IANA time zone': 'doit être un fuseau horaire IANA',
  'must be at most 1': 'doit être au plus 1',
  'must be from 2000 to 2099': 'doit être de 2000 à 2099',
  'must be iso, unix, unix-ms or a pattern with day, month and year, each once, such as DD/MM/YYYY HH:mm':
    'doit être iso, unix, unix-ms ou un modèle avec jour, mois et année, une fois chacun, tel que DD/MM/YYYY HH:mm',
  'must be later than from': 'doit être après le début',
  'must be later than from; a period past midnight is two, one up to 24:00':
    'doit être après le début ; une période qui passe minuit en fait deux, dont une jusqu’à 24:00',
  'must be more than 0': 'doit être plus grand que 0',
  'must be one line': 'doit tenir sur une ligne',
  'must be site/device/file with * and ? as wildcards, such as hall/logger-7/*.csv':
    'doit être site/appareil/fichier, avec * et ? comme jokers, tel que halle/logger-7/*.csv',
  'must be small letters, digits and dashes, beginning with a letter':
    'doit avoir des minuscules, des chiffres et des tirets, et commencer par une lettre',
  'must be text': 'doit être un texte',
  'must be two different columns': 'doit être deux colonnes différentes',
  'must change something': 'doit changer quelque chose',
  'must not be 0': 'ne doit pas être 0',
  'must not be empty': 'ne doit pas être vide',
  'must not be negative': 'ne doit pas être négatif',
  'must not hold control characters': 'ne doit pas contenir de caractères de contrôle',
  'must not hold slashes or begin with a point':
    'ne doit pas contenir de barre oblique ni commencer par un point',
  'must stay empty: the device has slave modules': 'doit rester vide : l’appareil a des modules esclaves',
  'names a scope twice': 'nomme deux fois une autorisation',
  'no such account': 'ce compte n’existe pas',
  'no such entry in quarantine': 'cette entrée n’est pas en quarantaine',
  'no such file': 'ce fichier n’existe pas',
  'no such mapping': 'cette correspondance n’existe pas',
  'no such municipality': 'cette collectivité n’existe pas',
  'no such session': 'cette session n’existe pas',
  'no such site': 'ce site n’existe pas',
  'no such tariff': 'ce tarif n’existe pas',
  'no such token': 'ce jeton n’existe pas',
  'no such upload waits': 'ce fichier envoyé n’attend plus',
  'no such version': 'cette version n’existe pas',
  'only the last block has no end': 'seule la dernière tranche n’a pas de fin',
  'repeats too few characters': 'répète trop peu de caractères',
  'the last block must have no end': 'la dernière tranche ne doit pas avoir de fin',
  'there is no such tariff': 'ce tarif n’existe pas',
};

/** Those that name something; the ones of zod come last. */
const patterns: readonly [RegExp, string | ((...found: string[]) => string)][] = [
  [
    /^No file for (.+), usually every (.+)$/,
    (_all, silent = '', habit = '') =>
      `Aucun fichier depuis ${durationFr(silent)}, intervalle habituel : ${durationFr(habit)}`,
  ],
  [/^No file for (.+)$/, (_all, silent = '') => `Aucun fichier depuis ${durationFr(silent)}`],
  [/^Files cannot be collected: (.+)$/, 'Les fichiers ne peuvent être collectés : $1'],
  [/^no answer within (\d+) s$/, 'pas de réponse en $1 s'],
  [/^answered (\d+)(.*)$/, 'a répondu $1$2'],
  [/^column (\d+) is read already$/, 'la colonne $1 est déjà lue'],
  [/^must be at most (\d+) days after from$/, 'doit être au plus $1 jours après le début'],
  [
    /^must be more than (\S+), where the block before ends$/,
    'doit dépasser $1, où finit la tranche précédente',
  ],
  [/^must have at most (\d+) characters$/, 'doit avoir au plus $1 caractères'],
  [/^no day type has (.+)$/, 'aucun type de jour ne comprend : $1'],
  [/^no hours for (.+)$/, 'pas d’heures pour $1'],
  [/^no price for (.+)$/, 'pas de prix pour $1'],
  [/^no season has (.+)$/, 'aucune saison ne comprend $1'],
  [/^overlaps season (.+) on (.+)$/, 'recouvre la saison $1 le $2'],
  [/^overlaps the version that is valid from (.+)$/, 'recouvre la version valable à partir du $1'],
  [/^overlaps another period from (.+) to (.+)$/, 'recouvre une autre période de $1 à $2'],
  [/^no period from (.+) to (.+)$/, 'aucune période de $1 à $2'],
  [/^(.+) is there twice with this unit$/, '$1 existe deux fois avec cette unité'],
  [/^the public holidays of (.+) are not known$/, 'les jours fériés de $1 ne sont pas connus'],
  [/^there is no (?:season|period|component|day type) (.+)$/, '$1 n’existe pas'],
  [/^a picture may have (\S+) MB$/, 'une image peut avoir $1 Mo'],
  [/^at most (\S+) MB$/, 'au plus $1 Mo'],
  [/^needs the role (.+)$/, 'il faut le rôle $1'],
  [/^(.+): in two day types$/, '$1 : dans deux types de jour'],
  [/^(.+): there are two$/, '$1 : existe deux fois'],
  [/^Too big: expected string to have <=(\d+) characters$/, 'doit avoir au plus $1 caractères'],
  [/^Too big: expected number to be <=?(\S+)$/, 'doit être au plus $1'],
  [/^Too small: expected string to have >=1 characters$/, 'doit être rempli'],
  [/^Too small: expected string to have >=(\d+) characters$/, 'doit avoir au moins $1 caractères'],
  [/^Too small: expected array to have >=(\d+) items$/, 'doit avoir au moins $1 élément(s)'],
  [/^Too small: expected number to be >=?(\S+)$/, 'doit être au moins $1'],
  [/^Invalid email address$/, 'doit être une adresse e-mail'],
  [/^Invalid ISO date$/, 'doit être une date'],
  [/^Invalid /, 'n’est pas valide'],
];

/** `1 d 2 h` is `1 j 2 h`. */
function durationFr(english: string): string {
  return english.replace(/(\d) d\b/, '$1 j').replace('less than', 'moins de');
}

/** Undefined for what has no words here. */
export function fieldProblemFr(english: string): string | undefined {
  const [pattern, french] = patterns.find(([candidate]) => candidate.test(english)) ?? [];
  // Each kind of replacement is an overload of its own.
  const said =
    typeof french === 'function'
      ? pattern && english.replace(pattern, french)
      : pattern && french && english.replace(pattern, french);
  return fixed[english] ?? said;
}
