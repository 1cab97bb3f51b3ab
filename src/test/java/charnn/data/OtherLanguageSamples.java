package charnn.data;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Further texts, of more languages and subjects than {@link LanguageSamples}: the tables and
 * thresholds of the detection were not made with them.
 */
final class OtherLanguageSamples {
  private static final List<String> WESTERN =
      List.of("windows-1252", "ISO-8859-1", "ISO-8859-15", "IBM850", "x-MacRoman");
  private static final List<String> CENTRAL = List.of("windows-1250", "ISO-8859-2", "IBM852");
  private static final List<String> CYRILLIC =
      List.of("windows-1251", "KOI8-R", "ISO-8859-5", "IBM866");
  private static final List<String> BALTIC = List.of("windows-1257", "ISO-8859-13", "ISO-8859-4");

  static final Map<String, LanguageSamples.Sample> ALL = new LinkedHashMap<>();

  static {
    put(
        "German",
        WESTERN,
        """
        Die Prüfung der Geräte dauerte länger als geplant. Zuerst fehlten die Schläuche, dann waren die \
        Maßbänder verlegt, und schließlich fiel der Strom aus. Herr Krüger ließ Kaffee kochen und erklärte den \
        Gästen, warum die Brücke gesperrt worden war: Hochwasser hatte zwei Pfähle unterspült. Gegen fünf Uhr \
        hörte der Regen auf.
        """);
    put(
        "French",
        WESTERN,
        """
        Le comité s'est réuni hier à Genève pour étudier les problèmes liés à la sécheresse. Selon le \
        rapporteur, les récoltes seront réduites de moitié; plusieurs régions ont déjà demandé une aide. Où \
        trouver l'eau nécessaire? La question reste posée, même après des années d'enquêtes. Le président a \
        été très clair: il n'y aura pas de mesures générales.
        """);
    put(
        "Italian",
        WESTERN,
        """
        La città era così silenziosa che si sentiva l'acqua sotto i ponti. Perché nessuno apriva più le \
        botteghe? Un vecchio, seduto sul gradino, disse che la libertà costa e che la verità non è mai una \
        sola. Poi si alzò, guardò verso la piazza e cominciò a ridere. Lunedì tornerò, pensò Carlo, e porterò \
        anche mio papà; chissà se ci sarà ancora qualcuno.
        """);
    put(
        "Portuguese",
        WESTERN,
        """
        A estação ficava à beira do rio, e não havia ninguém no balcão. João comprou o bilhete à máquina e \
        sentou-se a ler as notícias: eleições, inundações, uma exposição de pintura. Às três horas chegou o \
        comboio, já atrasado. Uma senhora perguntou-lhe se também ia até Évora; ele respondeu que sim, que lá \
        tinha a avó e uns primos.
        """);
    put(
        "Swedish",
        WESTERN,
        """
        På hösten åkte vi till ön där mormor hade sin stuga. Båten var gammal men gick bra, och när vi kom \
        fram låg äpplena redan i gräset. Vi eldade i spisen, läste högt ur en bok och lyssnade på vågorna. \
        Någon hade målat dörren blå. Efter två dagar började det snöa, och då förstod vi att färjan inte \
        skulle gå förrän på måndag.
        """);
    put(
        "Danish",
        WESTERN,
        """
        Når foråret kommer, går fiskerne ned til havnen og gør bådene klar. Børnene løber langs vandet og \
        råber til mågerne. Der er altid nogen, der har glemt at købe reb, og så må de vente på kræmmeren, som \
        først åbner klokken ni. I år var isen tyk, og mange både lå på land længe. Nu er det blevet lunt, og \
        æbletræerne står snart i blomst.
        """);
    put(
        "Finnish",
        WESTERN,
        """
        Kevään ensimmäinen päivä oli lämmin, ja järven jää alkoi sulaa. Isä nouti veneen vajasta, äiti \
        pesi ikkunat ja lapset leikkivät pihalla. Illalla istuimme pöydän ääressä ja söimme keittoa. Mitä \
        tänään tehtiin koulussa, hän kysyi. Väinö kertoi, että opettaja näytti heille vanhan kartan, jossä \
        tämäkin kylä oli väärässä paikassa.
        """);
    put(
        "Icelandic",
        List.of("windows-1252", "ISO-8859-1"),
        """
        Það var einu sinni bóndi sem átti þrjá syni og eina dóttur. Þau bjuggu við fjörðinn og áttu nokkrar \
        kindur og einn gamlan bát. Á hverjum morgni fór elsti sonurinn út á sjó, en hinir unnu á túninu. Einn \
        dag kom maður ríðandi yfir ána og bað um gistingu. Hann sagði þeim frá löndum þar sem aldrei snjóar.
        """);
    put(
        "Czech",
        CENTRAL,
        """
        Zasedání začalo opožděně, protože předseda uvízl ve výtahu. Členové výboru mezitím řešili rozpočet \
        školy, opravu střechy a nové hřiště. Nejvíc času zabrala otázka, kdo zaplatí údržbu zeleně. Paní \
        účetní upozornila, že peníze dojdou už v září; přesto návrh prošel třemi hlasy. Příští schůze bude ve \
        čtvrtek.
        """);
    put(
        "Slovak",
        CENTRAL,
        """
        Na trhu sa dnes predávali čerešne, jahody a čerstvé huby z hôr. Starší muž v klobúku tvrdil, že \
        tohtoročné včely dávajú málo medu, lebo jar bola chladná. Deti ťahali matky k stánku s hračkami, kde \
        drevený koník kýval hlavou. Večer všetko stíchlo, námestie sa vyľudnilo a vo vzduchu ostala len vôňa \
        pečených zemiakov.
        """);
    put(
        "Polish",
        CENTRAL,
        """
        Posiedzenie rady rozpoczęło się z opóźnieniem, bo zepsuła się winda. Najpierw mówiono o drogach i \
        mostach, później o szkole, która potrzebuje nowego dachu. Księgowa ostrzegła, że pieniądze skończą \
        się już we wrześniu. Mimo to większość głosowała za. Następne spotkanie odbędzie się w czwartek; \
        wstęp będzie wolny, a wejście od ulicy Żytniej.
        """);
    put(
        "Hungarian",
        CENTRAL,
        """
        A vasárnapi vásárban a kereskedők már hajnalban kirakodtak. Volt ott mézeskalács, fűszeres sajt, \
        kerámia és egy öreg óra, amely tíz éve nem járt. A gyerekek a körhintánál várakoztak, a szülők közben \
        a zöldségek áráról beszélgettek. Délben eleredt az eső, és mindenki a híd alá húzódott. Később \
        kisütött a nap, s a zenészek újra játszani kezdtek.
        """);
    put(
        "Romanian",
        List.of("windows-1250", "ISO-8859-2"),
        """
        Bătrânul pescar îşi pregătea plasele în fiecare dimineaţă, înainte să răsară soarele. Soţia lui aducea \
        apă de la fântână şi făcea focul. Într-o zi, pe când se întorcea spre ţărm, a văzut o barcă fără vâsle. \
        În ea dormea un copil. Nimeni din sat nu ştia de unde vine, dar toţi au fost de acord că trebuie să \
        rămână acolo până la primăvară.
        """);
    put(
        "Romanian with commas",
        List.of("ISO-8859-16"),
        """
        „Cine ești?” întrebă bătrânul. „Nu știu”, răspunse copilul, „dar țin minte o casă albă și o fântână.” \
        Soția lui aducea apă și făcea focul. Într-o zi, pe când se întorcea spre țărm, a văzut o barcă fără \
        vâsle. „A cui este?” Nimeni din sat nu știa de unde vine, dar toți au fost de acord că trebuie să \
        rămână acolo până la primăvară. „Bine”, spuse el.
        """);
    put(
        "Croatian",
        List.of("windows-1250", "ISO-8859-2"),
        """
        Kad je došlo proljeće, ribari su iznijeli mreže i počeli ih čistiti. Djeca su trčala uz more i bacala \
        kamenčiće. Stara učiteljica šetala je rivom i pričala o godini kad je led zarobio brodove. Nitko joj \
        više nije vjerovao, ali svi su voljeli slušati. Navečer bi se upalila svjetla, a iz kuća se čuo žamor \
        i zvuk tuđeg glasovira.
        """);
    put(
        "Turkish",
        List.of("windows-1254", "ISO-8859-9"),
        """
        Toplantı asansör bozulduğu için geç başladı. Önce okulun çatısı, sonra köprünün onarımı görüşüldü. \
        Muhasebeci paranın eylülde biteceğini söyledi; yine de öneri üç oyla kabul edildi. Dışarıda yağmur \
        yağıyordu ve çocuklar saçağın altında bekliyordu. Gelecek buluşma perşembe günü, aynı yerde olacak.
        """);
    put(
        "Latvian",
        BALTIC,
        """
        Pavasarī zvejnieki nesa laivas uz krastu un laboja tīklus. Bērni skrēja gar jūru, meta akmeņus ūdenī \
        un skaitīja kaijas. Vecā skolotāja stāstīja par gadu, kad ledus turējās līdz jūnijam. Neviens viņai \
        īsti neticēja, tomēr visi klausījās. Vakarā logos iedegās gaismas, un no kādas mājas skanēja klavieres.
        """);
    put(
        "Lithuanian",
        BALTIC,
        """
        Pavasarį žvejai išnešė valtis į krantą ir taisė tinklus. Vaikai bėgiojo palei jūrą, mėtė akmenėlius ir \
        skaičiavo žuvėdras. Sena mokytoja pasakojo apie metus, kai ledas laikėsi iki birželio. Niekas ja \
        netikėjo, bet visi mėgo klausytis. Vakare languose užsižiebdavo šviesos, o iš kažkurio namo sklido \
        muzika.
        """);
    put(
        "Estonian",
        List.of("windows-1257", "ISO-8859-13"),
        """
        Kevadel tõid kalurid paadid randa ja hakkasid võrke parandama. Lapsed jooksid mööda liiva, loopisid \
        kive ning lugesid kajakaid. Vana õpetaja rääkis aastast, mil jää püsis jaanipäevani. Keegi teda eriti \
        ei uskunud, aga kõik kuulasid. Õhtul süttisid akendes tuled ja ühest majast kostis klaverimängu.
        """);
    put(
        "Esperanto",
        List.of("ISO-8859-3"),
        """
        Ĉiun matenon la maljuna fiŝisto preparis siajn retojn, antaŭ ol la suno leviĝis. Lia edzino alportis \
        akvon el la puto kaj ekbruligis la fajron. Iun tagon, dum li revenis al la bordo, li vidis boaton sen \
        remiloj. En ĝi dormis infano. Neniu sciis, de kie ĝi venis, sed ĉiuj konsentis, ke ĝi restu tie ĝis \
        la printempo; poste oni aŭdis pri ĝi nenion plu.
        """);
    put(
        "Russian",
        CYRILLIC,
        """
        Заседание началось с опозданием, потому что сломался лифт. Сначала говорили о ремонте моста, потом о \
        школе, которой нужна новая крыша. Бухгалтер предупредила, что деньги кончатся уже в сентябре. Тем не \
        менее предложение приняли тремя голосами. На улице шёл дождь, прохожие прятались под навесом. \
        Следующая встреча назначена на четверг.
        """);
    put(
        "Ukrainian",
        List.of("windows-1251", "KOI8-U", "ISO-8859-5"),
        """
        Засідання почалося із запізненням, бо зламався ліфт. Спершу говорили про ремонт мосту, потім про \
        школу, якій потрібен новий дах. Бухгалтерка попередила, що гроші закінчаться вже у вересні. Проте \
        пропозицію ухвалили трьома голосами. Надворі йшов дощ, і перехожі ховалися під навісом. Наступна \
        зустріч відбудеться у четвер, її проведе інший голова.
        """);
    put(
        "Bulgarian",
        List.of("windows-1251", "ISO-8859-5"),
        """
        Заседанието започна със закъснение, защото асансьорът се повреди. Първо обсъдиха ремонта на моста, \
        после училището, което има нужда от нов покрив. Счетоводителката предупреди, че парите ще свършат още \
        през септември. Въпреки това предложението мина с три гласа. Навън валеше дъжд и хората чакаха под \
        навеса.
        """);
    put(
        "Serbian",
        List.of("windows-1251", "ISO-8859-5"),
        """
        Седница је почела са закашњењем јер се покварио лифт. Прво су причали о поправци моста, затим о школи \
        којој је потребан нови кров. Књиговођа је упозорила да ће новца нестати већ у септембру. Ипак је \
        предлог усвојен са три гласа. Напољу је падала киша, а људи су чекали испод надстрешнице. Следећи \
        састанак биће у четвртак.
        """);
    put(
        "Greek",
        List.of("windows-1253", "ISO-8859-7"),
        """
        Η συνεδρίαση άρχισε με καθυστέρηση, επειδή χάλασε το ασανσέρ. Πρώτα μίλησαν για την επισκευή της \
        γέφυρας και ύστερα για το σχολείο, που χρειάζεται καινούργια στέγη. Η λογίστρια προειδοποίησε ότι τα \
        χρήματα θα τελειώσουν ήδη τον Σεπτέμβριο. Παρ' όλα αυτά η πρόταση πέρασε με τρεις ψήφους. Έξω έβρεχε \
        και οι περαστικοί περίμεναν.
        """);
    put(
        "Hebrew",
        List.of("windows-1255", "ISO-8859-8"),
        """
        הישיבה התחילה באיחור כי המעלית התקלקלה. בתחילה דיברו על תיקון הגשר, אחר כך על בית הספר שזקוק לגג חדש. \
        מנהלת החשבונות הזהירה שהכסף ייגמר כבר בספטמבר. למרות זאת ההצעה התקבלה ברוב של שלושה קולות. בחוץ ירד \
        גשם, ועוברי אורח חיכו מתחת לסככה. הפגישה הבאה תתקיים ביום חמישי.
        """);
    put(
        "Arabic",
        List.of("windows-1256", "ISO-8859-6"),
        """
        بدأت الجلسة متأخرة لأن المصعد تعطل. تحدثوا أولا عن إصلاح الجسر ثم عن المدرسة التي تحتاج إلى سقف جديد. \
        حذرت المحاسبة من أن المال سينفد في شهر سبتمبر. ومع ذلك قبل الاقتراح بثلاثة أصوات. كان المطر ينزل في \
        الخارج والناس ينتظرون تحت السقيفة. سيكون اللقاء القادم يوم الخميس في المكان نفسه.
        """);
    put(
        "Persian",
        List.of("windows-1256"),
        """
        جلسه با تأخير آغاز شد چون آسانسور خراب شده بود. نخست درباره تعمير پل گفتگو کردند و سپس درباره مدرسه \
        که به سقف تازه نياز دارد. حسابدار گفت که پول در ماه آينده تمام مي شود. با اين همه پيشنهاد با سه رأي \
        پذيرفته شد. بيرون باران مي باريد و مردم زير سايبان منتظر بودند. چه کسي گزارش را مي نويسد؟
        """);
    put(
        "Thai",
        List.of("x-windows-874", "TIS-620"),
        """
        การประชุมเริ่มช้าเพราะลิฟต์เสีย ตอนแรกพูดเรื่องการซ่อมสะพาน ต่อมาพูดเรื่องโรงเรียนที่ต้องการหลังคาใหม่ \
        ฝ่ายบัญชีเตือนว่าเงินจะหมดในเดือนกันยายน แต่ที่ประชุมก็เห็นชอบด้วยสามเสียง ข้างนอกฝนตกและผู้คนยืนรออยู่ใต้ชายคา \
        การประชุมครั้งหน้าจะมีในวันพฤหัสบดีที่เดิม
        """);
    put(
        "Vietnamese",
        List.of("windows-1258"),
        withSeparateTones(
            """
            Cuộc họp bắt đầu muộn vì thang máy bị hỏng. Lúc đầu mọi người nói về việc sửa cầu, sau đó nói về \
            ngôi trường cần một mái nhà mới. Cô kế toán báo rằng tiền sẽ hết vào tháng chín. Tuy vậy, đề nghị \
            vẫn được thông qua với ba phiếu. Bên ngoài trời mưa, và những người qua đường đứng đợi dưới mái \
            hiên. Lần gặp tới sẽ vào thứ năm.
            """));
    put(
        "Chinese (simplified)",
        List.of("GB18030", "GBK", "GB2312"),
        """
        会议开始得很晚，因为电梯坏了。先讨论修桥的事情，然后谈到学校需要新的屋顶。会计提醒大家，九月份钱就会用完。\
        尽管如此，提案还是以三票通过了。外面下着雨，行人站在屋檐下等待。下一次会议定在星期四，地点不变。\
        有人问：“谁来写报告？”没有人回答，主席只好自己拿起笔。
        """);
    put(
        "Chinese (traditional)",
        List.of("Big5", "x-windows-950"),
        """
        會議開始得很晚，因為電梯壞了。先討論修橋的事情，然後談到學校需要新的屋頂。會計提醒大家，九月份錢就會用完。\
        儘管如此，提案還是以三票通過了。外面下著雨，行人站在屋簷下等待。下一次會議定在星期四，地點不變。\
        有人問：「誰來寫報告？」沒有人回答，主席只好自己拿起筆。
        """);
    put(
        "Japanese",
        List.of("Shift_JIS", "windows-31j", "EUC-JP", "ISO-2022-JP"),
        """
        エレベーターが故障したので、会議は遅れて始まった。まず橋の修理について、次に新しい屋根が必要な学校について話し合った。\
        会計係は、九月にはお金がなくなると注意した。それでも提案は三票で可決された。外は雨で、通りがかりの人が軒下で待っていた。\
        次の会議は木曜日に同じ場所で開かれる。「報告書はだれが書きますか」とたずねる声がした。
        """);
    put(
        "Korean",
        List.of("EUC-KR", "x-windows-949"),
        """
        승강기가 고장 나서 회의는 늦게 시작되었다. 먼저 다리를 고치는 일에 대하여, 그다음에는 새 지붕이 필요한 학교에 대하여 이야기하였다. \
        회계 담당자는 구월이면 돈이 떨어질 것이라고 알렸다. 그래도 제안은 세 표로 통과되었다. 밖에는 비가 내렸고 사람들은 처마 밑에서 기다렸다. \
        다음 모임은 목요일에 같은 곳에서 열린다.
        """);
    put(
        "English",
        List.of("windows-1252", "x-MacRoman"),
        """
        “The lift’s broken again,” said Mrs. Hale, “and we can’t begin without the chairman.” Nobody minded – the \
        tea was hot, and there was cake… At last he came in, wet to the skin. “I’d have been here by nine,” he \
        said, “if the bridge hadn’t been closed.” They voted on the school’s roof — three for, two against.
        """);
  }

  /** Vietnamese as windows-1258 has it: vowels with their shape, and the tone behind them. */
  private static String withSeparateTones(String text) {
    StringBuilder separated = new StringBuilder();
    for (char c : text.toCharArray()) {
      String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
      String tone = parts.replaceAll("[^\\u0300\\u0301\\u0303\\u0309\\u0323]", "");
      String shape = parts.replaceAll("[\\u0300\\u0301\\u0303\\u0309\\u0323]", "");
      separated.append(Normalizer.normalize(shape, Normalizer.Form.NFC)).append(tone);
    }
    return separated.toString();
  }

  private static void put(String language, List<String> encodings, String text) {
    ALL.put(language, new LanguageSamples.Sample(text, encodings));
  }

  private OtherLanguageSamples() {}
}
