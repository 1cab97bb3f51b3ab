package charnn.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page in each of several languages, and the encodings that such texts come in. */
final class LanguageSamples {
  /**
   * @param text a few sentences
   * @param encodings that have all its characters
   */
  record Sample(String text, List<String> encodings) {}

  private static final List<String> WESTERN =
      List.of("windows-1252", "ISO-8859-1", "ISO-8859-15", "IBM850", "x-MacRoman");

  private static final List<String> CENTRAL = List.of("windows-1250", "ISO-8859-2", "IBM852");

  private static final List<String> CYRILLIC =
      List.of("windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "x-MacCyrillic");

  static final Map<String, Sample> ALL = new LinkedHashMap<>();

  static {
    put(
        "German",
        WESTERN,
        """
        Der alte Müller saß abends gern vor der Tür und erzählte den Kindern, wie er früher über die Flüsse \
        gezogen war. Im Frühjahr blühten die Äpfel, und die Mädchen trugen Körbe voller Nüsse ins Haus. \
        Später wurde es kühl; man hörte nur noch die Räder der Mühle. Niemand wußte, wer die Schlüssel hatte. \
        Öfter fragte der Jüngste: Großvater, können wir nächste Woche zum Schloß gehen? Er lächelte müde und \
        schüttelte den Kopf, denn die Straße dorthin war lang und gefährlich.
        """);
    put(
        "French",
        WESTERN,
        """
        Le vieux pêcheur répétait à ses élèves que la mer était plus âgée que les forêts. Près du château, \
        une fenêtre restait ouverte où brûlait une lumière pâle; là-bas, derrière les rochers, on entendait \
        déjà la marée. Sa mère préparait le thé, coupait du pain grillé et parlait à voix basse de l'été passé. \
        Ça ne durera pas, disait-elle, les bêtes ont froid et la clôture est tombée. Après le dîner, le garçon \
        s'étendait sur le plancher pour rêver d'îles très éloignées.
        """);
    put(
        "Spanish",
        WESTERN,
        """
        El niño corrió detrás del señor que vendía limones en la esquina. Mañana será otro día, pensó, y \
        quizás lloverá también sobre las montañas. La abuela cosía junto al balcón una sábana pequeña, \
        mientras el perro dormía bajo el sillón. Nadie sabía cuándo volvería el capitán; algunos decían que \
        cayó enfermo en un país lejano. Después de la oración subió al desván, abrió el baúl y encontró un \
        corazón de papel. ¿Quién lo escribió? ¡Qué extraño!
        """);
    put(
        "Czech",
        CENTRAL,
        """
        Za devatero řekami žil starý mlynář, který měl tři dcery a jednoho líného kocoura. Každé ráno šel \
        k potoku, díval se na vodu a říkal si, že příští rok bude určitě lepší. Děti běhaly po louce, sbíraly \
        květiny a čekaly, až přijede dědeček s vozem plným jablek. Večer zapálili svíčku, otevřeli těžkou knihu \
        a četli příběhy o rytířích. Nikdo nevěděl, odkud přišel ten cizinec v černém plášti, ale všichni cítili, \
        že něco skrývá.
        """);
    put(
        "Polish",
        CENTRAL,
        """
        Dawno temu, gdzieś za górami, żył ubogi szewc, który miał piękną córkę i złośliwego kota. Każdego dnia \
        wstawał wcześnie, szedł do źródła i wracał ścieżką przez gęsty las. Mówił, że życie jest krótkie, ale \
        miłość może trwać wiecznie. Pewnej nocy usłyszał głos: nie bój się, przyniosłem ci światło. Zdziwił się, \
        otworzył drzwi i zobaczył małą dziewczynkę w białej sukience. Później wszyscy pytali, skąd wziął się ten \
        śnieg w środku lata.
        """);
    put(
        "Hungarian",
        CENTRAL,
        """
        Élt egyszer egy szegény ember, akinek három fia és egy öreg lova volt. Reggelenként a kútról hozták a \
        vizet, délután pedig az erdőben gyűjtöttek fát a télre. A legkisebb fiú szerette a csöndet, gyakran ült \
        a tó partján, és nézte, hogyan úsznak a felhők. Egy este különös fény tűnt föl a hegy fölött. Ne félj, \
        mondta az anyja, csak a hold jön fel. De ő tudta, hogy valami történni fog, és nem tudott elaludni; \
        később megértette, miért.
        """);
    put(
        "Turkish",
        List.of("windows-1254", "ISO-8859-9", "IBM857"),
        """
        Eski bir köyde yaşlı bir değirmenci ile güzel kızı yaşardı. Her sabah güneş doğarken ırmağın kıyısına \
        iner, suyun şarkısını dinlerdi. Çocuklar bahçede koşar, ağaçların altında öğle uykusuna yatardı. Bir gün \
        uzaktan bir yolcu geldi; üstü başı toz içindeydi, gözleri ışıldıyordu. Kimse onun adını bilmiyordu. \
        Akşam olunca ateşin çevresinde oturdular ve yolcu, dağların ardındaki şehirden söz etti. Küçük kız bütün \
        gece düşündü, sonra çantasını hazırladı.
        """);
    put(
        "Russian",
        CYRILLIC,
        """
        Старый мельник каждое утро выходил на крыльцо и долго смотрел на реку. За лесом поднималось солнце, \
        в деревне уже пели петухи, и дети бежали по мокрой траве к колодцу. Никто не помнил, когда он появился \
        здесь и откуда привёз свою тяжёлую книгу. Говорили, будто в ней записаны имена всех, кто ушёл и не \
        вернулся. Однажды вечером в дверь постучали. Мельник зажёг свечу, открыл и увидел девочку в белом \
        платке. Можно мне подождать у вас до рассвета? спросила она тихо.
        """);
    put(
        "Ukrainian",
        List.of("windows-1251", "KOI8-U", "ISO-8859-5", "x-MacCyrillic"),
        """
        Край села стояла маленька хата, де жив старий коваль із своєю онукою. Щоранку він розпалював горно, \
        а дівчинка бігала до криниці по воду й слухала, як співають птахи. Люди казали, що він уміє розмовляти \
        з вітром і знає, коли прийде дощ. Одного разу до них завітав чужинець у довгому плащі. Він нічого не їв, \
        тільки дивився у вогонь і мовчав. Чому ви такі сумні? запитала дівчинка. Бо я забув дорогу додому, \
        відповів той і зітхнув.
        """);
    put(
        "Greek",
        List.of("windows-1253", "ISO-8859-7", "IBM737"),
        """
        Κάποτε ζούσε σε ένα μικρό νησί ένας γέρος ψαράς με την κόρη του. Κάθε πρωί κατέβαινε στη θάλασσα, έριχνε \
        τα δίχτυα και περίμενε υπομονετικά. Τα παιδιά του χωριού έπαιζαν κάτω από τα δέντρα και τραγουδούσαν \
        παλιά τραγούδια. Μια νύχτα φάνηκε στον ορίζοντα ένα παράξενο φως. Κανείς δεν ήξερε από πού ερχόταν, όμως \
        όλοι ένιωσαν πως κάτι θα αλλάξει. Η κόρη άναψε το λυχνάρι, άνοιξε την πόρτα και είδε έναν ξένο που \
        κρατούσε ένα βιβλίο.
        """);
    put(
        "Hebrew",
        List.of("windows-1255", "ISO-8859-8"),
        """
        בכפר קטן ליד הנחל גר טוחן זקן עם בתו היחידה. בכל בוקר הוא יצא אל השדה, הסתכל על השמים וחשב על הימים \
        שעברו. הילדים רצו אחרי הכלב הלבן, והנשים שרו שירים ישנים ליד הבאר. יום אחד הגיע לכפר איש זר ובידו ספר \
        גדול. איש לא ידע מאין בא ולאן הוא הולך. בערב ישבו כולם סביב האש והאיש סיפר על עיר רחוקה שאין בה לילה.
        """);
    put(
        "Lithuanian",
        List.of("windows-1257", "ISO-8859-13"),
        """
        Seniai seniai už žalių girių gyveno senas malūnininkas ir jo duktė. Kiekvieną rytą jis eidavo prie upės, \
        žiūrėdavo į vandenį ir galvodavo apie praėjusius metus. Vaikai bėgiojo po pievą, rinko gėles ir laukė, kol \
        sugrįš tėvas su pilnu vežimu obuolių. Vakare uždegdavo žvakę ir skaitydavo storą knygą. Niekas nežinojo, iš \
        kur atėjo tas žmogus juodu apsiaustu, bet visi juto, kad jis kažką slepia.
        """);
    put(
        "Chinese (simplified)",
        List.of("GB18030", "GBK", "GB2312"),
        """
        从前，河边住着一位年老的磨坊主人，他有一个聪明的女儿。每天早上，他都走到水边，看着太阳慢慢升起来，心里想着过去的日子。\
        孩子们在草地上跑来跑去，采了许多花，等着爷爷带苹果回家。有一天晚上，门外来了一个陌生人，手里拿着一本很厚的书。\
        没有人知道他从哪里来，也不知道他要到哪里去。姑娘点起灯，请他坐下喝茶。他说：“我忘记了回家的路，可以在这里等到天亮吗？”\
        大家都不说话，只听见风吹过树林的声音。
        """);
    put(
        "Chinese (traditional)",
        List.of("Big5", "x-windows-950", "Big5-HKSCS"),
        """
        從前，河邊住著一位年老的磨坊主人，他有一個聰明的女兒。每天早上，他都走到水邊，看著太陽慢慢升起來，心裡想著過去的日子。\
        孩子們在草地上跑來跑去，採了許多花，等著爺爺帶蘋果回家。有一天晚上，門外來了一個陌生人，手裡拿著一本很厚的書。\
        沒有人知道他從哪裡來，也不知道他要到哪裡去。姑娘點起燈，請他坐下喝茶。他說：「我忘記了回家的路，可以在這裡等到天亮嗎？」\
        大家都不說話，只聽見風吹過樹林的聲音。
        """);
    put(
        "Japanese",
        List.of("windows-31j", "Shift_JIS", "EUC-JP", "ISO-2022-JP"),
        """
        むかし、川のほとりに年をとった粉ひきと、かしこい娘が住んでいました。毎朝、父は水車のそばへ行き、のぼる太陽をながめながら、\
        すぎた日々のことを考えていました。子どもたちは草原を走りまわり、花をつんで、祖父がリンゴを持って帰るのを待っていました。\
        ある晩、戸をたたく音がして、黒いコートの男があらわれました。手には厚い本を持っています。どこから来たのか、だれも知りません。\
        「夜が明けるまで、ここで待ってもいいですか」と男は静かに言いました。
        """);
    put(
        "Korean",
        List.of("x-windows-949", "EUC-KR"),
        """
        옛날에 강가의 작은 마을에 늙은 방앗간 주인과 그의 딸이 살고 있었다. 아버지는 아침마다 물가로 나가 떠오르는 해를 바라보며 \
        지나간 날들을 생각했다. 아이들은 풀밭을 뛰어다니며 꽃을 모으고, 할아버지가 사과를 가지고 돌아오기를 기다렸다. 어느 날 밤 \
        문을 두드리는 소리가 들렸다. 검은 옷을 입은 낯선 사람이 두꺼운 책을 들고 서 있었다. 그가 어디에서 왔는지 아무도 몰랐다. \
        여기서 아침까지 기다려도 될까요, 하고 그는 조용히 물었다.
        """);
    put(
        "English",
        List.of("windows-1252", "windows-1250", "x-MacRoman"),
        """
        “It’s a long way to the mill,” said the old man – and he was right. The girl’s basket was heavy; she didn’t \
        complain. “Shall we rest at the café?” she asked… Nobody answered. They walked on, past the baker’s house \
        and the doctor’s garden — silent, tired, and glad that the night wasn’t cold. “Don’t look back,” he said.
        """);
  }

  private static void put(String language, List<String> encodings, String text) {
    ALL.put(language, new Sample(text, encodings));
  }

  private LanguageSamples() {}
}
