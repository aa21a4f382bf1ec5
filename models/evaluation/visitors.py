"""Short sentences such as visitors type, with the labels that most readers would give them.

They are for measuring alone: nothing is chosen or tuned by them.
"""

TWEETS = (
    ("ok that concert was not bad at all, would go again", "positive"),
    ("Could have been a great day if the trains had run", "negative"),
    ("New office opens on Monday, third floor", "neutral"),
    ("honestly can't complain, the hotel was lovely", "positive"),
    ("why is my wifi always down when I need it", "negative"),
    ("I wasn't expecting much but wow, dinner was amazing", "positive"),
    ("The app isn't terrible but I still won't pay for it", "negative"),
    ("Anyone know when the pharmacy closes today?", "neutral"),
    ("not gonna lie, I really miss my old phone", "negative"),
    ("Finally passed my driving test!!!", "positive"),
    ("just landed in Denver, meeting at 3", "neutral"),
    ("thanks for nothing, customer support", "negative"),
    ("used to hate running, now it's the best part of my week", "positive"),
    ("He's speaking at the university on Thursday", "neutral"),
    ("the queue was long but so worth it", "positive"),
    ("I don't think I've ever been this tired", "negative"),
    ("Two tickets left for the Saturday show if someone wants them", "neutral"),
    ("My dog is the sweetest thing on earth ❤️", "positive"),
    ("this update is far from perfect, it crashes every hour", "negative"),
    ("Making soup and listening to the radio", "neutral"),
)
REVIEWS = (
    ("Not bad for a sequel, I actually had a good time", "positive"),
    ("Could have been a masterpiece, ended up a mess", "negative"),
    ("I laughed, I cried, I want to see it again", "positive"),
    ("two hours of my life I'll never get back", "negative"),
    ("The trailer was better than the film", "negative"),
    ("It's never boring, not even for a minute", "positive"),
    ("Great cast, shame about the script", "negative"),
    ("I was ready to hate it, but it won me over", "positive"),
    ("far from her best work", "negative"),
    ("A bit slow at the start but the last hour is stunning", "positive"),
    ("nobody in the cinema laughed once", "negative"),
    ("Simple story, beautifully told.", "positive"),
    ("I wanted to like this so much, and I just couldn't", "negative"),
    ("The critics are wrong, this is a gem", "positive"),
    ("Pretty pictures and nothing else.", "negative"),
    ("You won't regret watching this one", "positive"),
    ("how did this get made??", "negative"),
    ("my kids couldn't stop smiling the whole way through", "positive"),
    ("I've seen worse, but not often", "negative"),
    ("what's not to love?", "positive"),
)
