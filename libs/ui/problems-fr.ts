/** A problem as a page shows it: what is wrong, and what to do about it. */
export interface ProblemWords {
  title: string;
  /** Without it the server's. */
  remedy?: string;
}

/** French for the codes of `libs/errors/catalogue.ts` that a page can be answered with; English comes with the answer. */
export const problemsFr: Record<string, ProblemWords> = {
  BODY_INVALID: {
    title: 'La demande n’est pas valide',
    remedy: 'Corrigez les champs indiqués puis envoyez à nouveau.',
  },
  BODY_TOO_LARGE: { title: 'La demande est trop volumineuse', remedy: 'Envoyez moins de données à la fois.' },
  SIGN_IN_FAILED: {
    title: 'L’e-mail ou le mot de passe est faux',
    remedy: 'Vérifiez les deux. Un administrateur peut définir un nouveau mot de passe.',
  },
  SIGN_IN_REQUIRED: { title: 'Connectez-vous d’abord', remedy: 'Connectez-vous puis recommencez.' },
  ROLE_REFUSED: {
    title: 'Votre rôle ne le permet pas',
    remedy: 'Demandez à un administrateur de le faire, ou de vous donner le rôle nécessaire.',
  },
  PASSWORD_WRONG: {
    title: 'Le mot de passe actuel est faux',
    remedy: 'Saisissez-le à nouveau. Un administrateur peut en définir un nouveau.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    title: 'Changez d’abord votre mot de passe temporaire',
    remedy: 'Choisissez un mot de passe que vous seul connaissez.',
  },
  PASSWORD_COMMON: {
    title: 'Ce mot de passe fait partie des premiers que l’on essaie',
    remedy: 'Choisissez-en un autre : généré, ou composé de plusieurs mots sans lien entre eux.',
  },
  PASSWORD_UNCHANGED: {
    title: 'Le nouveau mot de passe est le même que l’actuel',
    remedy: 'Choisissez-en un autre.',
  },
  ORIGIN_REFUSED: {
    title: 'La demande vient d’un autre site',
    remedy: 'Ouvrez le portail à sa propre adresse ; PUBLIC_URL doit être celle des navigateurs.',
  },
  NOT_FOUND: { title: 'Il n’y a rien à cette adresse', remedy: 'Vérifiez l’adresse et l’identifiant.' },
  METHOD_REFUSED: {
    title: 'La demande ne peut pas être traitée',
    remedy: 'Rechargez la page puis recommencez.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    title: 'Ce type de contenu n’est pas accepté',
    remedy: 'Rechargez la page puis recommencez.',
  },
  TOO_MANY_ATTEMPTS: { title: 'Trop de tentatives', remedy: 'Patientez quelques minutes puis recommencez.' },
  INTERNAL: {
    title: 'Une erreur est survenue sur le serveur',
    remedy: 'Réessayez ; si elle persiste, transmettez le numéro de requête à votre exploitant.',
  },
  DATABASE_UNAVAILABLE: {
    title: 'La base de données ne répond pas',
    remedy: 'Réessayez dans une minute ; si cela persiste, prévenez votre exploitant.',
  },
  METER_FILE_EMPTY: {
    title: 'Le fichier de mesures est vide',
    remedy: 'Envoyez-le à nouveau : le transfert s’est interrompu avant le premier octet.',
  },
  METER_FILE_FORMAT_UNKNOWN: {
    title: 'Le format du fichier de mesures est inconnu',
    remedy: 'Formats acceptés : MV_T302_V002, MV_T302_V003, MV_T202_V002.',
  },
  METER_FILE_HEADER_MISSING: {
    title: 'L’en-tête du fichier de mesures manque ou est tronqué',
    remedy: 'Envoyez le fichier entier.',
  },
  METER_FILE_HEADER_INVALID: {
    title: 'L’en-tête du fichier de mesures n’est pas valide',
    remedy: 'Corrigez la ligne indiquée dans le message, ou envoyez le fichier à nouveau.',
  },
  METER_FILE_PATH_INVALID: {
    title: 'Le fichier n’est pas rangé sous <site>/<numéro de série>/<fichier>',
    remedy: 'Placez-le deux dossiers plus bas : le site, puis le numéro de série de l’appareil.',
  },
  METER_FILE_UNREADABLE: {
    title: 'Le fichier de mesures ne peut pas être lu',
    remedy: 'Vérifiez les droits du fichier et de son dossier.',
  },
  IMPORT_FOLDER_MISSING: {
    title: 'Aucun dossier à importer n’est défini',
    remedy: 'Définissez IMPORT_FOLDER ou SFTP_HOST.',
  },
  IMPORT_DISK_FULL: {
    title: 'Il n’y a pas de place pour les octets d’un fichier de compteur',
    remedy:
      'Libérez de la place sur le disque indiqué dans le message. Le fichier attend à sa source et sera pris ensuite.',
  },
  SFTP_UNREACHABLE: {
    title: 'Le serveur SFTP est injoignable',
    remedy: 'Vérifiez SFTP_HOST et SFTP_PORT, et que son pare-feu laisse passer le portail.',
  },
  SFTP_HOST_KEY_REFUSED: {
    title: 'La clé d’hôte du serveur SFTP n’est pas celle qui est attendue',
    remedy:
      'Comparez l’empreinte du message avec ce qu’affiche « ssh-keygen -lf » sur le serveur. Seulement si elles sont identiques, donnez-la à SFTP_HOST_KEY.',
  },
  SFTP_SIGN_IN_REFUSED: {
    title: 'Le serveur SFTP n’accepte pas l’utilisateur',
    remedy: 'Vérifiez SFTP_USER et SFTP_PASSWORD ou SFTP_PRIVATE_KEY.',
  },
  SFTP_FOLDER_MISSING: {
    title: 'Le dossier du serveur SFTP ne peut pas être lu',
    remedy: 'Créez-le, laissez l’utilisateur le lire, ou corrigez SFTP_FOLDER.',
  },
  SFTP_FAILED: {
    title: 'Le serveur SFTP a coupé la connexion ou ne répond plus',
    remedy:
      'Rien n’est perdu : la prochaine consultation reprend où celle-ci s’est arrêtée. Si cela se répète, regardez le journal du serveur.',
  },
  IMPORT_RUNNING: {
    title: 'Un autre import est en cours',
    remedy: 'Attendez qu’il soit terminé : un seul import traite les fichiers à la fois.',
  },
  IMPORT_DEVICES_UNKNOWN: {
    title: 'Le fichier nomme des appareils que le portail ne connaît pas',
    remedy:
      'Créez les appareils indiqués puis importez à nouveau le fichier, ou autorisez les imports à créer les appareils inconnus.',
  },
  UPLOAD_TOO_LARGE: {
    title: 'Le fichier est plus grand que ce que ce portail accepte',
    remedy: 'Partagez le fichier, placez-le dans le dossier d’import, ou augmentez IMPORT_UPLOAD_MAX_MB.',
  },
  UPLOADS_WAITING: {
    title: 'Trop de fichiers envoyés attendent d’être importés',
    remedy: 'Importez ou annulez-en d’abord quelques-uns.',
  },
  UPLOAD_NOT_READY: {
    title: 'Le fichier envoyé ne peut pas encore être importé',
    remedy: 'Choisissez son site, ou associez ses colonnes ; son aperçu dit ce qui ne va pas.',
  },
  ORIGINAL_GONE: {
    title: 'Le fichier lui-même n’est plus là',
    remedy: 'Il a été déplacé ou supprimé, ou se trouve dans un dossier que ce portail ne connaît pas.',
  },
  ORIGINAL_REMOVED: {
    title: 'Le fichier lui-même a été supprimé',
    remedy:
      'Il a dépassé la durée de conservation des fichiers (IMPORT_KEEP_ORIGINALS_DAYS, IMPORT_KEEP_REFUSED_DAYS) ; son rapport reste.',
  },
  RETRY_REFUSED: {
    title: 'Seul un fichier refusé peut être réessayé',
    remedy: 'Ce qui a été importé reste ; envoyez un fichier corrigé.',
  },
  FLEET_PUSH_DISABLED: {
    title: 'Le portail n’envoie rien à Admin',
    remedy: 'Définissez FLEET_INGEST_ENABLED, FLEET_INGEST_URL et FLEET_INGEST_TOKEN.',
  },
  CONFIRMATION_WRONG: {
    title: 'La confirmation ne correspond pas à ce qu’il fallait saisir',
    remedy: 'Saisissez-la exactement comme elle est affichée.',
  },
  ACCOUNT_EXISTS: {
    title: 'Un compte avec cet e-mail existe déjà',
    remedy: 'Modifiez le compte existant.',
  },
  LAST_ADMIN: {
    title: 'C’est le dernier administrateur',
    remedy: 'Nommez d’abord un autre administrateur.',
  },
  CATALOGUE_CONFLICT: {
    title: 'Un autre site, appareil ou une autre voie l’a déjà',
    remedy: 'Choisissez une autre valeur pour les champs indiqués.',
  },
  BRANDING_IMAGE_INVALID: {
    title: 'L’image ne peut pas être lue',
    remedy: 'Envoyez un PNG, JPEG, WebP ou SVG entier. Un SVG ne contient que des formes et du texte.',
  },
  BRANDING_IMAGE_TOO_LARGE: {
    title: 'L’image a trop de pixels',
    remedy: 'Réduisez-la : 2 000 pixels de large suffisent largement.',
  },
  BRANDING_STORE_UNAVAILABLE: {
    title: 'Le dossier des logos n’est pas accessible en écriture',
    remedy: 'Prévenez votre exploitant : BRANDING_DIR doit être un dossier où le portail peut écrire.',
  },
  DASHBOARDS_UNWRITABLE: {
    title: 'Les tableaux de bord des sites ne peuvent pas être écrits',
    remedy:
      'Prévenez votre exploitant : GRAFANA_DASHBOARDS_DIR doit être un dossier où le portail peut écrire. Un nouvel essai a lieu toutes les dix secondes.',
  },
  ALERT_DESTINATION_EXISTS: {
    title: 'Des alertes vont déjà à cette adresse',
    remedy: 'Modifiez la destination qui existe.',
  },
  API_TOKEN_INVALID: {
    title: 'Le jeton d’API est faux, révoqué ou expiré',
    remedy: 'Créez un jeton dans Paramètres → Jetons d’API.',
  },
  API_TOKEN_SCOPE_MISSING: {
    title: 'Le jeton d’API ne le permet pas',
    remedy: 'Créez un jeton avec le droit indiqué dans le message.',
  },
  API_RATE_LIMITED: {
    title: 'Le jeton d’API envoie trop de requêtes',
    remedy: 'Réessayez plus tard, avec davantage de lignes par requête.',
  },
  MEASUREMENTS_SPREAD: {
    title: 'Les lignes couvrent trop de semaines',
    remedy: 'Triez-les par heure et envoyez-les en plusieurs fois.',
  },

  // What this portal's push to Admin may meet.
  NETWORK: {
    title: 'Admin est injoignable',
    remedy: 'Vérifiez qu’Admin fonctionne et répond à FLEET_INGEST_URL. Le portail réessaie de lui-même.',
  },
  ANSWER_INVALID: {
    title: 'La réponse d’Admin n’est pas celle attendue',
    remedy: 'Vérifiez que FLEET_INGEST_URL est bien l’adresse d’Admin. Le portail réessaie de lui-même.',
  },
  INGEST_TOKEN_INVALID: {
    title: 'Le jeton d’envoi manque, est faux, révoqué ou expiré',
    remedy: 'Créez un jeton pour le client dans Admin et définissez FLEET_INGEST_TOKEN.',
  },
  INGEST_RATE_LIMITED: {
    title: 'Ce portail envoie trop de lots',
    remedy: 'Rien à faire : le portail réessaie de lui-même.',
  },
  UNKNOWN_CHANNEL: { title: 'Admin ne connaît pas la voie' },
  TIME_INVALID: { title: 'L’heure n’est pas valide' },
  TIME_OUT_OF_RANGE: { title: 'L’heure est avant l’an 2000 ou dans plus de 24 h' },
  VALUE_INVALID: { title: 'La valeur n’est pas valide' },
  DUPLICATE_IN_BATCH: { title: 'La ligne figure deux fois dans le lot' },
  MUNICIPALITY_EXISTS: {
    title: 'Une collectivité de ce nom existe déjà',
    remedy: 'Ajoutez le tarif à celle qui existe, ou choisissez un autre nom.',
  },
  MUNICIPALITY_IN_USE: {
    title: 'La collectivité a des tarifs',
    remedy: 'Supprimez d’abord ses tarifs.',
  },
  TARIFF_EXISTS: {
    title: 'La collectivité a déjà un tarif de ce nom',
    remedy: 'Ajoutez une version au tarif existant, ou choisissez un autre nom.',
  },
  TARIFF_IN_USE: {
    title: 'Des sites sont facturés selon ce tarif',
    remedy: 'Donnez d’abord un autre tarif à ces sites.',
  },
  TARIFF_NOT_CHOSEN: {
    title: 'Le site n’a pas de tarif',
    remedy: 'Donnez un tarif au site, ou choisissez-en un.',
  },
  TARIFF_CURRENCY_CHANGES: {
    title: 'Le tarif change de monnaie pendant la période',
    remedy: 'Demandez un calcul jusqu’au changement et un autre à partir de celui-ci.',
  },
};
