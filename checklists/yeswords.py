"""The single words of yes and no in crew chat, and those that take a yes back."""

import re
from collections.abc import Mapping

FILLERS = frozenset({
    "again", "also", "at", "big", "boss", "both", "bro", "bud", "buddy", "cap", "captain", "chaps", "cheers",
    "chef", "chief", "definitely", "deffo", "dude", "end", "fella", "folks", "for", "from", "gaffer", "guv",
    "guys", "haha", "hello", "hey", "hi", "hiya", "i", "just", "lad", "lads", "legend", "lol", "love", "m8",
    "man", "many", "mate", "me", "mister", "morning", "my", "oh", "pal", "please", "pls", "really", "side", "sir",
    "so", "sorry", "still", "super", "ta", "thank", "thanks", "then", "today", "tomorrow", "tonight", "too",
    "totally", "very", "well", "x", "xx", "xxx", "indeed", "happily", "gladly",
    "regretfully", "sadly", "unfortunately", "afraid",
})  # fmt: skip
STRONG = frozenset({
    "accept", "accepted", "affirm", "affirmative", "agreed", "aye", "ayes", "confirm", "confirmed", "confirming",
    "copied", "copy", "in", "roger", "wilco", "yas", "yass", "yea", "yeah", "yeh", "yep", "yes", "yesh", "yessir",
    "yip", "yup", "yuss",
})  # fmt: skip
YES = STRONG | frozenset({
    "absolutely", "thumb", "bet", "certainly", "deal", "defo", "fine", "grand", "k", "keen", "kk", "ok", "okay", "okey",
    "okies", "okiedoke", "perfect", "sorted", "sound", "sure",
})  # fmt: skip
LEADS = frozenset({
    "hey", "hi", "hello", "oh", "ok", "boss", "mate", "guys", "sorry", "thanks", "cheers", "and", "all", "chief",
    "man", "great", "brilliant", "nice", "lovely", "cool", "so",
})  # fmt: skip
NO = frozenset({
    "no", "nope", "nah", "naw", "nay", "negative", "neg", "pass", "out", "decline", "declined", "declining",
    "unavailable", "regrets", "nee", "nein",
})  # fmt: skip
DOUBT = re.compile(
    r"\b(?:not|never|no|nope|nah|but|however|though|although|unless|except|if|maybe|might|hopefully"
    r"|should|could"
    r"|would|think|guess|suppose|only|instead|until|till|wait|waiting|hold|problems?|issues?|cancel\w*"
    r"|sick|ill|broke\w*"
    r"|crash\w*|accident|stuck|hospital|nearly|almost|swap|someone|later|ish|he|she|they|his|her|their"
    r"|yesterday|last"
    r"|spirit|whatever|joking|jk|kidding|sarcasm|wish|was|were|depends|unsure|can not|without|other|else|another)\b",
    re.ASCII,
)

SIGNS: Mapping[str, str] = {
    "👍": "thumb", "✅": "thumb", "✔": "thumb", "☑": "thumb", "👌": "thumb", "🫡": "thumb", "👎": "no",
    "❌": "no", "✖": "no", "🤞": "maybe", "🤷": "maybe", "🤔": "maybe",
}  # fmt: skip
EMOJI: Mapping[str, str] = {
    "+1": "thumb", "thumbsup": "thumb", "white_check_mark": "thumb", "heavy_check_mark": "thumb",
    "ballot_box_with_check": "thumb", "ok_hand": "thumb", "saluting_face": "thumb", "-1": "no", "thumbsdown": "no",
    "x": "no", "heavy_multiplication_x": "no", "crossed_fingers": "maybe", "shrug": "maybe", "thinking_face": "maybe",
}  # fmt: skip
