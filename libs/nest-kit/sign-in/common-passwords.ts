/**
 * What the passwords of the published lists of leaked ones are made of: words, names, keyboard walks and phrases that
 * guessers try first, in English, French and German, in lower case and without digits and signs, which guessers vary by
 * themselves. Written down for Wattfleet from general knowledge of such lists; no list of others is contained.
 */
const words = `
  password passwort passwd passphrase motdepasse kennwort contrasena secret geheim pass parola senha wachtwoord
  admin administrator root user guest test testing tester demo default changeme letmein login welcome willkommen bienvenue
  hello hallo bonjour master access system server service support manager office company computer internet windows
  google facebook microsoft apple samsung nokia linux android database network security temp temporary
  qwerty qwertyuiop qwertz qwertzuiop azerty azertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm yxcvbnm qwer qaz wsx edc
  qazwsx qazwsxedc qweasd qweasdzxc asdfjkl poiuytrewq lkjhgfdsa mnbvcxz wsxedc zaq xsw abc abcd abcde abcdef abcdefg
  abcdefgh abcdefghij abcdefghijkl abcdefghijklmnopqrstuvwxyz aaa bbb ccc ddd xxx zzz
  iloveyou ilove you loveyou iloveu love lovely lover forever always angel baby babygirl babyboy sweety sweetheart
  darling honey kiss kisses heart hearts friend friends family mother father mama papa mommy daddy brother sister
  jetaime jtm amour monamour doudou loulou chouchou coucou soleil lune etoile cheval ichliebedich liebe schatz
  schatzi engel sonne mond stern sommer winter fruehling herbst hase maus baer hund katze
  dragon monkey tiger lion panther eagle falcon shadow phoenix wolf bear dog doggy cat kitty horse pony rabbit bunny
  butterfly dolphin spider snake shark chicken turtle pussycat
  football soccer baseball basketball hockey tennis golf racing rugby liverpool chelsea arsenal manchester united
  barcelona realmadrid juventus milan bayern dortmund schalke psg marseille olympique yankees lakers cowboys steelers
  ranger rangers player champion winner hunter killer fighter ninja pirate samurai warrior soldier
  sunshine moonlight rainbow flower flowers rose summer spring autumn sunday monday tuesday wednesday thursday friday
  saturday january february march april may june july august september october november december
  janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
  januar februar maerz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
  lundi mardi mercredi jeudi vendredi samedi dimanche
  princess prince queen king superman batman spiderman ironman starwars pokemon pikachu naruto mario zelda sonic
  minecraft fortnite roblox hogwarts harrypotter gandalf matrix trustno trustnoone jedi skywalker darthvader
  charlie jordan michael michelle jennifer jessica ashley amanda daniel david robert thomas william george andrew
  anthony joshua matthew justin brandon nicole hannah sophie emma olivia anna maria laura julia sarah lisa andrea
  alexander sebastian christian stefan markus martin peter michel pierre jean nicolas julien camille chloe lea manon
  mercedes ferrari porsche bmw audi volkswagen toyota honda harley corvette mustang camaro yamaha
  chocolate cookie coffee banana orange apples cherry pepper ginger peanut butter cheese pizza vodka whisky whiskey
  music guitar rocknroll metallica nirvana eminem blink slipknot
  money dollar euro freedom peace jesus christ god bible church faith blessed hope grace heaven
  america england london paris berlin france germany deutschland europe africa australia canada newyork texas
  blue red green black white silver gold purple pink yellow orange
  sex sexy fuck fuckyou fucker fuckoff shit asshole bitch pussy
  energy meter power electric electricity grafana portal solar strom energie wattfleet
  correcthorsebatterystaple maytheforcebewithyou tobeornottobe onceuponatime imissyou thequickbrownfox nevergiveup
  whatever nothing something anything everything unknown nopassword mypassword mypass thisismypassword mysecret
  letmeinnow openup opensesame iamthebest iamgod superstar rockstar supersecret topsecret
  my the is me and i a this new our your one two three four five six seven eight nine ten
`;

/** Lower case. */
export const commonWords: ReadonlySet<string> = new Set(words.split(/\s+/).filter((word) => word !== ''));
