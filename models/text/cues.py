"""The words that tell how others in a text are meant: negations, contrasts, other people, other days."""

_NEGATING = (
    "not never no cannot nothing neither nor without hardly barely scarcely rarely seldom nobody none nowhere nope nah "
    "ain't aren't can't couldn't daren't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't needn't "
    "oughtn't shan't shouldn't wasn't weren't won't wouldn't aint arent cant couldnt didnt doesnt dont hadnt hasnt "
    "havent isnt mustnt neednt shouldnt wasnt werent wont wouldnt"
)
NEGATIONS = frozenset(_NEGATING.split())
# A negation reaches over these words without turning them.
_PASSED_OVER = (
    "a an the i you he she it we they me him her us them my your his its our their mine this that these those there "
    "here one who whom which what very really so too all even especially particularly quite just rather pretty be am "
    "is are was were been being have has had having do does did done doing will would shall should can could may might "
    "must to of in on at by for from with about as into than or if whether when where how why ever any anything anyone "
    "much many more most some every such think thinks thought thinking believe believes believed say says said saying "
    "call called feel feels felt find finds found consider considers considered know knew seem seems seemed look looks "
    "looked sound sounds sounded get gets got become becomes became make makes made want wanted remotely exactly "
    "necessarily totally completely entirely absolutely truly actually terribly overly it's that's he's she's i'm i've "
    "you're they're we're there's again yet now still also"
)
PASSED_OVER = frozenset(_PASSED_OVER.split())
# What follows "not" or "no" where it negates nothing.
IDLE = frozenset(
    [
        "only",
        "just",
        "merely",
        "simply",
        "least",
        "doubt",
        "wonder",
        "matter",
        "question",
        "surprise",
        "less",
    ]
)
# In these the clause before is outweighed, in those the clause that they begin.
OUTWEIGHED_BEFORE = frozenset(["but", "however", "yet", "nevertheless", "nonetheless"])
OUTWEIGHED_AFTER = frozenset(["although", "though", "whereas", "while"])
CONTRAST = OUTWEIGHED_BEFORE | OUTWEIGHED_AFTER
STOPPING = CONTRAST | frozenset(["and", "because", "since", "unless", "until", "except", "that's"])
MODALS = frozenset(
    ["could", "would", "should", "might", "could've", "would've", "should've", "might've"]
)
WISHES = frozenset(["wish", "wished"])
# "I can't wait" and "can't get enough" are praise as they stand, "can't believe" neither praises nor blames.
UNABLE = frozenset(["can't", "cant", "cannot", "couldn't", "couldnt"])
UNABLE_TO = frozenset(["wait", "stop", "help", "believe", "imagine"])
# "It could not be better" is praise, "it could not be worse" blame: nothing is turned.
UTMOST_BEFORE = frozenset(["could", "couldn't", "couldnt", "never"])
UTMOST = frozenset(["better", "worse", "happier", "prouder", "finer", "nicer"])
# "Not any more" turns nothing of its own clause.
ANY_MORE = frozenset(["any", "anymore"])
YES = frozenset(["yes", "yeah", "yep", "yup"])
NOW = frozenset(
    [
        "now",
        "nowadays",
        "today",
        "currently",
        "lately",
        "recently",
        "anymore",
        "later",
        "eventually",
    ]
)
THEN = frozenset(["previously", "once", "formerly", "initially", "originally"])
# Words that tell of earlier days after or before another one.
PAST_AFTER = {
    "past": "the",
    "first": "at",
    "then": "back",
    "ago": "years",
    "year": "last",
    "time": "last",
}
PAST_BEFORE = {"used": "to", "when": "i", "before": ","}
FIRST_PERSON = frozenset(["i", "i'm", "i've", "i'd", "we", "me", "my", "personally", "myself"])
HEARSAY = frozenset(["supposedly", "allegedly", "reportedly", "heard", "read", "according"])
_OTHERS = (
    "some many most others other people critics critic everyone everybody someone somebody friend friends they he she "
    "reviewers reviewer reviews fans folks guys media press experts audience audiences viewers viewer users customers "
    "parents mother father mom mum dad brother sister wife husband boyfriend girlfriend partner colleague colleagues "
    "coworkers boss neighbour neighbours neighbor neighbors family kids son daughter cousin uncle aunt grandmother "
    "grandfather teacher classmates roommate buddies locals tourists journalists crowd few lot"
)
OTHERS = frozenset(_OTHERS.split())
_THINKING = (
    "think thinks thought thinking say says said believe believes believed claim claims claimed find finds found call "
    "calls called consider considers considered hate hates hated love loves loved like likes liked dislike dislikes "
    "disliked enjoy enjoys enjoyed tell told feel feels felt swear insist insists describe described rave raved praise "
    "praised recommend recommended trash trashed argue argues complain complains complained admire admires admired "
    "adore adores adored appreciate appreciates appreciated detest detests detested despise despises despised loathe "
    "loathes loathed dread dreads dreaded regret regrets regretted value values valued"
)
THINKING = frozenset(_THINKING.split())
_EXPECTING = "thought expected expecting hoped hoping assumed feared figured worried afraid supposed promised guessed sure"
EXPECTING = frozenset(_EXPECTING.split())
FUTURE = frozenset(["would", "be", "i'd", "it'd", "going"])

_STRENGTHENING = (
    "very really so extremely incredibly absolutely truly totally completely utterly thoroughly deeply highly hugely "
    "insanely remarkably exceptionally"
)
STRENGTHENING = frozenset(_STRENGTHENING.split())

# Cues of a clause that may be set aside.
ASIDE_CUES = HEARSAY | OTHERS | THEN | EXPECTING | PAST_AFTER.keys() | PAST_BEFORE.keys()
TURNING = NEGATIONS | MODALS | WISHES | YES | {"far", "anything"}
CUES = ASIDE_CUES | TURNING | CONTRAST | STRENGTHENING
