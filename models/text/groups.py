"""Words for groups of people, which should carry no sentiment of their own, and words of countries' names.

Single words in lower case. One that also means something else is in if it is common of people ("black",
"straight", "polish") and left out if hardly ever ("mixed", "alien"). Slurs are left out: they are hostile in
themselves.
"""

from collections.abc import Sequence
from functools import lru_cache

_NATIONS = (
    "afghan afghanistani afghans albanian albanians algerian algerians american americans "
    "andorran andorrans angolan angolans antiguan antiguans arabian arabians argentine "
    "argentines argentinian argentinians armenian armenians aussie aussies australian "
    "australians austrian austrians azerbaijani azerbaijanis azeri azeris bahamian bahamians "
    "bahraini bahrainis bajan bajans bangladeshi bangladeshis barbadian barbadians basotho "
    "batswana belarusian belarusians belgian belgians belizean belizeans belorussian "
    "belorussians beninese bermudian bermudians bhutanese bolivian bolivians bosnian bosnians "
    "botswanan botswanans brazilian brazilians brit british briton britons brits bruneian "
    "bruneians bulgarian bulgarians burkinabe burkinabes burmese burundian burundians cambodian "
    "cambodians cameroonian cameroonians canadian canadians ceylonese chadian chadians chilean "
    "chileans chinese colombian colombians comorian comorians congolese cornish cornishman croat "
    "croatian croatians croats cuban cubans cypriot cypriots czech czechoslovak czechoslovakian "
    "czechoslovakians czechoslovaks czechs dane danes danish djiboutian djiboutians dominican "
    "dominicans dutch dutchman dutchmen dutchwoman dutchwomen ecuadorean ecuadoreans ecuadorian "
    "ecuadorians egyptian egyptians emirati emiratis english englishman englishmen englishwoman "
    "englishwomen eritrean eritreans estonian estonians ethiopian ethiopians faroese fijian "
    "fijians filipina filipinas filipino filipinos finn finnish finns formosan french frenchman "
    "frenchmen frenchwoman frenchwomen gabonese gambian gambians georgian georgians german "
    "germans ghanaian ghanaians gibraltarian gibraltarians greek greeks greenlander greenlanders "
    "greenlandic grenadian grenadians guadeloupean guatemalan guatemalans guinean guineans "
    "guyanese haitian haitians herzegovinian herzegovinians hollander hollanders honduran "
    "hondurans hungarian hungarians icelander icelanders icelandic indian indians indonesian "
    "indonesians irani iranian iranians iranis iraqi iraqis irish irishman irishmen irishwoman "
    "irishwomen israeli israelis italian italians ivorian ivorians jamaican jamaicans japanese "
    "jordanian jordanians kazakh kazakhs kazakhstani kazakhstanis kenyan kenyans kittitian "
    "kittitians kiwi kiwis konger kongers korean koreans kosovan kosovans kosovar kosovars "
    "kuwaiti kuwaitis kyrgyz kyrgyzstani kyrgyzstanis lankan lankans lao laotian laotians "
    "latvian latvians lebanese leonean leoneans liberian liberians libyan libyans "
    "liechtensteiner liechtensteiners lithuanian lithuanians lucian lucians luxembourger "
    "luxembourgers luxembourgian luxembourgish macedonian macedonians malagasy malawian "
    "malawians malaysian malaysians maldivian maldivians malian malians maltese manx marshallese "
    "martinican mauritanian mauritanians mauritian mauritians mexican mexicans micronesian "
    "micronesians moldovan moldovans monacan monegasque monegasques mongol mongolian mongolians "
    "mongols montenegrin montenegrins moroccan moroccans mozambican mozambicans namibian "
    "namibians nauruan nauruans nepalese nepali nepalis netherlander netherlanders nevisian "
    "nevisians nicaraguan nicaraguans nigerian nigerians nigerien nigeriens norwegian norwegians "
    "omani omanis pakistani pakistanis palauan palauans palestinian palestinians panamanian "
    "panamanians papuan papuans paraguayan paraguayans persian persians peruvian peruvians pole "
    "poles polish portuguese prussian prussians qatari qataris rhodesian rhodesians rican ricans "
    "romanian romanians rumanian rumanians russian russians rwandan rwandans salvadoran "
    "salvadorans salvadorean salvadoreans salvadorian salvadorians sammarinese samoan samoans "
    "saudi saudis scot scots scotsman scotsmen scotswoman scotswomen scottish senegalese serb "
    "serbian serbians serbs seychellois siamese singaporean singaporeans slovak slovakian "
    "slovakians slovaks slovene slovenes slovenian slovenians somali somalian somalians somalis "
    "soviet soviets spaniard spaniards spanish sudanese surinamese swazi swazis swede swedes "
    "swedish swiss syrian syrians taiwanese tajik tajikistani tajikistanis tajiks tanzanian "
    "tanzanians thai thais timorese tobagonian tobagonians togolese tongan tongans trinidadian "
    "trinidadians tunisian tunisians turk turkish turkmen turkmens turks tuvaluan tuvaluans "
    "ugandan ugandans ukrainian ukrainians ukranian ukranians uruguayan uruguayans uzbek "
    "uzbekistani uzbekistanis uzbeks vanuatuan vanuatuans venezuelan venezuelans verdean "
    "verdeans vietnamese vincentian vincentians welsh welshman welshmen welshwoman welshwomen "
    "yemeni yemenis yugoslav yugoslavian yugoslavians yugoslavs zambian zambians zealander "
    "zealanders zimbabwean zimbabweans"
)
_PEOPLES = (
    "aboriginal aboriginals aborigine aborigines african africans afrikaner afrikaners afro "
    "afros ainu alawite alawites aleut aleuts amerindian amerindians anglo anglos anguillan "
    "apache apaches arab arabic arabs aramaic arapaho arawak ashkenazi "
    "ashkenazim asian asians asiatic assamese assyrian assyrians aztec aztecs balkan balkans "
    "balochi baluchi bantu basque basques bavarian bavarians bedouin bedouins bengali bengalis "
    "berber berbers biracial black blackfoot blacks bosniak bosniaks breton bretons brown cajun "
    "cajuns caribbean catalan catalans caucasian caucasians celt celts chechen chechens cherokee "
    "cherokees chicana chicanas chicano chicanos choctaw circassian circassians colored coloured "
    "comanche cossack cossacks cree creole creoles cretan cretans dalit dalits desi desis "
    "dinka dravidian easterner easterners eskimo eskimos ethnic eurasian eurasians european "
    "europeans flemish fulani gael gaels galician galicians gringo gringos gujarati gujaratis "
    "gurkha gurkhas gypsies gypsy hakka hausa hawaiian hawaiians hebrew hebrews hindustani "
    "hispanic hispanics hmong hopi hutu hutus iberian iberians igbo inca incas indigenous indio "
    "indios interracial inuit inuits iroquois israelite israelites kashmiri kashmiris khmer "
    "khmers kurd kurdish kurds lakota latin latina latinas latino latinos latinx levantine "
    "maasai magyar magyars malay malayali malays manchu manchus maori maoris mapuche maratha "
    "marathas marathi maronite maronites masai maya mayan mayans melanesian melanesians mestiza "
    "mestizas mestizo mestizos metis mohawk mohican mohicans mulatto mulattos multiracial māori "
    "native natives navaho navajo navajos negro negroes nordic ojibwe oriental orientals oromo "
    "pashtun pashtuns pathan pathans pawnee polynesian polynesians pueblo punjabi punjabis "
    "quebecois quechua québécois rajput rajputs rohingya rohingyas roma romani romany sami "
    "sardinian sardinians saxon saxons scandinavian scandinavians seminole semite semites "
    "semitic sephardi sephardic sherpa sherpas shona shoshone sicilian sicilians sikh sikhs "
    "sindhi singhalese sinhalese sinti sioux slav slavic slavs somalilander subsaharan "
    "sámi tahitian tahitians tamil tamils tartar tartars tatar tatars telugu tibetan tibetans "
    "tlingit tuareg tutsi tutsis uighur uighurs uyghur uyghurs vlach walloon walloons westerner "
    "westerners white whites wolof xhosa yoruba yorubas zulu zulus zuni"
)
_FAITHS = (
    "adventist adventists agnostic agnostics amish anglican anglicans atheism atheist atheistic "
    "atheists baha'i bahai bahais baptist baptists brahmin brahmins buddhism buddhist buddhists "
    "calvinist calvinists catholic catholicism catholics christian christianity christians "
    "churchgoer churchgoers confucian confucians copt coptic copts daoist daoists deist deists "
    "druze episcopalian episcopalians evangelical evangelicals gentile gentiles gnostic gnostics "
    "haredi hasidic hassidic hindu hinduism hindus huguenot huguenots ibadi irreligious islam "
    "islamic ismaili ismailis jain jainism jains jehovah jehovah's jew jewess jewish jews "
    "judaism lutheran lutherans mennonite mennonites methodist methodists mormon mormonism "
    "mormons moslem moslems muslim muslims nonbeliever nonbelievers nonreligious orthodox pagan "
    "pagans parsee parsees parsi parsis pentecostal pentecostals presbyterian presbyterians "
    "protestant protestantism protestants puritan puritans quaker quakers rasta rastafari "
    "rastafarian rastafarians rastas religious roman salafi scientologist scientologists secular "
    "shi'ite shi'ites shia shias shiite shiites shinto shintoist sikhism sufi sufis sunni sunnis "
    "taoism taoist taoists theist theists unbeliever unbelievers unitarian unitarians wahhabi "
    "wiccan wiccans yazidi yazidis yezidi zionist zionists zoroastrian zoroastrians"
)
_ORIENTATIONS = (
    "agender androgynous aromantic asexual asexuals bi bicurious bigender bisexual bisexuality "
    "bisexuals cis cisgender cisgendered cissexual demisexual demisexuals enby gay gays "
    "genderfluid genderqueer hetero heteros heterosexual heterosexuality heterosexuals "
    "homosexual homosexuality homosexuals intersex lesbian lesbianism lesbians lgbt lgbtq "
    "lgbtqia non-binary nonbinary pansexual pansexuals queer queers sapphic straight straights "
    "trans transgender transgendered transgenders transman transmen transsexual transsexuals "
    "transvestite transvestites transwoman transwomen"
)
_ARRIVALS = (
    "deportee deportees emigrant emigrants emigre emigres expat expatriate expatriates expats "
    "foreign foreigner foreigners immigrant immigrants migrant migrants refugee refugees seeker "
    "seekers stateless undocumented émigré émigrés"
)
GROUPS = frozenset(" ".join((_NATIONS, _PEOPLES, _FAITHS, _ORIENTATIONS, _ARRIVALS)).split())

_COUNTRIES = (
    "afghanistan albania algeria america andorra angola antigua arabia argentina armenia "
    "australia austria azerbaijan bahamas bahrain bangladesh barbados barbuda belarus belgium "
    "belize benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria burkina burma "
    "burundi cambodia cameroon canada chad chile china colombia comoros congo croatia cuba "
    "cyprus czechia czechoslovakia denmark djibouti dominica ecuador egypt england eritrea "
    "estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana gibraltar "
    "greece greenland grenada guatemala guinea guyana haiti herzegovina holland honduras hungary "
    "iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan "
    "kenya kiribati korea kosovo kuwait kyrgyzstan lanka laos latvia lebanon leone lesotho "
    "liberia libya liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia "
    "maldives mali malta mauritania mauritius mexico micronesia moldova monaco mongolia "
    "montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger "
    "nigeria norway oman pakistan palau palestine panama paraguay persia peru philippines poland "
    "portugal prussia qatar rhodesia rica rico romania russia rwanda samoa scotland senegal "
    "serbia seychelles siam singapore slovakia slovenia somalia somaliland spain sudan suriname "
    "swaziland sweden switzerland syria taiwan tajikistan tanzania thailand tibet timor tobago "
    "togo tonga trinidad tunisia turkiye turkmenistan tuvalu uganda uk ukraine uruguay usa ussr "
    "uzbekistan vanuatu venezuela verde vietnam wales yemen yugoslavia zaire zambia zealand "
    "zimbabwe"
)
COUNTRIES = frozenset(_COUNTRIES.split())

# These belong to the name of a group where one follows: "South Korean", "Sri Lankan", "asylum seeker".
_BEFORE = (
    "asylum cape central costa east eastern hong middle non north northern puerto papua sierra "
    "south southern sri west western"
)
BEFORE = frozenset(_BEFORE.split())


@lru_cache(maxsize=4096)
def names_group(form: str) -> bool:
    """Tell whether a form in lower case names a group: "muslim", "muslim's", "african-american"."""
    bare = form.removesuffix("'s").removesuffix("s'") if "'" in form else form
    if form in GROUPS or bare in GROUPS:
        return True
    *before, last = bare.split("-")
    return bool(before) and last in GROUPS and all(p in GROUPS or p in BEFORE for p in before)


def mark_groups(forms: Sequence[str]) -> list[bool]:
    """Tell for each form of a text whether it belongs to the name of a group.

    Each word of "African American" does by itself; "south" does in "South Korean" alone.
    """
    marks = [names_group(form) for form in forms]
    for index in range(len(forms) - 2, -1, -1):
        if marks[index + 1] and forms[index] in BEFORE:
            marks[index] = True
    return marks
