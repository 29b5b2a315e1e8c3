"""What the regisseur sends us about a topic of a partneroverleg."""

from typing import Any

from django import forms

from foundation.forms import KeyedForm
from meetings.forms.group_points import OutcomeForm
from meetings.models import Topic

NO_NAMES = "Geen namen van jongeren of ouders: iedereen die mag deelnemen leest dit."


class TopicWordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The topic, the question to the table and the time for it."""

    class Meta:
        model = Topic
        fields = ("title", "question", "minutes")
        labels = {"title": "Onderwerp", "question": "Vraag aan de tafel", "minutes": "Minuten"}
        help_texts = {"title": NO_NAMES, "question": "Wat wilt u weten of besluiten? Ook hier geen namen."}
        widgets = {"question": forms.Textarea(attrs={"rows": 2})}


class TopicForm(TopicWordsForm, KeyedForm):
    """A new topic."""


class TopicChangeForm(TopicWordsForm):
    """Other words for it; carries the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, instance: Topic, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class TopicOutcomeForm(OutcomeForm):
    """What was discussed and agreed about it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].help_text = NO_NAMES
