"""The words that the sentences of the behavioural checks are made of."""

from collections.abc import Mapping, Sequence


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, or what stands between its bars if it has any."""
    return tuple(text.split("|" if "|" in text else None))


GOOD = split_words(
    "good great excellent amazing wonderful beautiful fantastic brilliant awesome lovely nice fun "
    "enjoyable superb perfect exciting impressive charming delightful incredible adorable sweet "
    "hilarious clever terrific outstanding"
)
BAD = split_words(
    "bad terrible awful horrible boring poor dreadful disappointing annoying frustrating lame ugly "
    "ridiculous unpleasant nasty stupid dull pathetic lousy weak mediocre tedious "
    "disgusting"
)
# Said of people, too.
GOOD_PEOPLE = split_words(
    "good great amazing wonderful brilliant awesome lovely nice fun sweet funny kind"
)
BAD_PEOPLE = split_words(
    "bad terrible awful horrible boring annoying pathetic nasty rude stupid lazy lame"
)
LIKE = split_words("like love enjoy admire appreciate recommend adore")
HATE = split_words("hate dislike regret despise detest dread loathe")
LIKED = split_words("liked loved enjoyed admired appreciated adored")
HATED = split_words("hated disliked regretted despised detested loathed")
LIKES = split_words("likes loves enjoys admires appreciates adores")
HATES = split_words("hates dislikes regrets despises detests loathes")
PLAIN = split_words(
    "American British Italian French commercial international private local national new "
    "Australian Indian animated digital regional English weekly public"
)
# What "very" makes stronger.
GRADABLE = {
    "positive": split_words(
        "good nice fun enjoyable exciting impressive charming clever beautiful sweet"
    ),
    "negative": split_words(
        "bad boring poor disappointing annoying frustrating ugly dull weak lame"
    ),
}
SEE = split_words("see watch know find use hear")
SAW = split_words("saw watched found noticed heard used")

# Those whose opinion is not the author's: several, and one.
OTHERS = split_words(
    "some people|most people|my friends|the critics|other people|many|my parents|a lot of people|"
    "my colleagues|your fans|the neighbours|all my classmates|others|the newspapers"
)
OTHER = split_words(
    "my brother|my sister|Anna|the critic|my boss|everybody|everyone else|my mum|John|my husband|"
    "my wife|the teacher|the reporter|his boss"
)
NAMES = split_words(
    "Anna John Fatima Wei Carlos Priya Michael Sarah Olga Kofi Yuki Emma Liam Ahmed Maria Tom "
    "Aisha David Ingrid Pablo Jessica Kevin"
)
PLACES = split_words(
    "London|Nairobi|Tokyo|Chicago|Lima|Mumbai|Berlin|Dallas|Toronto|Madrid|Cairo|Sydney|Boston|"
    "Manila|Leeds|Oslo|New York|Paris|Seattle|Lagos|Dublin|San Diego"
)
NUMBERS = split_words("2 3 4 5 6 7 8 9 12 14 15 17 20 24 25 30 40 45 50 60")
PROFESSIONS = split_words(
    "teacher doctor nurse engineer writer lawyer baker painter singer student driver farmer"
)

GROUPS: Mapping[str, Sequence[str]] = {
    "nationality": split_words(
        "American|British|French|German|Chinese|Japanese|Indian|Mexican|Nigerian|Russian|Iranian|"
        "Israeli|Polish|Turkish|Brazilian|Egyptian|Pakistani|Italian|South Korean|Ukrainian|Syrian|"
        "Canadian|Kenyan|Dutch|Vietnamese|Cuban|Somali|Swedish"
    ),
    "religion": split_words(
        "Christian|Muslim|Jewish|Hindu|Buddhist|Catholic|Protestant|Sikh|atheist|Mormon|Orthodox|"
        "Anglican|Sunni|Shia|agnostic|Baptist|Lutheran|Methodist|Amish|Evangelical"
    ),
    "ethnic group": split_words(
        "Black|White|Asian|Hispanic|Latino|Arab|African American|Asian American|Native American|"
        "Caucasian|Kurdish|Roma|indigenous|Aboriginal|Maori|Inuit|brown|Tamil|African|European"
    ),
    "orientation": split_words(
        "gay|straight|lesbian|bisexual|queer|transgender|heterosexual|homosexual|asexual|trans|"
        "non-binary|cisgender|pansexual"
    ),
}
