"""The templates of the behavioural checks: one a line, with words of `models.evaluation.checks.lexicon` in braces.

`{x}` and `{y}` are adjectives of opposite sentiments (`{xs}` and `{ys}` of people, `{xv}` and `{yv}` verbs,
`{xed}` and `{yed}` in the past), and `{x}` is what the author means. `{thing}` is "it", "this" or a noun.
"""

from models.evaluation.checks.filling import split_lines

LADEN = split_lines("""
{thing} was {x}.
{thing} is {x}.
{thing} is really {x}.
that was {a_x} {noun}.
this is {a_x} {noun}.
it's {a_x} {noun}.
what {a_x} {noun}!
I {xv} the {noun}.
I {xed} this {noun}.
we {xed} it.
they {xv} that {noun}.
the {noun} was so {x}!
the {plural} were {x}.
these {plural} are {x}.
I think the {noun} is {x}.
I found the {noun} {x}.
we all thought it was {x}.
such {a_x} {noun}!
a very {x} {noun}.
my sister {xed} the {noun}.
the {noun} looks {x}.
I just saw {a_x} {noun}.
{x} {noun}.
""")

NEGATED = split_lines("""
{thing} is not {y}.
{thing} was not {y}.
{thing} isn't {y}.
{thing} wasn't {y}.
{thing} wasn't {y} at all.
{thing} is not {y} at all.
{thing} isn't that {y}.
{thing} was not really {y}.
{thing} was never {y}.
{thing} is hardly {y}.
not {y}.
not {y} at all.
not {a_y} {noun}.
it is not {a_y} {noun}.
this isn't {a_y} {noun}.
that wasn't {a_y} {noun}.
this was not {a_y} {noun} at all.
I don't think {thing} is {y}.
I don't think that the {noun} was {y}.
I didn't find the {noun} {y}.
I never found it {y}.
I wouldn't say {thing} is {y}.
I would never say it was {y}.
I can't say that {thing} was {y}.
I wouldn't call it {y}.
I wouldn't call this {a_y} {noun}.
I don't {yv} the {noun}.
I didn't {yv} this {noun}.
I do not {yv} it at all.
I can't say I {yv} the {noun}.
I don't think I {yv} this {noun}.
I would never say I {yv} that {noun}.
no one {yvs} the {noun}.
nobody {yvs} this {noun}.
nobody thinks {thing} is {y}.
nobody {yed} the {noun}.
we never {yed} it.
the {plural} weren't {y}.
these {plural} aren't {y}.
they are not {y} {plural}.
there is nothing {y} about the {noun}.
nothing about it was {y}.
the {noun} ain't {y}.
the {noun} doesn't look {y}.
it didn't feel {y}.
neither the {noun} nor the {plural} were {y}.
""")

NEGATED_PLAIN = split_lines("""
{thing} is not {plain}.
{thing} isn't {plain}.
{thing} wasn't {plain}.
{thing} was not {plain}.
it is not {a_plain} {noun}.
this isn't {a_plain} {noun}.
that wasn't {a_plain} {noun}.
this was not {a_plain} {noun}.
I don't {see} the {noun}.
I didn't {see} this {noun}.
we did not {see} that {noun}.
I haven't seen the {noun}.
I don't think the {noun} is {plain}.
no one {saw} the {noun}.
nobody {saw} this {noun}.
the {plural} weren't {plain}.
these are not {plain} {plural}.
they aren't {plain} {plural}.
I can't say that I {saw} the {noun}.
I never {saw} the {noun}.
""")

PLAIN = split_lines("""
{thing} is {plain}.
{thing} was {plain}.
this is {a_plain} {noun}.
that was {a_plain} {noun}.
it's {a_plain} {noun}.
I {see} the {noun}.
I {saw} this {noun}.
we {saw} that {plain} {noun}.
they {see} it.
the {plural} are {plain}.
these were {plain} {plural}.
I {saw} {a_plain} {noun} yesterday.
she will {see} the {noun} on Monday.
there is {a_plain} {noun} at nine.
the {noun} is from last year.
he asked about the {noun}.
""")

# What came was not what was thought.
THOUGHT = split_lines("""
I thought {thing} would be {y}, but it was not.
I thought {thing} would be {y}, but it wasn't.
I thought it was going to be {y} but it was not.
I expected the {noun} to be {y}, but it wasn't.
we expected {a_y} {noun}, but it wasn't.
I was sure that the {noun} would be {y}, but it was not.
I thought I would {yv} the {noun}, but I did not.
I thought I would {yv} it, but I didn't.
I thought I'd {yv} this {noun} but I didn't.
everyone said it would be {y}, but it wasn't.
they told me the {noun} was {y}, but it isn't.
it could have been {y}, but it was not.
you might think this {noun} is {y}, but it isn't.
it looks {y}, but it is not.
I was expecting {a_y} {noun}. It was not.
people say the {noun} is {y}. It isn't.
""")

AUTHOR = split_lines("""
some people think you are {ys}, but I think you are {xs}.
{others} think you are {ys}, but I think you are {xs}.
I think you are {xs}, but {others} think you are {ys}.
I think you're {xs}, even though {others} think you're {ys}.
{others} think the {noun} is {y}, but I think it is {x}.
I think the {noun} is {x}, although {others} think it is {y}.
{others} say {thing} is {y}, I think it is {x}.
{others} {yv} the {noun}, but I {xv} it.
I {xv} the {noun}, but {others} {yv} it.
I {xv} this {noun} even though {others} {yv} it.
although {others} {yed} it, I {xed} the {noun}.
{other} {yvs} the {noun}, but I {xv} it.
{other} {yed} the {noun}, but I {xed} it.
{other} thought it was {y}, but I found it {x}.
I found the {noun} {x}, but {other} found it {y}.
{other} called it {a_y} {noun}. I think it is {x}.
I had heard you were {ys}, but I think you are {xs}.
I think you are {xs}, but I had heard you were {ys}.
I had heard {thing} was {y}, but in my opinion it is {x}.
I was told that the {noun} was {y}, but I think it's {x}.
they say it's {y}; for me it's {x}.
the reviews were {y}, but I {xed} the {noun}.
according to {others} the {noun} is {y}, but I {xv} it.
""")

THEN_AND_NOW = split_lines("""
I used to think {thing} was {y}, but now I think it is {x}.
I used to think {thing} was {y}, now I think it is {x}.
I think {thing} is {x}, but I used to think it was {y}.
I think {thing} is {x}, although I used to think it was {y}.
in the past I thought {thing} was {y}, but now I think it is {x}.
I think the {noun} is {x}, even though in the past I thought it was {y}.
I used to {yv} this {noun}, but now I {xv} it.
I used to {yv} the {noun}, although now I {xv} it.
I {xv} this {noun} now, but I used to {yv} it.
now I {xv} the {noun}, even though I used to {yv} it.
at first I thought {thing} was {y}, but these days I think it is {x}.
at first I {yed} the {noun}, now I {xv} it.
last year the {noun} was {y}, this year it is {x}.
these days the {noun} is {x}, but it used to be {y}.
it used to be {a_y} {noun}. Now it is {x}.
the {noun} was {y} before, but now it's {x}.
years ago I found it {y}; today I find it {x}.
once I {yed} it, but today I {xv} it.
the {plural} were {y} when I was young, but now they are {x}.
the {noun} is {x} now, it was {y} before.
we used to find the {noun} {y}. Not any more: now it is {x}.
""")

QUESTION = split_lines("""
do I think {thing} is {x}? {answer}
do I think {thing} was {x}? {answer}
did I think {thing} was {x}? {answer}
do I think it is {a_x} {noun}? {answer}
do I {xv} the {noun}? {answer}
do I {xv} this {noun}? {answer}
did I {xv} the {noun}? {answer}
did we {xv} it? {answer}
was {thing} {x}? {answer}
is {thing} {x}? {answer}
was it {a_x} {noun}? {answer}
is this {a_x} {noun}? {answer}
were the {plural} {x}? {answer}
would I say the {noun} is {x}? {answer}
would I call it {x}? {answer}
""")

# Whole texts of two or three sentences, for what should change nothing.
