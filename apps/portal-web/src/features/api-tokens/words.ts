import { defineWords } from '#libs/ui';

export const apiTokenWords = defineWords('api-tokens', {
  en: {
    title: 'API tokens',
    description: 'With a token another program sends measurements to this portal, or reads them',
    theTokens: 'the API tokens',
    reference: 'API reference',
    none: 'No API tokens',
    noneText: 'A data logger, a building system or a script needs one to send measurements or to read them.',

    name: 'Name',
    scopes: 'May',
    status: 'Status',
    beginsWith: 'Begins with',
    created: 'Created',
    createdBy: 'Created by',
    lastUsed: 'Last used',
    ends: 'Ends',
    action: 'Action',
    never: 'Never',

    valid: 'Valid',
    expired: 'Expired',
    revoked: 'Revoked',
    mayRead: 'Read measurements',
    mayReadImports: 'Read summaries of imports',
    mayWrite: 'Send measurements',

    add: 'Add token',
    addAction: 'Add',
    nameHelp: 'Says later what it was made for',
    nameMissing: 'Enter a name',
    scopesMissing: 'Choose what it may do',
    expiry: 'Valid for',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    untilRevoked: 'Until it is revoked',

    store: 'Store the API token',
    token: 'API token',
    shownOnce: 'It is shown only now: store it before you close this. Whoever has it may do what it may do.',

    revoke: 'Revoke',
    revokeNamed: 'Revoke {{name}}',
    revokeAsk: 'Revoke the token {{name}}?',
    revokeNow: 'Revoke now',
    revokeEffect:
      'Programs that use it are refused at once. What they have sent stays. It cannot be made valid again.',
  },
  fr: {
    title: 'Jetons d’API',
    description: 'Avec un jeton, un autre programme envoie des mesures à ce portail ou les lit',
    theTokens: 'les jetons d’API',
    reference: 'Référence de l’API',
    none: 'Aucun jeton d’API',
    noneText:
      'Un enregistreur, une gestion de bâtiment ou un script en a besoin pour envoyer des mesures ou les lire.',

    name: 'Nom',
    scopes: 'Droits',
    status: 'État',
    beginsWith: 'Commence par',
    created: 'Créé',
    createdBy: 'Créé par',
    lastUsed: 'Dernier usage',
    ends: 'Fin',
    action: 'Action',
    never: 'Jamais',

    valid: 'Valable',
    expired: 'Expiré',
    revoked: 'Révoqué',
    mayRead: 'Lire les mesures',
    mayReadImports: 'Lire les résumés d’imports',
    mayWrite: 'Envoyer des mesures',

    add: 'Ajouter un jeton',
    addAction: 'Ajouter',
    nameHelp: 'Dit plus tard à quoi il sert',
    nameMissing: 'Saisissez un nom',
    scopesMissing: 'Choisissez ce qu’il permet',
    expiry: 'Durée',
    days_one: '{{count}} jour',
    days_other: '{{count}} jours',
    untilRevoked: 'Jusqu’à sa révocation',

    store: 'Enregistrer le jeton d’API',
    token: 'Jeton d’API',
    shownOnce:
      'Il n’est affiché que maintenant : enregistrez-le avant de fermer. Quiconque le possède a les droits qu’il donne.',

    revoke: 'Révoquer',
    revokeNamed: 'Révoquer {{name}}',
    revokeAsk: 'Révoquer le jeton {{name}} ?',
    revokeNow: 'Révoquer maintenant',
    revokeEffect:
      'Les programmes qui l’utilisent sont refusés aussitôt. Ce qu’ils ont envoyé reste. Il ne peut pas redevenir valable.',
  },
});
