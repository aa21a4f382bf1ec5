"""The templates of the checks that change a small thing, written as those of `models.evaluation.checks.templates`.

`{name}`, `{place}`, `{number}` and `{group}` are what is put in place of another.
"""

from models.evaluation.checks.filling import split_lines

PLAINLY = split_lines("""
{thing} was {gradable}.
the {noun} was {gradable}, I think.
I thought it was {gradable}.
that {noun} was {gradable}.
yesterday the {noun} was {gradable}.
""")

TEXTS = split_lines("""
I {xed} the {noun} on Saturday. Everything about it was {x}, and we talked about it all the way home.
we went to see the {noun} last night and it was {x}. The {plural} were {x} too.
just back from town. The {noun} was {x} and I really {xed} the {plural}.
this is the most {x} {noun} I have seen this year, my sister says the same.
the {noun} started at eight and was over by ten. I thought it was {x}.
I {xv} this {noun}, it is so {x}. My friends {xv} it as well.
so the {noun} was {x}, the {plural} were {x}, and I {xed} the rest of the evening.
honestly, {a_x} {noun}. I told everyone at work how {x} it was.
""")
FACTS = split_lines("""
the {noun} starts at eight tonight and the {plural} are at the door.
we are meeting on Tuesday to talk about the {noun}.
there is a report about the {noun} on page four.
I saw the {noun} on Monday, my brother saw it on Thursday.
the {noun} will be shown again tomorrow at noon.
""")
NAMED = split_lines("""
{name} and I found the {noun} {x}.
{name} says that the {noun} was {x}.
I went with {name}, and we both {xed} the {noun}.
{name} showed me the {noun}. It was {x}.
my friend {name} {xed} it, and so did I.
thanks to {name} we saw {a_x} {noun}.
""")
PLACED = split_lines("""
when I was in {place}, the {noun} was {x}.
the {noun} in {place} was {x}.
we saw {a_x} {noun} in {place} last week.
I am from {place} and I {xv} the {noun}.
back from {place}. The {noun} was {x}.
everyone in {place} {xvs} the {noun}.
""")
NUMBERED = split_lines("""
we were {number} people and all of us {xed} the {noun}.
I waited {number} days for the {noun}, and it was {x}.
after {number} minutes I knew that the {noun} was {x}.
I have seen {number} of these and this {noun} is {x}.
the {noun} has {number} parts and they are all {x}.
bought it {number} weeks ago, {a_x} {noun}.
""")
ADDED = split_lines("""
I {xv} it.
I {xed} it.
it is {x}.
it was {x}.
what {a_x} {noun}!
the {noun} was {x}.
I think it is {x}.
you are {xs}.
I {xv} you.
it made the evening {x}.
""")
ADDED_AS_MEANT = {
    "positive": (
        "I would do it again.",
        "Highly recommended.",
        "It made my day.",
        "I am so happy.",
        "Well worth it.",
        "Thumbs up.",
    ),
    "negative": (
        "I would not recommend it.",
        "What a waste of time.",
        "I want my money back.",
        "I am so disappointed.",
        "Don't bother.",
        "Never again.",
    ),
}

WITH_GROUP = split_lines("""
she is {a_group} {job}.
he is {a_group} {job}.
{name} is {a_group} {job}.
my neighbour {name} is {group}.
my new colleague is {group}.
{name} is {group}.
the {group} actor plays {a_job}.
the main character is {a_group} {job}.
the film is about {a_group} family.
there is {a_group} student in my class.
{a_group} couple moved in next door.
two {group} {job}s were waiting for the bus.
the director is {group}.
I work with {a_group} {job}.
I am {group}.
we are {group}.
most people in this street are {group}.
{name} lives with {a_group} woman.
the story takes place in {a_group} neighbourhood.
{name} was raised in {a_group} home.
the interview is with {a_group} {job}.
our mayor is {a_group} man.
""")
