"""What an organisation sends us about one point, beforehand."""

from typing import Any

from django import forms

from access.models import Ground
from meetings.models import Answer, Audience, Contribution


class ContributionForm(forms.Form):
    """One tap is an answer; who wants to say more writes it and says who reads it."""

    answer = forms.ChoiceField(choices=Answer.choices)
    text = forms.CharField(
        label="Kort erbij",
        max_length=Contribution._meta.get_field("text").max_length,
        required=False,
        help_text="Alleen bij Bekend. Feiten die het overleg nodig heeft.",
        widget=forms.Textarea(
            attrs={"rows": 2, "data-grow": True, "data-key": "t", "data-key-label": "Kort erbij"}
        ),
    )
    audience = forms.ChoiceField(label="Wie leest dit", choices=Audience.choices, initial=Audience.TABLE)
    ground = forms.ChoiceField(
        label="Op welke grond", choices=Ground.choices, required=False, initial=Ground.CONVENANT
    )

    def __init__(self, *args: Any, mine: Contribution | None = None, **kwargs: Any) -> None:
        if mine:
            now = {name: getattr(mine, name) for name in ("text", "audience", "ground")}
            kwargs["initial"] = now
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """What the operation wants to know. Without JavaScript and without opening the rest, the defaults count."""
        said = self.cleaned_data
        return {
            "answer": Answer(said["answer"]),
            "text": said["text"],
            "audience": Audience(said["audience"]),
            "ground": Ground(said["ground"] or Ground.CONVENANT),
        }
