package charnn.data;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a language's characters beyond ASCII are: enough to tell a decoding that looks like the
 * language from one that does not.
 *
 * @param script of most letters
 * @param letterShare how many of the characters beyond ASCII are letters
 * @param letters the most frequent ones and how frequent they are, about
 * @param words frequent ones without accents
 * @param encodings that were made for the language, a regular expression; others have its letters
 *     by chance
 */
record Language(
    UnicodeScript script,
    double letterShare,
    Map<Integer, Double> letters,
    List<String> words,
    Pattern encodings) {
  private static final Pattern ANY = Pattern.compile(".*");
  private static final String HANS =
      "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记";
  private static final String HANT =
      "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記";
  private static final String KANA =
      "のいたにはるとてしをなかがでれすまこもらりっくあさうだきよけつせわちめばえやみどそべぶおずじびんろほゆげねふへごむぎぬひぼぐざょゃゅづぜぞーンスルトラリイクアッドレジフタシロムマプコテカデメニサチブキオウバパエナハセグィュソモワミネビャボポノダガヒゼベツヴケ日人一大年本中国出時行見月分生気間上手自者前後思家今言子方女何私";
  private static final String HANGUL =
      "이다는에의을가고하지한도로을사은기리자를나아있어서시인대그라여들만정해수일으것보부주전장지구원조공상선무말오우게면세생비거모교관신제성러개차과들마소위동안음발반당영유식미문학화연니진며려와각네날었았했였없않던";

  static final List<Language> ALL =
      List.of(
          latin("éèïöêüçàñëôâæœ", 0.3, "the and of to in was that he it with his for had not"),
          latin("äüößé", "der die und das nicht sie ist er zu mit ein den von sich war auf"),
          latin("éèàêçôîùûâœïëü", "de la le et les des un une il que dans est pas qui en du"),
          latin("óíáéñúü", "de la que el en los se del las con una por su un no lo era"),
          latin("ãçáéíóõêúâàô", "de que o os as um uma se do da com para em por no na era"),
          latin("èàòùéì", "di che il la un non per una con si del le era gli da nel"),
          latin("àéèíóòçúïü", "de la que els les un una amb per va del en al no es"),
          latin("ëéïèöüóê", "de het een en van dat niet zijn was met hij op te voor"),
          latin("äåöé", "och att det som en var han inte den hade med av i ett"),
          latin("åøæé", "og det at en var han ikke som den med hun til af jeg de"),
          latin("äöåé", "ja on ei se oli ett mutta niin kun hän joka kuin"),
          latin("áíðéóúþæöý", "og að sem var hann ekki en til það hún um"),
          latin("áíéóú", "an na ar agus bhi go le ag a do is"),
          latin("łąęśżóćńź", "i w na nie do z po od za jak co ale a tym jest przez ich"),
          latin("íáéěřšžčýůúňťďó", "a na se v je ale do to s za by jako ho tam od po ve"),
          latin("áíéčšžýľúťňôďäóŕĺ", "a na sa v je ale do to s za by ako ho tam od po vo"),
          latin("áéöőóüíűú", "a az egy hogy nem is volt de meg mint csak el ezt ha mert"),
          latin("ăîâşţ", "de a la cu un pe nu din ce sau era o care mai lui"),
          latin("ăîâșț", "de a la cu un pe nu din ce sau era o care mai lui"),
          latin("šžčćđ", "i je u na se da od za a su ne kao ali bio iz"),
          latin("ëç", "e dhe nga me se i u ka do si"),
          latin("ışüğçöâîû", "bir ve bu da ne de var gibi daha ama sonra ile her"),
          latin("äõüöšž", "ja on ei et ta oli see kui ka mis oma"),
          latin("āīēšūžļņčģķ", "un ir no ar par kas bet to vai ka uz"),
          latin("ėųįšžčąęū", "ir kad buvo ne su bet jis tai kaip o iki"),
          latin("ĝŭĉĵŝĥ", "la kaj de en estas al mi li ne ke"),
          // Vowels with their shape, the tone behind them: only one encoding writes so.
          of(
              UnicodeScript.LATIN,
              "\u0300\u0301đ\u0323ưôêâ\u0309ơă\u0303àáéíóúèìùòãý",
              "windows-1258"),
          of(UnicodeScript.CYRILLIC, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
          of(UnicodeScript.CYRILLIC, "оанивітрсеклудмпзяьбгчйхцїюжшщєф’ґ"),
          of(UnicodeScript.CYRILLIC, "аоиетнрсвлкпдмзуъгбчщхцяжйшюфь"),
          of(UnicodeScript.CYRILLIC, "аоиенрстујкдвмплзгбчцњћшхљжђџф"),
          of(UnicodeScript.CYRILLIC, "аінеосрткялуўдмыэзьпцгвчбхюжйшёф"),
          of(UnicodeScript.GREEK, "αοιετσνηυρπκμλςίάόγέήδωχθύφβώξζψϊϋΐΰ"),
          of(UnicodeScript.HEBREW, "יוהלאתרשבמנדעחקפכצגסטזםןךףץ"),
          of(UnicodeScript.ARABIC, "البيمنترعوهدسةفقكحجأشطصخإزضغذثىئءظآؤ"),
          of(UnicodeScript.ARABIC, "اینردهمتوبسشکزگفخلقجچپحعصآضطژغثذظءئ"),
          of(UnicodeScript.THAI, "านร่อเ้กัมยงวลดีทตสิะปคบหแืใจพชูขไุ์โ็ผำธศซภณฐถษฝฟฉญฎฏฬ"),
          of(UnicodeScript.HAN, HANS, "GB.*"),
          of(UnicodeScript.HAN, HANT, "GB.*|Big5.*|x-windows-950|x-EUC-TW"),
          of(UnicodeScript.HIRAGANA, KANA, "windows-31j|EUC-JP"),
          of(UnicodeScript.HANGUL, HANGUL, "x-windows-949|x-Johab"));

  private static Language latin(String letters, String words) {
    return latin(letters, 0.9, words);
  }

  private static Language latin(String letters, double letterShare, String words) {
    return new Language(
        UnicodeScript.LATIN, letterShare, frequencies(letters), List.of(words.split(" ")), ANY);
  }

  private static Language of(UnicodeScript script, String letters) {
    return of(script, letters, ".*");
  }

  private static Language of(UnicodeScript script, String letters, String encodings) {
    return new Language(
        script, 0.92, frequencies(letters), List.of(), Pattern.compile(encodings + "|UTF.*"));
  }

  /** Letters by frequency are about a geometric series; the longer the list, the flatter. */
  private static Map<Integer, Double> frequencies(String letters) {
    int[] points = letters.codePoints().distinct().toArray();
    double ratio = Math.max(0.6, 1 - 3.3 / points.length);
    Map<Integer, Double> frequencies = new HashMap<>();
    double weight = 1 - ratio;
    for (int point : points) {
      frequencies.put(point, weight);
      weight *= ratio;
    }
    return frequencies;
  }
}
