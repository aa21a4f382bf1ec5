"""The commonest short words of languages, by which a text is told from an English one."""

# Words that are as common in English are left out of the others, or stand in both.
_ENGLISH = (
    "the of and to in that is was for it on with as his he be at by i this had not are but from or "
    "have an they which one you were her all she there would their we him been has when who will more "
    "no if out so said what up its about into than them can only other new some could time these two "
    "may then do first any my now such like our over me even most made after also did many before "
    "must through back years where much your way well down should because each just those people how "
    "too little good very make still own see men work long get here between both life being under "
    "never day same another know while last might us great old year off come since against go came "
    "right used take three don't i'm it's can't didn't isn't wasn't doesn't won't that's you're i've "
    "i'll let's a think want really going got why am love time today tonight tomorrow best every "
    "watch watching thing things need say says does yes movie off again c'mon d'you that'll it'll it'd i'd he's she's we're they're we've"
)
_OTHERS = {
    "French": (
        "le les des du une un et est dans pour que qui pas sur avec ce cette ces il elle ils elles nous "
        "vous je tu mon ma mes ton ta tes sa ses notre votre leur leurs au aux mais ou où donc car si ne "
        "plus moins très trop bien mal tout tous toute toutes être avoir ai as avons avez ont suis "
        "sommes êtes sont était étaient été fait faire "
        "quand comme comment pourquoi parce aussi encore jamais toujours rien "
        "personne quelque peu beaucoup sans sous chez entre vers après avant depuis pendant cela "
        "ça moi toi lui eux y en même autre autres déjà alors ainsi peut peux dit veux vraiment "
        "aujourd' hui hier demain bon bonne jour merci de la à a me te se "
        "l' d' j' n' c' s' m' t' qu' jusqu' lorsqu' puisqu' par vu dire voir faut doit dois "
        "devez son nouveau nouvelle premier première deux trois année temps monde quel quelle "
        "dont lors afin selon malgré via"
    ),
    "Spanish": (
        "el los las una un y es en para que por con del al lo le les se su sus mi mis tu tus nos pero "
        "como más muy menos sin sobre entre hasta desde cuando donde dónde qué quién porque también "
        "tampoco ya todavía siempre nunca nada nadie algo alguien todo todos toda todas otro otra otros "
        "este esta estos estas ese esa eso esto aquel ella ellos ellas usted yo tú él nosotros soy eres "
        "somos son fue era eran ser estar está están estoy estaba hay ha he han había tiene tengo "
        "tienen hace hacer puede puedo quiero quiere gusta gustó así bien mal mejor peor mucho mucha "
        "muchos poco cada ni si sí o no me te de la hoy ayer mañana ahora después antes gracias día "
        "años vez casi "
        "a nuevo nueva dos tres media hora tener ver primer primera principio fin mundo gran "
        "buen bueno buena malo mala vida cuándo cómo cuál aunque mientras según contra bajo "
        "durante sido aquí allí quien cual hizo dijo"
    ),
    "German": (
        "der die das den dem des ein eine einen einem einer eines und ist sind war waren wird werden "
        "wurde hat haben hatte habe bin bist sein ich du er sie es wir ihr mich dich sich uns euch mir "
        "dir ihm ihn ihnen mein meine meinen dein seine unser nicht kein keine keinen auch nur noch "
        "schon sehr mehr so wie was wer wo wann warum weil dass daß wenn als ob aber oder denn doch mit "
        "von vom zu zum zur auf aus bei beim nach vor über unter für gegen ohne um durch im in an am "
        "bis seit hier da dort dann jetzt heute gestern morgen immer nie wieder etwas nichts alles alle "
        "viel viele gut kann können muss müssen will wollen soll diese dieser dieses diesen einfach "
        "ganz mal gibt geht man haben wirklich zwischen damit "
        "neue neuen neuer neues zwei drei erste ersten jahr jahre zeit wäre hätte könnte würde "
        "weiß macht gute guten niemand jemand jeder jede jedes endlich leider ihre ihren laden "
        "hat's ist's"
    ),
    "Italian": (
        "il lo gli i le la un una uno e è di del della dei delle dello degli da dal dalla in nel nella "
        "nei con su sul sulla per tra fra che chi cui non ma se come più meno molto molta molti poco "
        "troppo anche ancora già mai sempre tutto tutti tutta tutte ogni niente nulla nessuno qualcosa "
        "questo questa questi queste quello quella quelli io tu lui lei noi voi loro mi ti ci si vi mio "
        "mia miei tuo tua suo sua nostro sono sei siamo siete era erano essere stato stata ho hai ha "
        "abbiamo hanno avere aveva fatto fare fa può posso voglio vuole perché quando dove cosa così "
        "bene male meglio bello oggi ieri domani ora dopo prima senza davvero "
        "alla al allo ai alle o ed piaciuto "
        "l' d' c' un' dell' all' nell' sull' dall' quest' quell' me te nuovo nuova due tre primo "
        "anno anni vita mondo bella buon buona gran grande vedere visto dire avrei vorrei dovete "
        "deve devo"
    ),
    "Portuguese": (
        "o os as um uma uns e é de do da dos das em no na nos nas por pelo pela para com sem sobre até "
        "que quem não mas se como mais menos muito muita muitos pouco também já ainda nunca sempre nada "
        "ninguém tudo todos toda todas cada outro outra este esta esse essa isso isto aquele aquela eu "
        "tu ele ela nós vocês você eles elas me te lhe meu minha meus teu seu sua seus nosso sou és somos "
        "são foi era eram ser estar está estão estou estava há tem tenho têm fazer faz pode posso quero "
        "quer gosto gostei porque quando onde qual bem mal melhor hoje ontem amanhã agora depois antes "
        "obrigado obrigada dia anos vez ao à aos às ou "
        "novo nova dois duas três ver vida mundo ano primeiro primeira bom boa gente coisa "
        "grande nesta neste nessa nesse desta deste dessa desse num numa demais alguém algo vai "
        "vou vamos fui dele dela ter teve sido aqui lá"
    ),
    "Dutch": (
        "de het een en van is was zijn waren wordt werd werden heeft hebben had heb ben bent ik jij je "
        "u hij zij ze wij we jullie hen hem haar mij me ons onze mijn jouw niet geen ook nog al wel heel "
        "erg zeer meer veel weinig maar of want dus omdat dat die dit deze daar hier waar wie wat hoe "
        "waarom wanneer als dan toen nu vandaag gisteren morgen altijd nooit weer iets niets alles alle "
        "op in aan met voor door over onder bij naar uit om tot tegen zonder tussen sinds te er kan "
        "kunnen moet moeten wil willen zal zou gaat gaan doen doet goed leuk echt mooi zo toch even "
        "nieuwe nieuw twee drie eerste jaar tijd mensen iemand niemand iedereen jou hun zelf "
        "weet maakt eens weg terug laat mag nou geweest leuke goede mooie beste"
    ),
    "Swedish": (
        "och att det som en är av för den till inte på jag ett om han men var sig så vi från du när nu "
        "över skulle hade hon dig kan mig de dem där här vad vem hur mycket många mer bara också ännu "
        "aldrig alltid allt alla något ingen inget eller efter innan utan mellan under mot genom hos har "
        "blir blev varit vara ska vill måste min mitt mina din ditt sin sitt vår detta denna dessa igen "
        "idag igår imorgon bra väldigt riktigt "
        "god goda ny nya två tre första år tid man någon"
    ),
    "Danish or Norwegian": (
        "og at det som en er av af for den til ikke på jeg et om han men var seg sig så vi fra du når nå "
        "nu over skulle hadde havde hun deg dig kan meg mig de dem der her hva hvad hvem hvor hvordan "
        "mye meget mange mer bare også aldri aldrig alltid altid alt alle noe noget ingen eller etter "
        "efter før uten uden mellom mellem under mot mod har blir bliver ble blev vært været være skal "
        "vil må min mitt mine din sin vår denne dette disse igjen igen i dag går bra godt veldig virkelig "
        "gode god ny nye to tre første år tid man noen nogen"
    ),
    "Polish": (
        "i w z na do nie się że to jest jak ale o za co po tak od przez dla czy tym ten ta te tego tej "
        "był była było były być są jestem ma mam mnie mi ja ty on ona ono my wy oni jego jej ich mój moja "
        "moje już tylko bardzo jeszcze też więc gdy kiedy gdzie który która które kto nic nigdy zawsze "
        "wszystko wszyscy bez nad pod przed między dziś dzisiaj wczoraj jutro dobrze może można trzeba "
        "ze we"
    ),
    "Turkish": (
        "ve bir bu da de için çok ne o ben sen biz siz onlar ile gibi daha en mi mı değil var yok ama "
        "kadar sonra önce her hiç şey olarak olan oldu olduğu ki ya bana sana beni seni bunu onu benim "
        "senin bizim şimdi bugün dün yarın iyi güzel nasıl neden niçin kim hep zaman tüm bütün artık"
    ),
    "Indonesian or Malay": (
        "yang dan di ke dari ini itu untuk dengan tidak ada saya aku kamu dia mereka kami kita akan bisa "
        "sudah belum juga atau tapi karena pada adalah lebih sangat sekali banyak semua lagi hanya "
        "seperti apa siapa kenapa bagaimana kalau jika oleh dalam telah itulah nya bukan jangan hari "
        "sekarang besok kemarin lalu bagus orang tak ga gak nggak udah buat"
    ),
    "Romanian": (
        "și de la în un o nu este sunt cu pe că din mai ce se pentru am a fost ai are au care mă te îmi "
        "îți lui ei el ea noi voi eu tu dar sau dacă când unde cum foarte mult multe toate toți tot nimic "
        "nimeni niciodată mereu acum azi ieri mâine bine aici acolo acest această aceasta acesta lor era "
        "erau fi fie prin după fără între "
        "mi prea bun bună nou nouă doi trei an ani timp lume acestei"
    ),
}
ENGLISH = frozenset(_ENGLISH.split())
OTHERS = {language: frozenset(words.split()) for language, words in _OTHERS.items()}
