import type { Theme } from '../../dataset/lyrics-measures.ts';

/** Words of each theme in English, German, French, Spanish, Italian and Portuguese, normalised; a final hyphen stands for any ending. */
export const THEME_WORDS: Readonly<Record<Theme, string>> = {
  love: 'love loved loves lover lovers loving kiss- darling sweetheart heart hearts liebe lieben geliebt- kuss kusse herz herzen amour amoureu- aime aimer baiser coeur amor amar amado amada beso besos besar corazon amore amare bacio cuore beijo coracao',
  heartbreak:
    'goodbye farewell tears heartbreak- broken breakup cry cried crying leaving sorrow tranen abschied weinen weint schmerz verlassen adieu larmes pleure- chagrin adios lagrimas llorar llora dolor addio lacrime piangere piange dolore adeus chorar chora saudade',
  loneliness:
    'lonely alone loneliness lonesome solitude einsam einsamkeit allein alleine seul seule solitude sola solo soledad solitario solitudine sozinho sozinha solidao',
  dancing:
    'dance dances dancing dancer dancin dancefloor disco boogie waltz tanz tanzen tanzt tanze danse danser dansons bailar baila bailando baile danza ballare balla ballo ballando dancar danca dancando',
  'the night':
    'night nights tonight midnight moon moonlight stars darkness nacht nachte mond sterne mitternacht nuit nuits lune etoile etoiles minuit noche noches luna estrella estrellas medianoche notte notti stella stelle mezzanotte noite noites lua estrela estrelas',
  dreams:
    'dream dreams dreaming dreamed dreamer traum traume traumen reve reves rever sueno suenos sonar sogno sogni sognare sonho sonhos sonhar',
  'the road':
    'road roads highway drive driving train trains travel- wander- journey strasse strassen wandern reise reisen zug weg route chemin voyage- camino caminos carretera viaje viajar tren strada strade viaggio viaggiare treno estrada caminho viagem viajar trem',
  home: 'home homeland hometown house heimat heimweh haus zuhause maison foyer patrie casa hogar patria lar',
  family:
    'mother mama father papa daddy sister brother son daughter child children family mutter vater schwester bruder kinder sohn tochter mere pere soeur frere enfant enfants fils fille madre padre hermana hermano hijo hija nino ninos sorella fratello figlio figlia bambino bambini mae pai irmao irma filho filha',
  friends:
    'friend friends friendship freund freunde freundschaft ami amis amitie amigo amigos amistad amico amici amicizia amizade',
  faith:
    'god lord jesus heaven angel angels pray- prayer holy hallelujah church grace gott herr himmel engel beten heilig- gebet dieu ciel ange anges prier priere dios cielo angel rezar santo dio signore angelo pregare preghiera deus ceu anjo orar',
  death:
    'death dead die died dying grave graves tomb buried coffin tod tot sterben stirbt grab mort morte mourir tombe muerte muerto morir tumba morire morto tomba tumulo morrer',
  war: 'war wars soldier soldiers battle army gun guns sword fight enemy krieg soldat soldaten schlacht feind guerre soldats armee bataille ennemi guerra soldado soldados batalla ejercito soldato soldati battaglia batalha inimigo',
  freedom:
    'freedom free liberty liberation freiheit frei liberte libre libres libertad liberta libero libera liberi liberdade livre',
  money:
    'money cash dollar dollars gold rich poor diamonds geld reich argent riche pauvre dinero oro rico pobre soldi denaro ricco povero dinheiro ouro',
  'the sea':
    'sea seas ocean wave waves ship ships sail sailor sailing shore harbour meer see wellen schiff schiffe segel matrose hafen mer vague vagues bateau marin mar olas barco marinero puerto mare onde nave marinaio porto ondas navio marinheiro',
  'the weather':
    'rain rainy raining storm wind winds thunder lightning cloud clouds regen sturm wolke wolken donner blitz pluie orage vent nuage nuages lluvia tormenta viento nube nubes pioggia tempesta vento nuvola nuvole chuva tempestade nuvem',
  summer:
    'summer sun sunshine sunny beach sommer sonne strand ete soleil plage verano sol playa estate sole spiaggia verao praia',
  winter:
    'winter snow cold ice christmas schnee kalt weihnacht- eis hiver neige froid noel invierno nieve frio navidad inverno neve freddo natale gelo natal',
  'the city': 'city street streets town downtown stadt stadte ville rue rues ciudad calle calles citta cidade rua ruas',
  music:
    'music song songs sing sings singing sang guitar melody rhythm radio lieder singen singt musik gitarre melodie chanson chansons chanter chante musique guitare musica cancion canciones cantar canta guitarra canzone canzoni cantare canto cancao cancoes violao',
  time: 'time yesterday tomorrow forever years past memories remember zeit gestern morgen ewig jahre erinnerung- temps hier demain toujours souvenir- tiempo ayer manana siempre recuerdo- tempo ieri domani sempre ricordo ricordi ontem amanha lembranca-',
  drinking:
    'drink drinks drinking drunk wine whiskey whisky beer bottle trinken trinkt wein bier flasche vin boire biere bouteille vino cerveza beber botella birra bere bottiglia vinho cerveja garrafa',
};
