"""Words of a suspicion, for templates: {% load flag_words %}."""

from django import template

from registry.flags import words

register = template.Library()
register.filter("flag_title", words.title_of)
register.filter("flag_labels", words.labels_of)
register.filter("flag_reasons", words.reasons_of)
register.filter("flag_tone", words.tone_of)
register.filter("flag_state_tone", words.state_tone_of)
register.filter("flag_question", words.question_of)
register.filter("flag_look_at", words.look_at_of)
