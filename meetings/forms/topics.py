"""What the regisseur sends us about a topic of a partneroverleg."""

from django import forms

from foundation.forms import KeyedForm
from meetings.forms.group_points import OutcomeForm
from meetings.models import Topic

NO_NAMES = "Geen namen van jongeren of ouders: iedereen die mag deelnemen leest dit."


class TopicChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The topic, the question to the table and the time for it."""

    class Meta:
        model = Topic
        fields = ("title", "question", "minutes")
        labels = {"title": "Onderwerp", "question": "Vraag aan de tafel", "minutes": "Minuten"}
        help_texts = {"title": NO_NAMES, "question": "Wat wilt u weten of besluiten? Ook hier geen namen."}
        widgets = {"question": forms.Textarea(attrs={"rows": 2})}


class TopicForm(TopicChangeForm, KeyedForm):
    """A new topic."""


class TopicOutcomeForm(OutcomeForm):
    """What was discussed and agreed about it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].help_text = NO_NAMES
